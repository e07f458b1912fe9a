import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { problemCatalogue, problemType } from './problem-catalogue.js';
import type { ProblemCode } from './problem.js';

const codes = Object.keys(problemCatalogue) as ProblemCode[];
const recoveries = [...new Set(Object.values(problemCatalogue).map(({ recovery }) => recovery))];

export class FaultOut {
  @ApiProperty({
    type: 'string',
    required: false,
    description: 'JSON Pointer (RFC 6901) as a URI fragment, for a body.',
    example: '#/items/0/quantity',
  })
  pointer?: string;

  @ApiProperty({ type: 'string', required: false, description: 'Name of a query parameter.' })
  parameter?: string;

  @ApiProperty({ type: 'string', example: 'must be an integer from 1 to 1000000' })
  detail: string;
}

/** Every error of this service (RFC 9457). */
@ApiExtraModels(FaultOut)
export class ProblemOut {
  @ApiProperty({ type: 'string', format: 'uri', example: problemType('version_conflict') })
  type: string;

  @ApiProperty({ type: 'string', example: 'Version conflict' })
  title: string;

  @ApiProperty({ type: 'integer', example: 409 })
  status: number;

  @ApiProperty({ type: 'string', description: 'For people; may change.' })
  detail: string;

  @ApiProperty({ type: 'string', required: false, description: 'The path of the request.' })
  instance?: string;

  @ApiProperty({ type: 'string', enum: codes, description: 'For programs; stable.' })
  code: ProblemCode;

  @ApiProperty({ type: 'string', enum: recoveries, description: 'What a program should do next.' })
  recovery: string;

  @ApiProperty({ type: 'string', description: 'Also in X-Request-Id and in every log line of the request.' })
  requestId: string;

  @ApiProperty({
    type: 'array',
    items: { $ref: getSchemaPath(FaultOut) },
    required: false,
    description: 'With validation_failed: all faults.',
  })
  errors?: FaultOut[];

  @ApiProperty({ type: 'integer', required: false, description: 'With version_conflict.' })
  currentVersion?: number;

  @ApiProperty({ type: 'string', required: false, description: 'With version_conflict.' })
  currentStatus?: string;

  @ApiProperty({ type: 'string', required: false, description: 'With invalid_transition.' })
  from?: string;

  @ApiProperty({ type: 'string', required: false, description: 'With invalid_transition.' })
  to?: string;

  @ApiProperty({ type: 'array', items: { type: 'string' }, required: false, description: 'With invalid_transition.' })
  allowed?: string[];
}
