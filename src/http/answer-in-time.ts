import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { serviceUnavailable } from '../problem/problem-from-error.js';
import { sendProblem } from '../problem/problem.filter.js';

/** The share of REQUEST_TIMEOUT_MS after which a handler is given up; the rest is for writing the answer. */
const handlerShare = 0.95;

/**
 * The last line of defence: whatever hangs, the client gets its answer in time, and what the handler answers later is
 * dropped. Not as an interceptor: Nest wraps every one in Observables and async resources, on every request.
 */
export function answerInTime(fastify: FastifyInstance, { requestTimeoutMs }: Config): void {
  fastify.addHook('preHandler', (request, reply, done) => {
    // Reading a slow body has already used a part of the request's time.
    const leftMs = Math.max(requestTimeoutMs * handlerShare - reply.elapsedTime, 1);
    const timer = setTimeout(() => {
      const late = new Error(`the handler did not answer within ${requestTimeoutMs * handlerShare} ms`);
      sendProblem(serviceUnavailable(late), request, reply, (err, message) => request.log.error({ err }, message));
    }, leftMs);
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  });
}
