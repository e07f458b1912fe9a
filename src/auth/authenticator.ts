import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.js';

/** Why a credential was refused; for the log, never for the client. `keyId` is the public part of an API key. */
export interface Denial {
  readonly reason: string;
  readonly keyId?: string;
}

/** One way to tell who calls. The three modes differ in nothing but this. */
export interface Authenticator {
  /** @throws DatabaseUnavailable or Problem service_unavailable when it cannot be told at the moment */
  authenticate(request: FastifyRequest): Promise<Caller | Denial>;
}

export const AUTHENTICATOR = Symbol('AUTHENTICATOR');

export function isDenial(outcome: Caller | Denial): outcome is Denial {
  return 'reason' in outcome;
}

/** The `b64token` of RFC 6750, section 2.1; undefined when there is none or more than one header. */
export function bearerToken(request: FastifyRequest): string | undefined {
  const { rawHeaders } = request.raw;
  // Node keeps the first of several and hides the rest.
  const headers = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization');
  if (headers.length !== 1) return undefined;
  return /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
}
