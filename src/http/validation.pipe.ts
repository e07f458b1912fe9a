import { Inject, Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { validationFailed } from '../problem/problem.js';
import type { Fault } from '../problem/problem.js';
import { readWithFaults } from './dto-faults.js';
import type { FaultAt } from './dto-faults.js';
import { faultlessDto } from './faultless-dto.js';
import { jsonPointer } from './json-pointer.js';
import type { DtoClass } from './member-rules.js';

/**
 * Turns a body or a query into its DTO and tells all faults at once.
 * @throws Problem validation_failed
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !isDtoClass(metatype)) return value;
    const faultless = faultlessDto(metatype, value, this.config);
    if (faultless) return faultless;
    const { dto, faults } = readWithFaults(metatype, value, this.config);
    if (faults.length === 0) return dto;
    throw validationFailed(faults.map((fault) => (type === 'body' ? inBody(fault) : inQuery(fault))));
  }
}

function inBody({ at, detail }: FaultAt): Fault {
  return { pointer: jsonPointer(at), detail };
}

function inQuery({ at, detail }: FaultAt): Fault {
  return { parameter: String(at[0]).toWellFormed(), detail };
}

function isDtoClass(metatype: unknown): metatype is DtoClass {
  return typeof metatype === 'function' && metatype !== Object && metatype !== String && metatype !== Array;
}
