import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import secureJson from 'secure-json-parse';
import { unsupportedMediaType } from '../problem/problem-from-error.js';
import { Problem } from '../problem/problem.js';

type BodyKind = 'none' | 'merge patch';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Absent: JSON, and required where the method has a body. */
    bodyKind?: BodyKind;
  }
}

/** Media type of RFC 7396. */
export const mergePatchType = 'application/merge-patch+json';

/** The route needs no body. One that is sent nevertheless has to be readable and is ignored. */
export const NeedsNoBody = (): MethodDecorator => RouteConfig({ bodyKind: 'none' satisfies BodyKind });

/** The route takes a JSON merge patch under its own media type too. */
export const TakesMergePatch = (): MethodDecorator => RouteConfig({ bodyKind: 'merge patch' satisfies BodyKind });

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PATCH', 'PUT']);

/**
 * Bodies are JSON in UTF-8, uncompressed, or refused before anything looks at them. There is no parser for
 * another type, so Fastify answers those with 415.
 */
export function acceptOnlyJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(['application/json', mergePatchType], { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, parseJson(request, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  // Not earlier: whether there is such a route comes first.
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    if (methodsWithBody.has(request.method)) refuseEncodedBody(request);
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (needsBody(request) && request.body === undefined && !request.is404) throw emptyBody();
    done();
  });
}

function needsBody(request: FastifyRequest): boolean {
  return methodsWithBody.has(request.method) && bodyKindOf(request) !== 'none';
}

function bodyKindOf(request: FastifyRequest): BodyKind | undefined {
  return request.routeOptions.config.bodyKind;
}

function refuseEncodedBody(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw unsupportedMediaType();
}

function parseJson(request: FastifyRequest, body: Buffer): unknown {
  const contentType = request.headers['content-type'] ?? '';
  const isMergePatch = contentType.trimStart().toLowerCase().startsWith(mergePatchType);
  if (isMergePatch && bodyKindOf(request) !== 'merge patch') throw unsupportedMediaType();
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw unsupportedMediaType();
  if (body.length === 0) {
    // Many clients tell the type of a body that they do not send.
    if (!needsBody(request)) return undefined;
    throw emptyBody();
  }
  try {
    const text = utf8.decode(body);
    // The only member name that could reach a prototype; "constructor" is an ordinary one to us.
    return secureJson.parse(text, { protoAction: 'error', constructorAction: 'ignore' });
  } catch (cause) {
    throw new Problem('malformed_json', 'The body is not JSON in UTF-8, or has a member named "__proto__".', { cause });
  }
}

function emptyBody(): Problem {
  return new Problem('malformed_json', 'A JSON body is required and was empty.');
}
