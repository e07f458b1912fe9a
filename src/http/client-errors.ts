import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config/config.js';
import { problemCatalogue } from '../problem/problem-catalogue.js';
import { problemDocument, problemMediaType } from '../problem/problem-document.js';
import { Problem } from '../problem/problem.js';
import { requestIdFrom } from './request-id.js';

/**
 * Answers in the common shape what Node's HTTP parser refuses before there is a request object. The request id is
 * a fresh one, and `instance` is absent, since the request could not be read.
 */
export function answerClientErrors(server: Server, config: Config, logger: FastifyBaseLogger): void {
  server.removeAllListeners('clientError');
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    answer(socket, problemOf(error, config), logger);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    answer(socket, new Problem('malformed_request', 'This service is not a proxy.'), logger);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const problem = new Problem('malformed_request', 'The only expectation this service knows is 100-continue.');
    const requestId = requestIdFrom(request.headers['x-request-id']);
    log(logger, problem, requestId);
    response.writeHead(problemCatalogue[problem.code].status, headersFor(requestId));
    response.end(JSON.stringify(problemDocument(problem, requestId)));
  });
}

function problemOf(error: NodeJS.ErrnoException, config: Config): Problem {
  switch (error.code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('headers_too_large', 'The request line and headers are larger than this service accepts.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request_timeout', `The request was not complete within ${config.requestTimeoutMs} ms.`);
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Problem('payload_too_large', 'The chunk extensions are larger than this service accepts.');
    default:
      return new Problem('malformed_request', 'The request is not HTTP/1.1 as RFC 9112 has it.');
  }
}

function answer(socket: Duplex, problem: Problem, logger: FastifyBaseLogger): void {
  const { status, title } = problemCatalogue[problem.code];
  const requestId = randomUUID();
  const body = JSON.stringify(problemDocument(problem, requestId));
  log(logger, problem, requestId);
  const headers = { ...headersFor(requestId), 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  // A client that neither reads nor closes must not keep the socket.
  setTimeout(() => socket.destroy(), 1_000).unref();
}

function headersFor(requestId: string): Record<string, string> {
  return { 'content-type': problemMediaType, 'x-request-id': requestId, date: new Date().toUTCString() };
}

function log(logger: FastifyBaseLogger, problem: Problem, requestId: string): void {
  logger.warn(
    { requestId, status: problemCatalogue[problem.code].status, code: problem.code },
    'request refused unread',
  );
}
