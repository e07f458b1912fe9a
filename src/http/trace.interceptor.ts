import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { inTrace, traceContextFrom, tracerInUse } from '../tracing/trace-context.js';

/**
 * Without OpenTelemetry the trace that a client names is passed on as it is, to the events and with them to whoever gets
 * those: the client finds its own trace there (W3C Trace Context, section 2.3, "pass-through"). With it, the span of the
 * request is active already and continues that trace.
 */
@Injectable()
export class TraceInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (tracerInUse()) return next.handle();
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    // Nest binds the handler to the context in which `handle` is called, not to the one that subscribes.
    return inTrace(traceContextFrom(headers), () => next.handle());
  }
}
