import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { problemCatalogue } from './problem-catalogue.js';
import { problemDocument, problemMediaType } from './problem-document.js';
import { problemExamples } from './problem-examples.js';
import { ProblemOut } from './problem.dto.js';
import { Problem } from './problem.js';
import type { ProblemCode } from './problem.js';

/** Of draft-ietf-httpapi-ratelimit-headers-10; on every answer of a limited route while a limit is configured. */
export const rateLimitHeaderDocs = {
  RateLimit: {
    description: 'What is left (`r`), and in how many seconds it is whole again (`t`). Absent without a limit.',
    schema: { type: 'string' as const },
    example: '"default";r=119;t=60',
  },
  'RateLimit-Policy': {
    description: 'The limit (`q`) and its window in seconds (`w`). Absent without a limit.',
    schema: { type: 'string' as const },
    example: '"default";q=120;w=60',
  },
};

type HeaderDocs = Record<string, { description: string; schema: { type: string } }>;

const headerDocs: HeaderDocs = {
  'X-Request-Id': { description: 'The id of this request.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
  Allow: { description: 'The methods of this path.', schema: { type: 'string' } },
  'WWW-Authenticate': { description: 'What credential is needed (RFC 6750).', schema: { type: 'string' } },
  ...rateLimitHeaderDocs,
};

const extraHeaders: Partial<Record<ProblemCode, readonly string[]>> = {
  unauthenticated: ['WWW-Authenticate'],
  forbidden: ['WWW-Authenticate'],
  rate_limited: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
  idempotency_in_progress: ['Retry-After'],
  service_unavailable: ['Retry-After'],
  method_not_allowed: ['Allow'],
};

/** What the HTTP layer itself can refuse, on every route. */
const everywhere: readonly ProblemCode[] = [
  ...(['malformed_request', 'request_timeout', 'headers_too_large', 'method_not_allowed'] as const),
  ...(['internal_error', 'service_unavailable'] as const),
];

/** Documents the refusals of a route from the catalogue, and those that every route has. */
export function ApiProblems(...codes: readonly ProblemCode[]): MethodDecorator {
  return ApiProblemsAlone(...codes, ...everywhere);
}

/** One response for each status, one example for each code; of a status that others document too, the last one counts. */
export function ApiProblemsAlone(...codes: readonly ProblemCode[]): MethodDecorator {
  const byStatus = Map.groupBy(codes, (code) => problemCatalogue[code].status);
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
        schema: schemaOf(codes),
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

/** Members that problems of a code always have beside the common ones. */
const extraMembers: Partial<Record<ProblemCode, readonly string[]>> = {
  validation_failed: ['errors'],
  version_conflict: ['currentVersion', 'currentStatus'],
  invalid_transition: ['from', 'to', 'allowed'],
};

/** Told apart by `code`, so that a typed client which has looked at it knows what else is there. */
function schemaOf(codes: readonly ProblemCode[]): NarrowedSchema | { readonly oneOf: NarrowedSchema[] } {
  const plain = codes.filter((code) => !extraMembers[code]);
  const special = codes.filter((code) => extraMembers[code]);
  const parts = [...(plain.length > 0 ? [plain] : []), ...special.map((code) => [code])].map(narrowed);
  const [only, ...others] = parts;
  return only && others.length === 0 ? only : { oneOf: parts };
}

type NarrowedSchema = ReturnType<typeof narrowed>;

function narrowed(codes: readonly ProblemCode[]): {
  readonly allOf: { readonly $ref: string }[];
  readonly required: string[];
  readonly properties: { readonly code: { readonly type: 'string'; readonly enum: string[] } };
} {
  return {
    allOf: [{ $ref: getSchemaPath(ProblemOut) }],
    required: ['code', ...codes.flatMap((code) => extraMembers[code] ?? [])],
    properties: { code: { type: 'string', enum: [...codes] } },
  };
}

function exampleOf(code: ProblemCode): object {
  const { detail, extra = {}, instance = '/orders/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0' } = problemExamples[code];
  const requestId = '0b2c9f0e-5a43-4c1b-9d37-2f6c1f0e8a11';
  return problemDocument(new Problem(code, detail, { extra }), requestId, instance ?? undefined);
}
