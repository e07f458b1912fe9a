import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Problem } from '../problem/problem.js';
import { bearerToken } from './authenticator.js';
import type { Authenticator, Denial } from './authenticator.js';
import type { Caller } from './caller.js';
import { isScope, isTenantId } from './scopes.js';

/** Asymmetric ones only: with a shared secret whoever can check a token could also make one. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
const clockToleranceSeconds = 60;
/** A key that is not in the set asks for the set again, but not more often than this, in milliseconds. */
const refetchCooldownMs = 5_000;
const fetchTimeoutMs = 3_000;
/**
 * A key that was taken out of the set stops within this, in milliseconds, though no token ever asks for the set again. It
 * goes on working while the set cannot be fetched, and stops within this of the set's return.
 */
export const removedKeyStopsWithinMs = 300_000;
const actorLengthMax = 255;

@Injectable()
export class JwtAuthenticator implements Authenticator, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(JwtAuthenticator.name);
  private readonly keySet: ReturnType<typeof createRemoteJWKSet>;
  private refresh: NodeJS.Timeout | undefined;
  private refetchedAt = -Infinity;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.keySet = createRemoteJWKSet(new URL(config.jwtJwksUrl ?? ''), {
      // Known keys must go on working while the server of the set is away, so the set never expires by itself.
      cacheMaxAge: Infinity,
      // When it is fetched again is decided below: right after the first fetch as well, since keys may just have changed.
      cooldownDuration: Infinity,
      timeoutDuration: fetchTimeoutMs,
    });
  }

  onApplicationBootstrap(): void {
    this.refresh = setInterval(() => void this.reload(), removedKeyStopsWithinMs - fetchTimeoutMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.refresh);
  }

  async authenticate(request: FastifyRequest): Promise<Caller | Denial> {
    const token = bearerToken(request);
    if (token === undefined) return { reason: 'no bearer token' };
    try {
      return this.callerOf(await this.verify(token));
    } catch (error) {
      if (error instanceof Problem) throw error;
      return { reason: error instanceof Error ? error.message : 'bad token' };
    }
  }

  private async verify(token: string): Promise<JWTPayload> {
    const options = {
      issuer: this.config.jwtIssuer ?? '',
      audience: this.config.jwtAudience ?? '',
      algorithms,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'sub'],
    };
    try {
      return (await jwtVerify(token, this.keyFor, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      // A token without `kid`, and several keys that fit: one of them may have signed it.
      for await (const key of error) {
        const verified = await jwtVerify(token, key, options).catch(() => undefined);
        if (verified) return verified.payload;
      }
      throw new errors.JWSSignatureVerificationFailed();
    }
  }

  /** @throws Problem service_unavailable when there is no set at all: then no token can be judged */
  private readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.keySet(header, token);
    } catch (error) {
      if (this.keySet.jwks() === undefined) throw keysUnavailable(error);
      const now = performance.now();
      if (!(error instanceof errors.JWKSNoMatchingKey) || now - this.refetchedAt < refetchCooldownMs) throw error;
      this.refetchedAt = now;
      await this.reload();
      return this.keySet(header, token);
    }
  };

  private callerOf(payload: JWTPayload): Caller | Denial {
    const tenantId = payload[this.config.jwtTenantClaim];
    if (!isTenantId(tenantId)) return { reason: 'no valid tenant claim' };
    const { sub } = payload;
    if (typeof sub !== 'string' || sub === '' || sub.length > actorLengthMax) return { reason: 'no valid sub' };
    const claim = payload[this.config.jwtScopesClaim];
    const granted: readonly unknown[] =
      typeof claim === 'string' ? claim.split(/\s+/) : Array.isArray(claim) ? claim : [];
    return { tenantId, scopes: granted.filter(isScope), actor: sub };
  }

  private async reload(): Promise<void> {
    try {
      await this.keySet.reload();
    } catch (error) {
      this.logger.warn({ err: error }, 'the JWKS could not be fetched again; the known keys stay in use');
    }
  }
}

function keysUnavailable(cause: unknown): Problem {
  return new Problem('service_unavailable', 'The keys that tokens are checked with cannot be fetched.', {
    cause,
    headers: { 'retry-after': '1' },
  });
}
