import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { ApiProblems } from '../problem/api-problems.decorator.js';

const indicators: { type: 'object'; additionalProperties: object } = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    required: ['status'],
    properties: { status: { type: 'string', enum: ['up', 'down', 'degraded'] } },
    additionalProperties: true,
  },
};

/** Terminus' own report. */
export class HealthReportOut {
  @ApiProperty({ type: 'string', enum: ['ok', 'degraded', 'error', 'shutting_down'], example: 'ok' })
  status: string;

  @ApiProperty({ ...indicators, description: 'What is well.' })
  info: object;

  @ApiProperty({ ...indicators, description: 'What is not.' })
  error: object;

  @ApiProperty({ ...indicators, description: 'Both.' })
  details: object;
}

const requestIdHeader = { 'X-Request-Id': { description: 'The id of this request.', schema: { type: 'string' } } };

export const DocumentHealth = (operationId: string, summary: string): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId, summary }),
    ApiProblems(),
    ApiResponse({ status: 200, description: 'Well.', type: HealthReportOut, headers: requestIdHeader }),
    ApiResponse({
      status: 503,
      description: 'Not well; the same report, not a problem.',
      type: HealthReportOut,
      headers: requestIdHeader,
    }),
  );
