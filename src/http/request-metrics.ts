import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics/metrics.js';

/** The methods of the semantic conventions' list; a client could make up any number of others. */
const knownMethods: ReadonlySet<string> = new Set([
  ...['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'CONNECT', 'TRACE', 'QUERY'],
]);

export function countBegun(metrics: Metrics, request: FastifyRequest): void {
  metrics.httpActiveRequests.inc({ http_request_method: methodOf(request) });
}

/** @param status as the completion line of the log has it */
export function countDone(metrics: Metrics, request: FastifyRequest, reply: FastifyReply, status: number): void {
  const method = methodOf(request);
  metrics.httpActiveRequests.dec({ http_request_method: method });
  metrics.httpRequestDuration.observe(
    { http_request_method: method, http_route: routeOf(request), http_response_status_code: status },
    reply.elapsedTime / 1_000,
  );
}

/** The route's pattern and never the path; empty, which to Prometheus is absent, where there is no route. */
function routeOf(request: FastifyRequest): string {
  return request.is404 ? '' : (request.routeOptions.url ?? '');
}

function methodOf({ method }: FastifyRequest): string {
  return knownMethods.has(method) ? method : '_OTHER';
}
