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
  const codes: number[] = [];
  for (let current = error, depth = 0; current instanceof Error && depth < 4; current = current.cause, depth++) {
    const { code, writeErrors } = current as { code?: unknown; writeErrors?: unknown };
    if (typeof code === 'number') codes.push(code);
    if (writeErrors instanceof Map) {
      for (const writeError of writeErrors.values() as Iterable<{ code?: unknown }>) {
        if (typeof writeError.code === 'number') codes.push(writeError.code);
      }
    }
  }
  return codes;
}

function hasLabel(error: unknown, label: string): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 4; current = current.cause, depth++) {
    if (current instanceof MongoError && current.hasErrorLabel(label)) return true;
  }
  return false;
}

/**
 * Under faults the driver also throws raw socket errors, classes whose names do not start with "Mongo", and a
 * TypeError out of `commitTransaction` when its own error handling meets an error that is not a MongoError.
 */
function isConnectionTrouble(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 4; current = current.cause, depth++) {
    if (current instanceof MongoServerError) return false;
    if (current instanceof MongoError) return true;
    const code = (current as { code?: unknown }).code;
    if (typeof code === 'string' && systemErrorCodes.has(code)) return true;
    if (current instanceof TypeError && current.message.includes('hasErrorLabel')) return true;
    if (/^(Mongo|Pool|Mongoose)/.test(current.name)) return true;
  }
  return false;
}
