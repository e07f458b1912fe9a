/** What a program should do next. Closed list: clients switch on it. */
export type Recovery =
  | 'fix_request'
  | 'authenticate'
  | 'refetch_and_retry'
  | 'retry_same_key'
  | 'use_new_key'
  | 'wait_and_retry'
  | 'give_up';

/** The stable name of a refusal; its status, title and recovery stand in the catalogue. */
export type ProblemCode =
  | 'malformed_json'
  | 'malformed_request'
  | 'invalid_header'
  | 'unauthenticated'
  | 'forbidden'
  | 'order_not_found'
  | 'webhook_endpoint_not_found'
  | 'delivery_not_found'
  | 'route_not_found'
  | 'method_not_allowed'
  | 'request_timeout'
  | 'version_conflict'
  | 'invalid_transition'
  | 'idempotency_in_progress'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'validation_failed'
  | 'idempotency_key_reused'
  | 'precondition_required'
  | 'rate_limited'
  | 'headers_too_large'
  | 'internal_error'
  | 'service_unavailable';

/** One fault of a body (RFC 6901 pointer as a URI fragment) or of a query parameter. */
export type Fault =
  { readonly pointer: string; readonly detail: string } | { readonly parameter: string; readonly detail: string };

export interface ProblemOptions {
  /** The error that led here; logged, never shown to a client. */
  readonly cause?: unknown;
  /** Members beside the standard ones, e.g. `currentVersion`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Response headers that belong to the refusal, e.g. `Allow`, `Retry-After` (seconds). */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The only error this service throws on purpose: one refusal of RFC 9457, without the parts that only the
 * HTTP layer knows (`instance`, `requestId`). Thrown by named constructors that stand beside the rule they guard.
 */
export class Problem extends Error {
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
  }
}

export function validationFailed(errors: readonly Fault[]): Problem {
  const count = errors.length === 1 ? 'one fault' : `${errors.length} faults`;
  return new Problem('validation_failed', `The request has ${count}; "errors" lists each.`, { extra: { errors } });
}
