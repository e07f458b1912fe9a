import { createRequire } from 'node:module';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const description = `Orders as the entry ticket to compute-intensive work.

**Errors** have one shape, \`application/problem+json\` (RFC 9457). \`code\` is stable; \`recovery\` tells a program what to
do: \`fix_request\`, \`authenticate\`, \`refetch_and_retry\`, \`retry_same_key\`, \`use_new_key\`, \`wait_and_retry\`, \`give_up\`.

**Retries.** Send an \`Idempotency-Key\` with POST and PATCH. After a 503 or a broken connection the outcome is unknown:
the same request with the same key finds out and never does the work twice.

**Money** is a decimal string, never a JSON number. The server computes every amount.

**Status**: CREATED → PAID, CANCELLED · PAID → FULFILLED, CANCELLED · FULFILLED and CANCELLED → nothing.`;

/** `/docs` for people, `/docs-json` for tools. */
export function setUpOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    raw: ['json'],
    customSiteTitle: 'Order Processing Service',
  });
}

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Order Processing Service')
    .setVersion(version)
    .setDescription(description)
    .addTag('orders', 'Create, read, list, move, and their history')
    .addTag('health', 'For orchestrators and operators')
    .addServer('/')
    .build();
  const document = SwaggerModule.createDocument(app, outline);
  // Unknown members are refused in everything a client sends.
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    if (name.endsWith('In') && 'properties' in schema) schema.additionalProperties = false;
  }
  return document;
}
