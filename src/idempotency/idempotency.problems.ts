import { Problem } from '../problem/problem.js';

export function unreadableKey(): Problem {
  return new Problem('invalid_header', 'Idempotency-Key must be 1 to 255 visible ASCII characters, bare or quoted.');
}

export function keyRequired(): Problem {
  return new Problem('invalid_header', 'Idempotency-Key is required for this request.');
}

export function keyReused(): Problem {
  return new Problem('idempotency_key_reused', 'This Idempotency-Key was used for a different request.');
}

export function keyInProgress(cause: unknown): Problem {
  return new Problem('idempotency_in_progress', 'The first request with this Idempotency-Key is still running.', {
    cause,
    headers: { 'retry-after': '1' },
  });
}
