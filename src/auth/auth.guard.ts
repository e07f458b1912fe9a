import { applyDecorators, createParamDecorator, Inject, Injectable, Logger, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { ApiProblemsAlone } from '../problem/api-problems.decorator.js';
import type { Problem } from '../problem/problem.js';
import { forbidden, rateLimited, unauthenticated } from './auth.problems.js';
import { AUTHENTICATOR, bearerToken, isDenial } from './authenticator.js';
import type { Authenticator, Denial } from './authenticator.js';
import type { Caller } from './caller.js';
import { RateLimits } from './rate-limits.js';
import type { Scope } from './scopes.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by AuthGuard on every route that is not public. */
    caller?: Caller;
  }
}

export const publicKey = 'auth:public';
export const scopeKey = 'auth:scope';
/** The name of the security scheme in the OpenAPI document. */
export const bearerScheme = 'bearerAuth';

/** A route that needs no credential and has no tenant. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(publicKey, true);

/** The one scope that a route needs, with its documentation. A route without it, and not public, does not boot. */
export const RequiresScope = (scope: Scope): MethodDecorator =>
  applyDecorators(
    SetMetadata(scopeKey, scope),
    ApiSecurity(bearerScheme, [scope]),
    ApiExtension('x-required-scope', scope),
    ApiProblemsAlone('unauthenticated', 'forbidden', 'rate_limited'),
  );

/** The caller, as a handler's argument. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error('Bug! A route asked for its caller without being guarded.');
  return request.caller;
}

/** Runs first of all guards: what comes after it may rely on a caller. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly logger = new Logger(AuthGuard.name);

  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly limits: RateLimits,
    private readonly requestLogger: PinoLogger,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, targets)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const outcome = await this.authenticator.authenticate(request);
    if (isDenial(outcome)) throw await this.denied(request, outcome);
    request.caller = outcome;
    // What is known by now stands in every further line of the request.
    this.requestLogger.assign({ route: request.routeOptions.url, tenantId: outcome.tenantId });
    const quota = await this.limits.request(outcome.tenantId);
    if (quota) void context.switchToHttp().getResponse<FastifyReply>().headers(quota.headers);
    const scope = this.reflector.get<Scope>(scopeKey, context.getHandler());
    if (!outcome.scopes.includes(scope)) {
      this.logger.warn({ reason: 'scope missing', scope, actor: outcome.actor }, 'request denied');
      throw forbidden(scope);
    }
    if (quota?.exceeded) throw rateLimited(quota);
    return true;
  }

  private async denied(request: FastifyRequest, denial: Denial): Promise<Problem> {
    this.logger.warn({ ...denial, address: request.ip }, 'request denied');
    // Guessing is slowed down by the address; who has a valid credential is not counted here.
    const quota = await this.limits.refusal(request.ip);
    return quota?.exceeded ? rateLimited(quota) : unauthenticated(bearerToken(request) !== undefined);
  }
}
