import { createParamDecorator, Injectable, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { anonymousCaller } from './caller.js';
import type { Caller } from './caller.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by AuthGuard on every route that is not public. */
    caller?: Caller;
  }
}

const isPublicKey = 'auth:public';

/** A route that needs no credential and has no tenant. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(isPublicKey, true);

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
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(isPublicKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!isPublic) context.switchToHttp().getRequest<FastifyRequest>().caller = anonymousCaller;
    return true;
  }
}
