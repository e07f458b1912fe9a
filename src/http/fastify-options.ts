import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import { sendProblem } from '../problem/problem.filter.js';
import { tracerInUse } from '../tracing/trace-context.js';
import { separateAdminRoutes } from './admin-port.js';
import { answerInTime } from './answer-in-time.js';
import { answerClientErrors } from './client-errors.js';
import { setCorsHeaders, setSecurityHeaders } from './hardening.js';
import { acceptOnlyJson } from './json-body.js';
import { answerWrongMethods } from './known-methods.js';
import { inRequest } from './request-context.js';
import { requestIdFrom } from './request-id.js';
import { hideApiOfWorker } from './worker-only.js';

/** Node's own default, stated: the request line and all headers together, in bytes. */
const headersMaxBytes = 16_384;
/** A whole answer within this, though the client reads slowly; idle connections are kept for load balancers. */
const keepAliveTimeoutMs = 72_000;
/** How often Node looks for requests that are late, in milliseconds: its own default of 30 s would answer too late. */
const timeoutCheckIntervalMs = 500;

/**
 * The HTTP server with every limit and every early refusal of the contract.
 * @param onSeen called for each request as soon as there is one, whatever becomes of it
 */
export function createFastifyAdapter(
  config: Config,
  logger: FastifyBaseLogger,
  onSeen: (request: FastifyRequest, reply: FastifyReply) => void,
): FastifyAdapter {
  /** Sets what every answer has, whoever gives it, and goes on unless that was the answer already. */
  const begin = (request: FastifyRequest, reply: FastifyReply, goOn: () => void): void =>
    inRequest(request, () => {
      onSeen(request, reply);
      stampRequestId(request, reply);
      setSecurityHeaders(reply);
      if (setCorsHeaders(request, reply, config)) void reply.status(204).send();
      else goOn();
    });
  const readTimeoutMs = Math.max(config.requestTimeoutMs - 2 * timeoutCheckIntervalMs, timeoutCheckIntervalMs);
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    // The logger itself adds what each line has of its request (./request-context.ts).
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    // Nothing here is Nest's middleware, and its engine would look at every request.
    skipMiddie: true,
    genReqId: (request: IncomingMessage) => requestIdFrom(request.headers['x-request-id']),
    bodyLimit: config.bodyLimitBytes,
    trustProxy: trustedProxies(config),
    requestTimeout: readTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: headersMaxBytes, ignoreTrailingSlash: false },
    // RFC 9112, section 3.2.2: a server must accept the absolute form of a request target.
    rewriteUrl: (request) => originForm(request.url ?? '/'),
    http: {
      maxHeaderSize: headersMaxBytes,
      headersTimeout: readTimeoutMs,
      requestTimeout: readTimeoutMs,
      connectionsCheckingInterval: timeoutCheckIntervalMs,
      // Node would answer a missing Host with an empty 400; the hook below answers in the common shape.
      requireHostHeader: false,
    },
    // Refused before any hook runs, so that what every answer has is set here.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const refuse = (): void =>
        sendProblem(error, request, reply, (err, message) => request.log.error({ err }, message));
      begin(request, reply, refuse);
    },
  } as ConstructorParameters<typeof FastifyAdapter>[0]);
  const fastify = adapter.getInstance<FastifyInstance>();
  // Hooks that have nothing to wait for call back, which spares a promise each on every request.
  fastify.addHook('onRequest', begin);
  hideApiOfWorker(fastify, config);
  separateAdminRoutes(fastify, config, logger);
  nameSpans(fastify);
  answerWrongMethods(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => {
    refuseUnreadableRequest(request);
    // Node hands the request over just before its parser judges the coding of the body, and a refusal is to come first.
    if (request.headers['transfer-encoding'] === undefined) done();
    else setImmediate(done);
  });
  acceptOnlyJson(fastify);
  answerInTime(fastify, config);
  answerClientErrors(fastify.server, config, logger);
  return adapter as unknown as FastifyAdapter;
}

/** The instrumentation of HTTP knows paths only. */
function nameSpans(fastify: FastifyInstance): void {
  const tracer = tracerInUse();
  if (!tracer) return;
  fastify.addHook('onRequest', async ({ is404, routeOptions }) => {
    if (!is404 && routeOptions.url !== undefined) tracer.routed(routeOptions.url);
  });
}

/** Fastify itself takes a number of hops for nobody, since who bypasses the proxies can then make up an address. */
function trustedProxies({ trustProxy }: Config): boolean | string | ((address: string, hop: number) => boolean) {
  return typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : (trustProxy ?? false);
}

function stampRequestId(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
}

function refuseUnreadableRequest(request: FastifyRequest): void {
  // RFC 9112, section 3.2; Node itself takes the first of several.
  const hosts = request.raw.rawHeaders.filter(
    (text, index) => index % 2 === 0 && text.length === 4 && text.toLowerCase() === 'host',
  ).length;
  if (hosts > 1 || (hosts === 0 && request.raw.httpVersion === '1.1')) {
    throw new Problem('malformed_request', 'HTTP/1.1 needs exactly one Host header.');
  }
  // Fastify checks the path only; a query it cannot decode would be taken as it stands.
  const query = request.url.slice(request.url.indexOf('?') + 1 || request.url.length);
  if (!query.includes('%')) return;
  try {
    decodeURIComponent(query);
  } catch (cause) {
    throw new Problem('malformed_request', 'The query has malformed percent-encoding.', { cause });
  }
}

/** Without a fragment, which no request target may have and which the router would cut off silently. */
function originForm(url: string): string {
  const target = url.split('#', 1)[0] ?? '';
  const absolute = /^https?:\/\/[^/?#]*/i.exec(target);
  if (!absolute) return target;
  const rest = target.slice(absolute[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
