import type { ProblemCode } from './problem.js';

interface ProblemExample {
  readonly detail: string;
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Where the refusal belongs to another path than an order's; null where no path is known. */
  readonly instance?: string | null;
}

/** What the OpenAPI document shows of each refusal. */
export const problemExamples: Readonly<Record<ProblemCode, ProblemExample>> = {
  malformed_json: { detail: 'The body is not JSON in UTF-8, or has a member named "__proto__".', instance: '/orders' },
  malformed_request: { detail: 'The path has malformed percent-encoding.', instance: '/orders/%zz' },
  invalid_header: { detail: 'If-Match must be one version, as an integer or a strong entity tag: "3".' },
  unauthenticated: { detail: 'A valid credential is needed.' },
  forbidden: { detail: 'The credential lacks the scope that this route needs.' },
  order_not_found: { detail: 'There is no such order.' },
  webhook_endpoint_not_found: {
    detail: 'There is no such webhook endpoint.',
    instance: '/webhook-endpoints/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0',
  },
  delivery_not_found: {
    detail: 'There is no such delivery.',
    instance: '/deliveries/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0/retry',
  },
  route_not_found: { detail: 'There is no such route.', instance: '/order' },
  method_not_allowed: { detail: 'This path takes GET, HEAD, POST.', instance: '/orders' },
  request_timeout: { detail: 'The request was not complete within 10000 ms.', instance: null },
  version_conflict: {
    detail: 'The order is at version 3; the request was made for version 2.',
    extra: { currentVersion: 3, currentStatus: 'FULFILLED' },
  },
  invalid_transition: {
    detail: 'The order is CANCELLED and cannot become PAID; no transition is left.',
    extra: { from: 'CANCELLED', to: 'PAID', allowed: [] },
  },
  idempotency_in_progress: { detail: 'The first request with this Idempotency-Key is still running.' },
  payload_too_large: { detail: 'The body is larger than this service accepts.', instance: '/orders' },
  unsupported_media_type: { detail: 'The body must be "application/json" in UTF-8, without a Content-Encoding.' },
  validation_failed: {
    detail: 'The request has one fault; "errors" lists each.',
    extra: { errors: [{ pointer: '#/items/0/quantity', detail: 'must be an integer from 1 to 1000000' }] },
    instance: '/orders',
  },
  idempotency_key_reused: { detail: 'This Idempotency-Key was used for a different request.', instance: '/orders' },
  precondition_required: { detail: 'If-Match must tell the version that the change is made for (RFC 6585).' },
  rate_limited: { detail: 'The limit of this tenant is used up.' },
  headers_too_large: { detail: 'The request line and headers are larger than this service accepts.', instance: null },
  internal_error: { detail: 'Something unforeseen happened; it was logged under this request id.' },
  service_unavailable: {
    detail:
      'The database did not answer in time. Whether a change took effect is unknown; repeat it with the same key.',
  },
};
