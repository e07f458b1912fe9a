import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { catchError, throwError, timeout, TimeoutError } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { serviceUnavailable } from '../problem/problem-from-error.js';

/** The share of REQUEST_TIMEOUT_MS after which a handler is given up; the rest is for writing the answer. */
const handlerShare = 0.95;

/** The last line of defence: whatever hangs, the client gets its answer in time. */
@Injectable()
export class RequestTimeoutInterceptor implements NestInterceptor {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    // Reading a slow body has already used a part of the request's time.
    const elapsedMs = context.switchToHttp().getResponse<FastifyReply>().elapsedTime;
    const leftMs = Math.max(this.config.requestTimeoutMs * handlerShare - elapsedMs, 1);
    return next.handle().pipe(
      timeout({ first: leftMs }),
      catchError((error: unknown) =>
        throwError(() => (error instanceof TimeoutError ? serviceUnavailable(error) : error)),
      ),
    );
  }
}
