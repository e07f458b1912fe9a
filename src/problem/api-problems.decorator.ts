import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { problemCatalogue } from './problem-catalogue.js';
import { problemDocument, problemMediaType } from './problem-document.js';
import { problemExamples } from './problem-examples.js';
import { ProblemOut } from './problem.dto.js';
import { Problem } from './problem.js';
import type { ProblemCode } from './problem.js';

type HeaderDocs = Record<string, { description: string; schema: { type: string } }>;

const headerDocs: HeaderDocs = {
  'X-Request-Id': { description: 'The id of this request.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
  Allow: { description: 'The methods of this path.', schema: { type: 'string' } },
};

const extraHeaders: Partial<Record<ProblemCode, readonly string[]>> = {
  idempotency_in_progress: ['Retry-After'],
  service_unavailable: ['Retry-After'],
  method_not_allowed: ['Allow'],
};

/** What the HTTP layer itself can refuse, on every route. */
const everywhere: readonly ProblemCode[] = [
  ...(['malformed_request', 'request_timeout', 'headers_too_large', 'method_not_allowed'] as const),
  ...(['internal_error', 'service_unavailable'] as const),
];

/** Documents the refusals of a route from the catalogue: one response for each status, one example for each code. */
export function ApiProblems(...codes: readonly ProblemCode[]): MethodDecorator {
  const byStatus = Map.groupBy([...codes, ...everywhere], (code) => problemCatalogue[code].status);
  return applyDecorators(
    ApiExtraModels(ProblemOut),
    ...[...byStatus].map(([status, group]) => ApiResponse(responseOf(status, group))),
  );
}

function responseOf(status: number, codes: readonly ProblemCode[]): Parameters<typeof ApiResponse>[0] {
  const headerNames = ['X-Request-Id', ...new Set(codes.flatMap((code) => extraHeaders[code] ?? []))];
  return {
    status,
    description: codes.map((code) => `\`${code}\` (${problemCatalogue[code].recovery})`).join(', '),
    headers: Object.fromEntries(headerNames.map((name) => [name, headerDocs[name]!])),
    content: {
      [problemMediaType]: {
        schema: { $ref: getSchemaPath(ProblemOut) },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

function exampleOf(code: ProblemCode): object {
  const { detail, extra = {}, instance = '/orders/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0' } = problemExamples[code];
  const requestId = '0b2c9f0e-5a43-4c1b-9d37-2f6c1f0e8a11';
  return problemDocument(new Problem(code, detail, { extra }), requestId, instance ?? undefined);
}
