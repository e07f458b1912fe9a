import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import { currentTrace, inTrace, traceContextFrom, traceIdOf, tracerInUse } from '../tracing/trace-context.js';

interface RequestContext {
  readonly request: FastifyRequest;
  readonly traceId: string | undefined;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/**
 * Every line that is logged by the work, or by what it starts, tells the request. What is known of the request by then
 * is read when a line is written, so a request that writes one line costs no logger of its own.
 *
 * Without OpenTelemetry the trace that a client names is passed on as it is, to the events and with them to whoever gets
 * those: the client finds its own trace there (W3C Trace Context, section 2.3, "pass-through"). With it, the span of the
 * request is active already and continues that trace.
 */
export function inRequest<T>(request: FastifyRequest, work: () => T): T {
  const trace = currentTrace() ?? traceContextFrom(request.headers);
  const context = { request, traceId: trace && traceIdOf(trace) };
  return contexts.run(context, () => (tracerInUse() ? work() : inTrace(trace, work)));
}

/** Continues a request where its own asynchronous context is lost: in listeners of its connection. */
export function continued(work: () => void): () => void {
  const context = contexts.getStore();
  return context ? () => contexts.run(context, work) : work;
}

/** What a line of the log tells of the request that is being answered, if any; empty otherwise. */
export function requestBindings(): Record<string, string> {
  const context = contexts.getStore();
  if (!context) return {};
  const { request, traceId } = context;
  const { url: route } = request.routeOptions;
  return {
    requestId: request.id,
    // The name is OpenTelemetry's for logs that are not its own.
    ...(traceId === undefined ? {} : { trace_id: traceId }),
    ...(route === undefined ? {} : { route }),
    ...(request.caller ? { tenantId: request.caller.tenantId } : {}),
  };
}
