import { problemCatalogue, problemType } from './problem-catalogue.js';

/** The contract's table: status, code, recovery; and the titles that clients show. */
const contract = [
  [400, 'malformed_json', 'fix_request', 'Malformed JSON'],
  [400, 'malformed_request', 'fix_request', 'Malformed request'],
  [400, 'invalid_header', 'fix_request', 'Invalid header'],
  [401, 'unauthenticated', 'authenticate', 'Unauthenticated'],
  [403, 'forbidden', 'give_up', 'Forbidden'],
  [404, 'order_not_found', 'give_up', 'Order not found'],
  [404, 'webhook_endpoint_not_found', 'give_up', 'Webhook endpoint not found'],
  [404, 'delivery_not_found', 'give_up', 'Delivery not found'],
  [404, 'route_not_found', 'fix_request', 'Route not found'],
  [405, 'method_not_allowed', 'fix_request', 'Method not allowed'],
  [408, 'request_timeout', 'retry_same_key', 'Request timeout'],
  [409, 'version_conflict', 'refetch_and_retry', 'Version conflict'],
  [409, 'invalid_transition', 'give_up', 'Invalid transition'],
  [409, 'idempotency_in_progress', 'retry_same_key', 'Idempotent request in progress'],
  [413, 'payload_too_large', 'fix_request', 'Payload too large'],
  [415, 'unsupported_media_type', 'fix_request', 'Unsupported media type'],
  [422, 'validation_failed', 'fix_request', 'Validation failed'],
  [422, 'idempotency_key_reused', 'use_new_key', 'Idempotency key reused'],
  [428, 'precondition_required', 'refetch_and_retry', 'Precondition required'],
  [429, 'rate_limited', 'wait_and_retry', 'Rate limited'],
  [431, 'headers_too_large', 'fix_request', 'Headers too large'],
  [500, 'internal_error', 'retry_same_key', 'Internal error'],
  [503, 'service_unavailable', 'wait_and_retry', 'Service unavailable'],
] as const;

describe('The catalogue of problems', () => {
  it.each(contract)('has %d %s with recovery %s', (status, code, recovery, title) => {
    expect(problemCatalogue[code]).toEqual({ status, title, recovery });
    expect(problemType(code)).toBe(`urn:problem:orders:${code}`);
  });

  it('has no other problem than the contract', () => {
    expect(Object.keys(problemCatalogue).sort()).toEqual(contract.map(([, code]) => code).sort());
  });
});
