import mongoose from 'mongoose';
import { DatabaseUnavailable, failureKind, WriteConflict } from './mongo-errors.js';

const { MongoError, MongoNetworkError, MongoServerError, MongoServerSelectionError } = mongoose.mongo;

const server = (code: number, errorLabels: string[] = []): Error =>
  new MongoServerError({ message: `code ${code}`, code, errorLabels });

const withCode = (code: string, message = code): Error => Object.assign(new Error(message), { code });

const named = (name: string): Error => Object.assign(new Error('the pool was cleared'), { name });

function labelled(...labels: readonly string[]): Error {
  const error = new MongoError('labelled');
  for (const label of labels) error.addErrorLabel(label);
  return error;
}

/** As `client.bulkWrite` throws it: the failures of single writes by their index. */
const bulkWrite = (...codes: readonly number[]): Error =>
  Object.assign(new MongoError('bulk write'), {
    writeErrors: new Map(codes.map((code, index) => [index, { code, message: 'refused' }])),
  });

describe('A failure is a conflict', () => {
  it.each([
    ['our own WriteConflict', new WriteConflict('held')],
    ['the server’s WriteConflict', server(112)],
    ['a write conflict with a label', server(112, ['TransientTransactionError'])],
    ['a duplicate key', server(11000)],
    ['a lock time-out', server(24)],
    ['a bulk write of which one write met a duplicate key', bulkWrite(11000)],
    ['a bulk write whose cause is a conflict', new MongoError('bulk write', { cause: server(112) })],
  ])('when it is %s', (_name, error) => {
    expect(failureKind(error)).toBe('conflict');
  });
});

describe('A failure is the end of the transaction', () => {
  it.each([
    ['NoSuchTransaction', server(251)],
    ['NoSuchTransaction with its label', server(251, ['TransientTransactionError'])],
    ['TransactionTooOld', server(225)],
    ['either of them inside of another error', new Error('outer', { cause: server(251) })],
  ])('when it is %s', (_name, error) => {
    expect(failureKind(error)).toBe('aborted');
  });
});

describe('A failure is the database’s absence', () => {
  const codes = [6, 7, 50, 64, 89, 91, 134, 189, 262, 317, 365, 9001, 10107, 11600, 11601, 11602, 13388, 13435, 13436];

  it.each([...codes, 46841])('when the server says %d, with or without labels', (code) => {
    expect(failureKind(server(code))).toBe('unavailable');
    expect(failureKind(server(code, ['RetryableWriteError']))).toBe('unavailable');
  });

  it.each([
    ...['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
    ...['ENOTFOUND', 'EAI_AGAIN', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'],
  ])('when it is a bare %s of Node', (code) => {
    expect(failureKind(withCode(code))).toBe('unavailable');
  });

  it.each([
    ['our own DatabaseUnavailable', new DatabaseUnavailable('late')],
    ['a network error', new MongoNetworkError('gone')],
    ['a server selection time-out', new MongoServerSelectionError('none', {} as never)],
    ['an error with the label of a transient failure only', labelled('TransientTransactionError')],
    ['an error with the label of a retryable failure only', labelled('RetryableWriteError')],
    ['a server error of unknown code with such a label', server(424_242, ['TransientTransactionError'])],
    ['a cleared pool by its name', named('PoolClearedError')],
    ['a pool cleared by a network error by its name', named('PoolClearedOnNetworkError')],
    ['a driver error of another copy of the driver by its name', named('MongoNetworkError')],
    ['a TypeError of the driver’s own error handling', new TypeError('error.hasErrorLabel is not a function')],
    ['a network error deep inside', new Error('a', { cause: new Error('b', { cause: withCode('ECONNRESET') }) })],
    ['an object of another realm', { name: 'Error', message: 'write EPIPE', code: 'EPIPE' }],
    ['a bulk write that was shut down', bulkWrite(91)],
  ])('when it is %s', (_name, error) => {
    expect(failureKind(error)).toBe('unavailable');
  });
});

describe('A failure is not the database’s doing', () => {
  it.each([
    ['an ordinary error', new Error('no')],
    ['a TypeError of ours', new TypeError('x is not a function')],
    ['a file that does not exist', withCode('ENOENT')],
    ['a document that fails validation', server(121)],
    ['a bad command', server(9)],
    ['a server error of unknown code', server(424_242)],
    ['a bulk write of which one write failed validation', new MongoError('bulk write', { cause: server(121) })],
    ['a text', 'no'],
    ['null', null],
    ['undefined', undefined],
  ])('when it is %s', (_name, error) => {
    expect(failureKind(error)).toBe('foreign');
  });

  it('when its causes go round in a circle', () => {
    const error: Error & { cause?: unknown } = new Error('round');
    error.cause = error;
    expect(failureKind(error)).toBe('foreign');
  });
});

describe('What is judged first', () => {
  it('is the server’s code, not a label: a labelled conflict is no absence', () => {
    expect(failureKind(server(11000, ['RetryableWriteError']))).toBe('conflict');
  });

  it('is the outermost error with a code', () => {
    expect(failureKind(Object.assign(new MongoError('outer', { cause: server(91) }), { code: 112 }))).toBe('conflict');
  });
});
