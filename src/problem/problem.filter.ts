import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemCatalogue } from './problem-catalogue.js';
import { problemDocument, problemMediaType } from './problem-document.js';
import { problemFromError } from './problem-from-error.js';

/**
 * Headers that a failed handler may already have set: they describe what was not done. And Fastify's wish to close
 * the connection of a body it refused: a client that is still sending would see a reset instead of the answer.
 */
const droppedHeaders = ['etag', 'location', 'idempotent-replayed', 'content-type', 'connection'] as const;

/** The only place where an error becomes a response. What is unforeseen is logged here, once, with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), (err, message) =>
      this.logger.error({ err }, message),
    );
  }
}

/** Also Fastify's error handler, for what fails before Nest's filters are there. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: (err: unknown, message: string) => void,
): void {
  const problem = problemFromError(error);
  const { status } = problemCatalogue[problem.code];
  if (status >= 500) log(problem.cause ?? error, problem.message);
  if (reply.sent || reply.raw.headersSent) return;
  for (const name of droppedHeaders) if (reply.hasHeader(name)) void reply.removeHeader(name);
  const instance = request.url.split('?', 1)[0];
  void reply
    .status(status)
    .headers(problem.headers)
    .type(problemMediaType)
    .send(JSON.stringify(problemDocument(problem, request.id, instance)));
}
