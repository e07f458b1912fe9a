import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { routeNotFound } from '../problem/problem-from-error.js';
import { answerClientErrors } from './client-errors.js';

/** Routes for operators, which need not face the internet. */
const adminPaths = /^\/(docs|docs-json|docs-yaml|metrics)(\/|$)/;
/** Needed on both ports: a load balancer probes the one it sends requests to. */
const sharedPaths = /^\/(healthz|ready|health)$/;

/**
 * With ADMIN_PORT the operators' routes move to a port of their own, served by the same application. Each port
 * answers the other's routes as unknown.
 */
export function separateAdminRoutes(fastify: FastifyInstance, config: Config, logger: FastifyBaseLogger): void {
  const off = !config.docsEnabled;
  const admin = config.adminPort === null ? undefined : createAdminServer(fastify);
  if (admin) answerClientErrors(admin, config, logger);
  if (!off && !admin) return;
  fastify.addHook('onRequest', (request, _reply, done) => {
    // The route's pattern where there is a route: the path may be spelled with percent-encoding.
    const path = request.routeOptions.url ?? request.url.split('?', 1)[0] ?? '';
    const isAdminPath = adminPaths.test(path);
    if (off && /^\/docs/.test(path)) throw routeNotFound();
    if (admin && !sharedPaths.test(path)) {
      const onAdminPort = request.socket.localPort === (admin.address() as AddressInfo | null)?.port;
      if (isAdminPath !== onAdminPort) throw routeNotFound();
    }
    done();
  });
  if (!admin) return;
  fastify.addHook('onListen', (done) => {
    admin.listen(config.adminPort ?? 0, config.host, () => {
      logger.info({ port: (admin.address() as AddressInfo).port }, 'the admin port is listening');
      done();
    });
    admin.once('error', done);
  });
  fastify.addHook('preClose', (done) => {
    admin.close(() => done());
    admin.closeIdleConnections();
  });
}

function createAdminServer(fastify: FastifyInstance): Server {
  const { headersTimeout, requestTimeout, keepAliveTimeout } = fastify.server;
  const options = { requireHostHeader: false, headersTimeout, requestTimeout, keepAliveTimeout };
  return createServer(options, (request, response) => fastify.routing(request, response));
}
