import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import { currentTrace, traceContextFrom, traceIdOf } from '../tracing/trace-context.js';

interface RequestContext {
  readonly request: FastifyRequest;
  readonly traceId: string | undefined;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/**
 * Every line that is logged by the work, or by what it starts, tells the request. What is known of the request by then
 * is read when a line is written, so a request that writes one line costs no logger of its own.
 */
export function inRequest<T>(request: FastifyRequest, work: () => T): T {
  const trace = currentTrace() ?? traceContextFrom(request.headers);
  return contexts.run({ request, traceId: trace && traceIdOf(trace) }, work);
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
