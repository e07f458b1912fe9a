import type { ProblemCode, Recovery } from './problem.js';

export interface CatalogueRow {
  readonly status: number;
  readonly title: string;
  readonly recovery: Recovery;
}

/** Every refusal this service can give. `Record` over the closed union: a code without a row does not compile. */
export const problemCatalogue: Readonly<Record<ProblemCode, CatalogueRow>> = {
  malformed_json: { status: 400, title: 'Malformed JSON', recovery: 'fix_request' },
  malformed_request: { status: 400, title: 'Malformed request', recovery: 'fix_request' },
  invalid_header: { status: 400, title: 'Invalid header', recovery: 'fix_request' },
  unauthenticated: { status: 401, title: 'Unauthenticated', recovery: 'authenticate' },
  forbidden: { status: 403, title: 'Forbidden', recovery: 'give_up' },
  order_not_found: { status: 404, title: 'Order not found', recovery: 'give_up' },
  webhook_endpoint_not_found: { status: 404, title: 'Webhook endpoint not found', recovery: 'give_up' },
  delivery_not_found: { status: 404, title: 'Delivery not found', recovery: 'give_up' },
  route_not_found: { status: 404, title: 'Route not found', recovery: 'fix_request' },
  method_not_allowed: { status: 405, title: 'Method not allowed', recovery: 'fix_request' },
  request_timeout: { status: 408, title: 'Request timeout', recovery: 'retry_same_key' },
  version_conflict: { status: 409, title: 'Version conflict', recovery: 'refetch_and_retry' },
  invalid_transition: { status: 409, title: 'Invalid transition', recovery: 'give_up' },
  idempotency_in_progress: { status: 409, title: 'Idempotent request in progress', recovery: 'retry_same_key' },
  payload_too_large: { status: 413, title: 'Payload too large', recovery: 'fix_request' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type', recovery: 'fix_request' },
  validation_failed: { status: 422, title: 'Validation failed', recovery: 'fix_request' },
  idempotency_key_reused: { status: 422, title: 'Idempotency key reused', recovery: 'use_new_key' },
  precondition_required: { status: 428, title: 'Precondition required', recovery: 'refetch_and_retry' },
  rate_limited: { status: 429, title: 'Rate limited', recovery: 'wait_and_retry' },
  headers_too_large: { status: 431, title: 'Headers too large', recovery: 'fix_request' },
  internal_error: { status: 500, title: 'Internal error', recovery: 'retry_same_key' },
  service_unavailable: { status: 503, title: 'Service unavailable', recovery: 'wait_and_retry' },
};

/** `type` of RFC 9457, section 3.1.1: a URN, since no page stands behind it. */
export function problemType(code: ProblemCode): string {
  return `urn:problem:orders:${code}`;
}
