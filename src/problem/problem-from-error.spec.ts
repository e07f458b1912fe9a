import { HttpException, NotFoundException } from '@nestjs/common';
import mongoose from 'mongoose';
import { DatabaseUnavailable, WriteConflict } from '../database/mongo-errors.js';
import { problemFromError } from './problem-from-error.js';
import { Problem } from './problem.js';

const { MongoNetworkError, MongoServerError } = mongoose.mongo;

const withCode = (code: string, message = code): Error => Object.assign(new Error(message), { code });

/** As Nest hands on what Fastify threw. */
const throughNest = (cause: Error, status = 400): HttpException => new HttpException(cause.message, status, { cause });

describe('What was thrown becomes a problem', () => {
  it('that is the very same when it is one', () => {
    const problem = new Problem('order_not_found', 'There is no such order.');
    expect(problemFromError(problem)).toBe(problem);
  });

  it.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 'payload_too_large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'unsupported_media_type'],
    ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'malformed_request'],
    ['FST_ERR_CTP_EMPTY_JSON_BODY', 'malformed_json'],
    ['FST_ERR_BAD_URL', 'malformed_request'],
    ['FST_ERR_MAX_PARAM_LENGTH', 'malformed_request'],
  ])('of the contract when it is Fastify’s %s, bare or through Nest', (code, expected) => {
    for (const error of [withCode(code), throughNest(withCode(code))])
      expect(problemFromError(error)).toMatchObject({ code: expected });
  });

  it('internal_error when it is a code of Fastify that nobody foresaw', () => {
    const error = withCode('FST_ERR_SOMETHING_NEW');
    expect(problemFromError(error)).toMatchObject({ code: 'internal_error', cause: error });
  });

  it.each([
    ['a missed deadline', new DatabaseUnavailable('late')],
    ['a hold of another transaction', new WriteConflict('held')],
    ['a network error of the driver', new MongoNetworkError('gone')],
    ['an election', new MongoServerError({ message: 'stepped down', code: 189 })],
    ['a raw socket error', withCode('EPIPE', 'write EPIPE')],
  ])('service_unavailable with Retry-After when it is %s', (_name, error) => {
    const problem = problemFromError(error);
    expect(problem).toMatchObject({ code: 'service_unavailable', headers: { 'retry-after': '1' } });
    expect(problem.cause).toBe(error);
    expect(problem.detail).not.toContain(error.message);
  });

  it('route_not_found when Nest finds nothing', () => {
    expect(problemFromError(new NotFoundException())).toMatchObject({ code: 'route_not_found' });
  });

  it.each(['aborted', 'socket hang up'])(
    'malformed_request when the client left in the midst of its body (%s): it is not the database’s fault',
    (message) => {
      expect(problemFromError(throughNest(withCode('ECONNRESET', message)))).toMatchObject({
        code: 'malformed_request',
      });
    },
  );

  it.each([
    ['an error', new Error('secret')],
    ['a TypeError', new TypeError('secret is not a function')],
    ['a refusal of the database that repetition cannot mend', new MongoServerError({ message: 'secret', code: 121 })],
    ['an HttpException that no rule foresees', new HttpException('secret', 418)],
    ['a text', 'secret'],
    ['nothing', undefined],
    ['null', null],
  ])('internal_error when it is %s; the cause is kept and not told', (_name, error) => {
    const problem = problemFromError(error);
    expect(problem).toMatchObject({ code: 'internal_error', extra: {}, headers: {} });
    expect(problem.cause ?? undefined).toBe(error ?? undefined);
    expect(problem.detail).not.toContain('secret');
  });
});
