import type { DynamicModule } from '@nestjs/common';
import { RequestMethod } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LoggerModule } from 'nestjs-pino';
import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';

/** The container's own probe names itself so; its lines would bury the others. */
const healthcheckAgent = 'container-healthcheck';

declare module 'fastify' {
  interface FastifyRequest {
    /** The order that a request is about, where it is known. */
    orderId?: string;
  }
}

/** JSON lines on stdout. Headers, queries and bodies are never logged: they can hold secrets. */
export function createLogger(config: Config): Logger {
  return pino({
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: pino.stdSerializers.errWithCause, req: () => undefined, res: () => undefined },
  });
}

/** Gives Nest's loggers the request's own child logger, so that every line carries the request id. */
export function loggerModule(logger: Logger): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: { logger, autoLogging: false },
    useExisting: true,
    // The package's default route matches nothing on this adapter.
    forRoutes: [{ path: '{*splat}', method: RequestMethod.ALL }],
  });
}

/** One line for each finished request, whatever answered it. */
export function logCompletions(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', async (request, reply) => logCompletion(request, reply));
}

function logCompletion(request: FastifyRequest, reply: FastifyReply): void {
  const status = reply.raw.headersSent ? reply.statusCode : 499;
  const line = {
    method: request.method,
    path: request.url.split('?', 1)[0],
    route: request.is404 ? null : (request.routeOptions.url ?? null),
    status,
    durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
    tenantId: request.caller?.tenantId ?? null,
    ...(request.orderId === undefined ? {} : { orderId: request.orderId }),
  };
  const level = levelOf(request, status);
  request.log[level](line, 'request completed');
}

function levelOf(request: FastifyRequest, status: number): 'debug' | 'info' | 'warn' | 'error' {
  if (status >= 500) return 'error';
  if (status >= 400) return 'warn';
  return request.headers['user-agent']?.startsWith(healthcheckAgent) ? 'debug' : 'info';
}
