import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import type { Config } from '../config/config.js';

/** What a page of another origin may read besides the body. */
const exposedHeaders = [
  ...['ETag', 'Location', 'X-Request-Id', 'Idempotent-Replayed', 'Retry-After', 'Allow'],
  ...['RateLimit', 'RateLimit-Policy', 'WWW-Authenticate'],
];

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

/**
 * Headers that tell browsers what they must not do with our answers; other programs ignore them. Not as a plugin,
 * whose hook would come after those that refuse a request.
 */
export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  applyHelmet(request.raw, reply.raw, () => undefined);
}

/** Web pages of other origins may call the API where they are listed. */
export function allowOrigins(app: NestFastifyApplication, config: Config): void {
  if (config.corsOrigins === null) return;
  app.enableCors({
    origin: [...config.corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'X-Request-Id'],
    exposedHeaders,
    maxAge: 600,
  });
}
