import { HttpException } from '@nestjs/common';
import { DatabaseUnavailable, failureKind, WriteConflict } from '../database/mongo-errors.js';
import { Problem } from './problem.js';

/** Seconds after which a client may try again when the database is away. */
const retryAfterSeconds = '1';

/** Fastify's own refusals, by their code (https://fastify.dev/docs/latest/Reference/Errors/). */
const fastifyProblems: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Problem('payload_too_large', 'The body is larger than this service accepts.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => unsupportedMediaType(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new Problem('malformed_request', 'The body is shorter or longer than Content-Length says.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new Problem('malformed_json', 'A JSON body is required and was empty.'),
  FST_ERR_BAD_URL: () => new Problem('malformed_request', 'The path has malformed percent-encoding.'),
  FST_ERR_MAX_PARAM_LENGTH: () => new Problem('malformed_request', 'The path is too long.'),
};

export function unsupportedMediaType(): Problem {
  return new Problem(
    'unsupported_media_type',
    'The body must be "application/json" in UTF-8, without a Content-Encoding.',
  );
}

export function routeNotFound(): Problem {
  return new Problem('route_not_found', 'There is no such route.');
}

export function serviceUnavailable(cause: unknown): Problem {
  return new Problem(
    'service_unavailable',
    'The database did not answer in time. Whether a change took effect is unknown; repeat it with the same key.',
    { cause, headers: { 'retry-after': retryAfterSeconds } },
  );
}

/** Turns whatever was thrown into the one refusal a client may see; the original stays in `cause` for the log. */
export function problemFromError(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseUnavailable || error instanceof WriteConflict) return serviceUnavailable(error);
  const code = fastifyCode(error);
  const known = code === undefined ? undefined : fastifyProblems[code];
  if (known) return known();
  // Before the database is suspected: a client's broken connection looks like a broken one to the database.
  const unread = unreadBody(error);
  if (unread) return unread;
  if (code === undefined && failureKind(error) === 'unavailable') return serviceUnavailable(error);
  // What Nest itself throws where a handler meets no such thing, e.g. a file that /docs does not have.
  if (error instanceof HttpException && error.getStatus() === 404) return routeNotFound();
  return new Problem('internal_error', 'Something unforeseen happened; it was logged under this request id.', {
    cause: error,
  });
}

/** Nest hands Fastify's errors on as a bare HttpException whose cause has the code. */
function fastifyCode(error: unknown): string | undefined {
  const source = error instanceof HttpException ? error.cause : error;
  const code = (source as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && code.startsWith('FST_') ? code : undefined;
}

/** A client that hangs up in the middle of its body: nobody is there to read the answer, and it is not our fault. */
function unreadBody(error: unknown): Problem | undefined {
  const source = error instanceof HttpException ? (error.cause ?? error) : error;
  const { code, message } = (source ?? {}) as { code?: unknown; message?: unknown };
  const aborted = code === 'ECONNRESET' && (message === 'aborted' || message === 'socket hang up');
  return aborted ? new Problem('malformed_request', 'The connection ended before the body did.') : undefined;
}
