import { applyDecorators, createParamDecorator, Injectable, UseGuards } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { parseIfMatch } from './entity-tag.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The version in If-Match, on routes that need one. */
    ifMatch?: number;
  }
}

/** A guard, so that the header is judged before the idempotency key is looked up and the body is validated. */
@Injectable()
class IfMatchGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const header = request.headers['if-match'];
    if (header === undefined) {
      throw new Problem(
        'precondition_required',
        'If-Match must tell the version that the change is made for (RFC 6585).',
      );
    }
    const version = parseIfMatch(header);
    if (version === undefined) {
      throw new Problem('invalid_header', 'If-Match must be one version, as an integer or a strong entity tag: "3".');
    }
    request.ifMatch = version;
    return true;
  }
}

/** The route needs `If-Match` (RFC 6585): 428 without it, 400 when it cannot be read. */
export const RequiresIfMatch = (): MethodDecorator =>
  applyDecorators(
    UseGuards(IfMatchGuard),
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: 'The version the change is made for, bare or as a strong entity tag.',
      schema: { type: 'string', pattern: '^([1-9][0-9]{0,14}|"[1-9][0-9]{0,14}")$' },
      example: '"1"',
    }),
  );

/** The version in `If-Match`, as a handler's argument. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const { ifMatch } = context.switchToHttp().getRequest<FastifyRequest>();
  if (ifMatch === undefined) throw new Error('Bug! A handler asked for If-Match without requiring it.');
  return ifMatch;
});
