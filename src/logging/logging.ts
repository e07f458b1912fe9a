import type { DynamicModule } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoggerModule } from 'nestjs-pino';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Config } from '../config/config.js';

/** The container's own probe names itself so; its lines would bury the others. */
const healthcheckAgent = 'container-healthcheck';
/** The client left first; a status that is only ever logged (nginx's convention). */
const clientClosedRequest = 499;

/**
 * A system call for each line would be a tenth of what a request costs, so lines are written together: when there are so
 * many bytes, after so many milliseconds, or at the end of the process, also at one by an error that nobody caught.
 */
const gatheredBytes = 8_192;
const gatherMs = 100;

/** What JSON leaves as it is and some readers of lines, Node's among them, take for the end of one. */
const otherLineEnds = /[\u0085\u2028\u2029]/g;

/**
 * JSON lines on stdout, each one line to every reader, whatever a client sent. Headers, queries and bodies are never logged: they can hold secrets.
 * @param bindings what a line tells besides, asked for when it is written
 */
export function createLogger(
  { logLevel }: Pick<Config, 'logLevel'>,
  bindings: () => object = () => ({}),
  destination: DestinationStream = stdout(),
): Logger {
  return pino(
    {
      level: logLevel,
      base: null,
      mixin: bindings,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: (line) => line.replace(otherLineEnds, escaped) },
      serializers: { err: pino.stdSerializers.errWithCause, req: () => undefined, res: () => undefined },
    },
    destination,
  );
}

function stdout(): DestinationStream {
  return pino.destination({ dest: 1, sync: false, minLength: gatheredBytes, periodicFlush: gatherMs });
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Nest's loggers write through this one. Its middleware has no routes: what it would bind to lines the logger itself adds. */
export function loggerModule(logger: Logger): DynamicModule {
  return LoggerModule.forRoot({ pinoHttp: { logger, autoLogging: false }, useExisting: true, forRoutes: [] });
}

/** @returns the status of a closed answer, also when the client left before it had one */
export function finalStatus({ raw }: FastifyReply): number {
  return raw.writableFinished ? raw.statusCode : clientClosedRequest;
}

/** One line for each request, whatever answered it, also when the client left first. To be called once it is closed. */
export function logCompletion(request: FastifyRequest, reply: FastifyReply): void {
  const status = finalStatus(reply);
  const { url: route } = request.routeOptions;
  const orderId = orderIdOf(request, reply, route);
  const line = {
    method: request.method,
    path: request.url.split('?', 1)[0],
    // The router's own answers have none.
    route: route ?? null,
    status,
    durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
    tenantId: request.caller?.tenantId ?? null,
    ...(orderId === undefined ? {} : { orderId }),
  };
  request.log[levelOf(request, status)](line, 'request completed');
}

/** From the path, or from where a new order is said to be. */
function orderIdOf(request: FastifyRequest, reply: FastifyReply, route?: string): string | undefined {
  if (route?.startsWith('/orders/:id')) return (request.params as { id: string }).id;
  const location = reply.getHeader('location');
  return location === undefined ? undefined : /^\/orders\/([^/]+)$/.exec(String(location))?.[1];
}

function levelOf(request: FastifyRequest, status: number): 'debug' | 'info' | 'warn' | 'error' {
  if (status >= 500) return 'error';
  if (status >= 400) return 'warn';
  return request.headers['user-agent']?.startsWith(healthcheckAgent) ? 'debug' : 'info';
}
