import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Expose, Type } from 'class-transformer';
import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import type { Config } from '../config/config.js';

/** Tells what is wrong with a value, as the end of "must …"-like sentence, or undefined when nothing is. */
export type Rule = (value: unknown) => string | undefined;

/** Several faults inside one member, e.g. of a map's entries; `at` is the path below the member. */
export interface InnerFault {
  readonly at: readonly (string | number)[];
  readonly detail: string;
}

export type InnerRule = (value: unknown) => readonly InnerFault[];

const innerRules = new Map<string, InnerRule>();

export function innerRuleNamed(name: string): InnerRule | undefined {
  return innerRules.get(name);
}

interface MemberOptions {
  readonly optional?: boolean;
  readonly schema: ApiPropertyOptions;
}

export type DtoClass = new () => object;

/** As `Rule`, for what may be sent depends on how the service is set up. */
export type ConfiguredRule = (value: unknown, config: Config) => string | undefined;

/** A member as its decorator declared it. */
export interface DeclaredMember {
  readonly name: string;
  readonly optional: boolean;
  /** Whether its rule finds no fault; to be asked only of what was sent or is required. */
  readonly accepts: (value: unknown, config: Config) => boolean;
  /** Of each entry, where the member is a list of objects. */
  readonly entries?: () => DtoClass;
  /** Its rule, where class-validator cannot know it. */
  readonly configured?: ConfiguredRule;
  /**
   * Kept away from class-transformer: rebuilding a free-form object, it loses or trips over entries that are called
   * like a member of Object.prototype ("constructor", "toString"), which are ordinary keys to us.
   */
  readonly verbatim?: boolean;
}

type Declared = Omit<DeclaredMember, 'name' | 'optional'>;

/**
 * One member of a DTO: its rule for class-validator and its schema for the OpenAPI document, from one line.
 * `null` is a value like any other; only a missing member of an optional one escapes its rule.
 */
export function Member(rule: Rule, options: MemberOptions): PropertyDecorator {
  return ruled(rule, options);
}

function ruled(rule: Rule, options: MemberOptions, entries?: () => DtoClass): PropertyDecorator {
  const check = ValidateBy({
    name: 'rule',
    validator: { validate: (value) => rule(value) === undefined, defaultMessage: (args) => rule(args?.value) ?? '' },
  });
  const accepts = (value: unknown): boolean => rule(value) === undefined;
  return compose(check, options, entries ? { accepts, entries } : { accepts });
}

/** A member whose own rule finds faults below it, each with its own pointer. Taken as it was sent, never copied. */
export function MemberWithInnerFaults(name: string, rule: InnerRule, options: MemberOptions): PropertyDecorator {
  innerRules.set(name, rule);
  const check = ValidateBy({
    name,
    validator: { validate: (value) => rule(value).length === 0, defaultMessage: () => 'has faults' },
  });
  return compose(check, options, { accepts: (value) => rule(value).length === 0, verbatim: true });
}

/** A member whose rule depends on the configuration, which class-validator cannot know: ValidationPipe asks the rule. */
export function ConfiguredMember(rule: ConfiguredRule, { optional = false, schema }: MemberOptions): PropertyDecorator {
  const accepts: Declared['accepts'] = (value, config) => rule(value, config) === undefined;
  return applyDecorators(Expose(), described(schema, optional), declare(optional, { accepts, configured: rule }));
}

/** A list of objects that have rules of their own. */
export function ListOf(type: () => DtoClass, range: { min: number; max: number }): PropertyDecorator {
  const rule: Rule = (value) => {
    if (!Array.isArray(value)) return `must be a list of ${range.min} to ${range.max} objects`;
    return value.length >= range.min && value.length <= range.max
      ? undefined
      : `must have ${range.min} to ${range.max} entries`;
  };
  return applyDecorators(
    // Swagger tells a lazy type from a class by the function's name, which must be "type".
    ruled(rule, { schema: { type: () => type(), isArray: true, minItems: range.min, maxItems: range.max } }, type),
    ValidateNested({ each: true }),
    Type(type),
  );
}

function compose(
  check: PropertyDecorator,
  { optional = false, schema }: MemberOptions,
  declared: Declared,
): PropertyDecorator {
  const decorators = [Expose(), check, described(schema, optional), declare(optional, declared)];
  if (optional) decorators.push(ValidateIf((_object, value) => value !== undefined));
  return applyDecorators(...decorators);
}

const declaredKey = Symbol('declared');

function declare(optional: boolean, declared: Declared): PropertyDecorator {
  return (target, name) => {
    const members = [...declaredMembers(target.constructor), { name: String(name), optional, ...declared }];
    Reflect.defineMetadata(declaredKey, members, target.constructor);
  };
}

/** Every member of a DTO, in the order of its class. */
export function declaredMembers(dto: object): readonly DeclaredMember[] {
  return (Reflect.getMetadata(declaredKey, dto) as readonly DeclaredMember[] | undefined) ?? [];
}

function described(schema: ApiPropertyOptions, optional: boolean): PropertyDecorator {
  return ApiProperty({ ...schema, required: !optional } as ApiPropertyOptions);
}
