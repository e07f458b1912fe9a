import mongoose from 'mongoose';

const { MongoError, MongoServerError } = mongoose.mongo;

/** The database cannot be reached or did not answer in time; the outcome of a write is unknown. */
export class DatabaseUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseUnavailable';
  }
}

/** Another transaction holds what this one wants to write; nothing was done, trying again may succeed. */
export class WriteConflict extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WriteConflict';
  }
}

/**
 * What a failure means for the work it interrupted.
 * - `conflict`: the server refused because of another transaction; repeat the whole work.
 * - `aborted`: the transaction is no more (NoSuchTransaction); repeat the whole work if no commit was sent.
 * - `unavailable`: network, election, shutdown, time-out; the outcome may be unknown.
 * - `foreign`: not the database's doing, or nothing that a repetition could mend.
 */
export type FailureKind = 'conflict' | 'aborted' | 'unavailable' | 'foreign';

const conflictCodes: ReadonlySet<number> = new Set([
  112, // WriteConflict
  11000, // DuplicateKey: a racing transaction committed the same key between our look-up and our write
  24, // LockTimeout
]);

const abortedCodes: ReadonlySet<number> = new Set([
  251, // NoSuchTransaction
  225, // TransactionTooOld
]);

/**
 * State changes, shutdowns and time-outs of the server; MongoDB's list of retryable codes
 * (https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md) and
 * its relatives. They are recognised by code because a proxy or fault injection may drop the error labels.
 */
const unavailableCodes: ReadonlySet<number> = new Set([
  6, 7, 50, 64, 89, 91, 134, 189, 262, 317, 365, 9001, 10107, 11600, 11601, 11602, 13388, 13435, 13436, 46841,
]);

const systemErrorCodes: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** Judges whatever was thrown while the driver worked; a bulk write keeps its server error in `cause`. */
export function failureKind(error: unknown): FailureKind {
  if (error instanceof WriteConflict) return 'conflict';
  if (error instanceof DatabaseUnavailable) return 'unavailable';
  for (const code of serverCodes(error)) {
    if (conflictCodes.has(code)) return 'conflict';
    if (abortedCodes.has(code)) return 'aborted';
    if (unavailableCodes.has(code)) return 'unavailable';
  }
  if (hasLabel(error, 'TransientTransactionError') || hasLabel(error, 'RetryableWriteError')) return 'unavailable';
  return isConnectionTrouble(error) ? 'unavailable' : 'foreign';
}

function serverCodes(error: unknown): number[] {
  return chain(error).flatMap(({ code, writeErrors }) => [
    ...(typeof code === 'number' ? [code] : []),
    ...(writeErrors instanceof Map
      ? [...(writeErrors as Map<number, { code: number }>).values()].map((e) => e.code)
      : []),
  ]);
}

function hasLabel(error: unknown, label: string): boolean {
  return chain(error).some((each) => each instanceof MongoError && each.hasErrorLabel(label));
}

/**
 * Under faults the driver also throws raw socket errors, classes whose names do not start with "Mongo", and a
 * TypeError out of `commitTransaction` when its own error handling meets an error that is not a MongoError.
 */
function isConnectionTrouble(error: unknown): boolean {
  const errors = chain(error);
  if (errors.some((each) => each instanceof MongoServerError)) return false;
  return errors.some(
    (each) =>
      each instanceof MongoError ||
      (typeof each.code === 'string' && systemErrorCodes.has(each.code)) ||
      /^(Mongo|Pool)/.test(String(each.name)) ||
      String(each.message).includes('hasErrorLabel is not a function'),
  );
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly writeErrors?: unknown;
  readonly cause?: unknown;
}

/** The error and its causes. By their members, not by `instanceof Error`: Node's own may come from another realm. */
function chain(error: unknown): ErrorLike[] {
  const found: ErrorLike[] = [];
  for (
    let each = error;
    typeof each === 'object' && each !== null && found.length < 4;
    each = (each as ErrorLike).cause
  ) {
    found.push(each);
  }
  return found;
}
