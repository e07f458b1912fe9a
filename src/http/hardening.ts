import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import type { Config } from '../config/config.js';

/** What a page of another origin may read besides the body. */
const exposedHeaders = [
  ...['ETag', 'Location', 'X-Request-Id', 'Idempotent-Replayed', 'Retry-After', 'Allow'],
  ...['RateLimit', 'RateLimit-Policy', 'WWW-Authenticate'],
].join(', ');

/** What a page may send; kept by the browser for so many seconds. */
const preflightHeaders = {
  'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
  'access-control-allow-headers':
    'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id, traceparent, tracestate',
  'access-control-max-age': '600',
};

const applyHelmet = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      // The documentation page: its files are ours, its styles partly inline, its icons partly data.
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
});

/** The same for every request, so Helmet is asked once, and Node is given them with all other headers. */
const securityHeaders = headersSetBy(applyHelmet);

/**
 * Headers that tell browsers what they must not do with our answers; other programs ignore them. Not as a plugin,
 * whose hook would come after those that refuse a request.
 */
export function setSecurityHeaders(reply: FastifyReply): void {
  void reply.headers(securityHeaders);
}

function headersSetBy(middleware: typeof applyHelmet): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  middleware({} as IncomingMessage, response as unknown as ServerResponse, () => undefined);
  return Object.freeze(headers);
}

/**
 * Web pages of the listed origins may call the API and read its answers, refusals too (https://fetch.spec.whatwg.org,
 * "CORS protocol"). Not by `enableCors()`, whose hook Fastify's own refusals never meet, and which answers any OPTIONS.
 * @returns whether the request is the preflight of such a page, which is then to be answered 204, whatever its path:
 *   the request that follows has to be allowed even where it will be refused, or the page could not read why
 */
export function setCorsHeaders(request: FastifyRequest, reply: FastifyReply, { corsOrigins }: Config): boolean {
  if (corsOrigins === null) return false;
  // On every answer: a cache must not give one origin what was said to another.
  void reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !corsOrigins.includes(origin)) return false;
  void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': exposedHeaders });
  if (request.method !== 'OPTIONS' || !('access-control-request-method' in request.headers)) return false;
  void reply.headers(preflightHeaders);
  return true;
}
