import { problemCatalogue, problemType } from './problem-catalogue.js';
import type { Problem } from './problem.js';

/** Media type of RFC 9457, section 3. */
export const problemMediaType = 'application/problem+json';

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: string;
  readonly recovery: string;
  readonly requestId: string;
  readonly [extra: string]: unknown;
}

/**
 * The body a client gets. `instance` is the path of the request, or absent where the parser refused the request
 * before a path was known.
 */
export function problemDocument(problem: Problem, requestId: string, instance?: string): ProblemDocument {
  const { status, title, recovery } = problemCatalogue[problem.code];
  return {
    type: problemType(problem.code),
    title,
    status,
    detail: problem.detail,
    ...(instance === undefined ? {} : { instance }),
    code: problem.code,
    recovery,
    requestId,
    ...problem.extra,
  };
}
