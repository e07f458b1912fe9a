import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { routeNotFound } from '../problem/problem-from-error.js';

/** What an operator needs of a process that carries events outwards and serves no client. */
const workerPaths: readonly string[] = ['/healthz', '/ready', '/health', '/metrics'];

/** With WORKER=only every other path is unknown, whatever its method. */
export function hideApiOfWorker(fastify: FastifyInstance, { worker }: Pick<Config, 'worker'>): void {
  if (worker !== 'only') return;
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!workerPaths.includes(request.url.split('?', 1)[0] ?? '')) throw routeNotFound();
    done();
  });
}
