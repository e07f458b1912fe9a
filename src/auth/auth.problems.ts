import { Problem } from '../problem/problem.js';
import type { Quota } from './rate-limits.js';
import type { Scope } from './scopes.js';

/**
 * One answer whatever was wrong with the credential: a guesser learns nothing from it.
 * @param tokenSent RFC 6750, section 3: only then is there an error to name
 */
export function unauthenticated(tokenSent: boolean): Problem {
  return new Problem('unauthenticated', 'A valid credential is needed: Authorization: Bearer …', {
    headers: { 'www-authenticate': tokenSent ? 'Bearer error="invalid_token"' : 'Bearer' },
  });
}

export function rateLimited({ resetSeconds, headers }: Quota): Problem {
  return new Problem('rate_limited', `The limit is used up; it is whole again in ${resetSeconds} s.`, {
    headers: { ...headers, 'retry-after': String(resetSeconds) },
  });
}

export function forbidden(scope: Scope): Problem {
  return new Problem('forbidden', `The credential lacks the scope ${scope}, which this route needs.`, {
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  });
}
