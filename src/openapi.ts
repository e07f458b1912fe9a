import { createRequire } from 'node:module';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { bearerScheme } from './auth/auth.guard.js';
import { rateLimitHeaderDocs } from './problem/api-problems.decorator.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const description = `Orders as the entry ticket to compute-intensive work.

**Errors** have one shape, \`application/problem+json\` (RFC 9457). \`code\` is stable; \`recovery\` tells a program what to
do: \`fix_request\`, \`authenticate\`, \`refetch_and_retry\`, \`retry_same_key\`, \`use_new_key\`, \`wait_and_retry\`, \`give_up\`.

**Retries.** Send an \`Idempotency-Key\` with POST and PATCH. After a 503 or a broken connection the outcome is unknown:
the same request with the same key finds out and never does the work twice.

**Money** is a decimal string, never a JSON number. The server computes every amount.

**Status**: CREATED → PAID, CANCELLED · PAID → FULFILLED, CANCELLED · FULFILLED and CANCELLED → nothing.`;

const bearerSchemeDocs = {
  type: 'http' as const,
  scheme: 'bearer',
  description:
    'An API key or a JWT, as the service is set up; not needed where it is set up without authentication. Each ' +
    'operation needs the one scope that its `security` and `x-required-scope` name; none implies another.',
};

/** `/docs` for people, `/docs-json` for tools. */
export function setUpOpenApi(app: NestFastifyApplication): void {
  let bytes: Buffer | undefined;
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    raw: false,
    customSiteTitle: 'Order Processing Service',
  });
  // Swagger's own route makes hundreds of kilobytes anew for every request, during which nobody else is served.
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/docs-json', (_request, reply) => {
    bytes ??= Buffer.from(JSON.stringify(openApiDocument(app)));
    return reply.type('application/json; charset=utf-8').send(bytes);
  });
}

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Order Processing Service')
    .setVersion(version)
    .setDescription(description)
    .addTag('orders', 'Create, read, list, move, and their history')
    .addTag('webhooks', 'Where events are sent to, and what became of each')
    .addTag('health', 'For orchestrators and operators')
    .addServer('/')
    .addBearerAuth(bearerSchemeDocs, bearerScheme)
    .build();
  const document = SwaggerModule.createDocument(app, outline);
  // Unknown members are refused in everything a client sends.
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    if (name.endsWith('In') && 'properties' in schema) schema.additionalProperties = false;
  }
  documentRateLimits(document);
  documentPromises(document);
  return document;
}

/** What is counted is told on every answer, the good ones too. */
function documentRateLimits({ paths }: OpenAPIObject): void {
  for (const item of Object.values(paths)) {
    for (const { security, responses } of [item.get, item.post, item.patch, item.put, item.delete].filter(isPresent)) {
      if (!security) continue;
      for (const response of Object.values(responses)) {
        if (response && 'description' in response) Object.assign((response.headers ??= {}), rateLimitHeaderDocs);
      }
    }
  }
}

/** Headers that every answer which tells of them has. Without this word generated clients take them for uncertain. */
const promisedHeaders: readonly string[] = ['X-Request-Id', 'ETag', 'Location', 'Allow', 'WWW-Authenticate'];

function documentPromises({ paths }: OpenAPIObject): void {
  for (const item of Object.values(paths)) {
    for (const { responses } of [item.get, item.post, item.patch, item.put, item.delete].filter(isPresent)) {
      for (const response of Object.values(responses)) {
        if (!response || !('description' in response)) continue;
        for (const [name, header] of Object.entries(response.headers ?? {})) {
          if (promisedHeaders.includes(name) && !('$ref' in header)) header.required = true;
        }
      }
    }
  }
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
