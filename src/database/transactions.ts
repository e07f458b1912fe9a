import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Metrics } from '../metrics/metrics.js';
import type { TransactionOutcome } from '../metrics/metrics.js';
import { DatabaseReadiness } from './database-readiness.js';
import { withinDeadline } from './deadline.js';
import { majorityRead } from './driver-collection.js';
import { DatabaseUnavailable, failureKind, WriteConflict } from './mongo-errors.js';
import { contextStorage } from './open-transaction.js';
import type { OpenTransaction } from './open-transaction.js';
import { SessionRegistry } from './session-registry.js';
import { toModel } from './staged-write.js';
import type { StagedWrite } from './staged-write.js';
import { abandon, commitUntilKnown, transactionOf } from './transaction-ending.js';

export type { StagedWrite } from './staged-write.js';

type ReadOptions = Pick<mongo.FindOptions, 'session' | 'readConcern'>;

/**
 * How long another transaction's hold on the same documents is waited for, in milliseconds. The contract gives
 * a second request with one key two seconds; a held order gets the same patience.
 */
const conflictPatienceMs = 2_000;
const backoffMaxMs = 160;

/**
 * Runs work in one MongoDB transaction. Reads see one snapshot; writes are staged and travel together in one
 * `bulkWrite` when the work is done, so a process that dies leaves all of them or none, and work that outlived its
 * deadline has written nothing. The session is carried by the async context, never by an argument.
 */
@Injectable()
export class Transactions {
  private readonly logger = new Logger(Transactions.name);
  /** Endings that go on after their request was answered: aborts, and commits of unknown result. */
  private readonly endings = new Set<Promise<void>>();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly readiness: DatabaseReadiness,
    private readonly sessions: SessionRegistry,
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Joins the transaction that is open in this context, or opens one. The work may run several times, so it must
   * do nothing that a repetition would double.
   * @throws DatabaseUnavailable after DATABASE_TIMEOUT_MS, or when the result of a commit stayed unknown
   * @throws WriteConflict when what is to be written was held by another transaction for longer than two seconds
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.open()?.session) return work();
    this.readiness.assertConnected();
    try {
      return await this.runUntilDone(work);
    } catch (error) {
      this.metrics.transactions.inc({ outcome: outcomeOf(error) });
      throw error;
    }
  }

  private async runUntilDone<T>(work: () => Promise<T>): Promise<T> {
    const startedAt = Date.now();
    const deadline = startedAt + this.config.databaseTimeoutMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work, deadline);
      } catch (error) {
        const kind = failureKind(error);
        if (kind === 'foreign') throw error;
        if (error instanceof DatabaseUnavailable) throw error;
        await sleep(backoffMs(attempt));
        if (kind === 'conflict' && Date.now() - startedAt > conflictPatienceMs) {
          throw new WriteConflict('held by another transaction', { cause: error });
        }
        if (Date.now() >= deadline)
          throw new DatabaseUnavailable('the transaction could not be done', { cause: error });
        this.metrics.transactionRetries.inc({ reason: kind === 'conflict' ? 'conflict' : 'fault' });
      }
    }
  }

  /** Adds a write to the open transaction; it is sent when the work has ended. */
  write(write: StagedWrite): void {
    const open = this.open();
    if (!open?.session) throw new Error('Bug! A write was staged outside of a transaction.');
    open.writes.push(write);
  }

  /**
   * Runs once what is staged has been committed, and never for an attempt that was not: for counting. It must not throw.
   * A commit whose confirmation was lost is not counted.
   */
  afterCommit(consequence: () => void): void {
    const open = this.open();
    if (!open?.session) throw new Error('Bug! There is no transaction to wait for.');
    open.consequences.push(consequence);
  }

  /** A read that is to see what others have committed since the open transaction's snapshot was taken. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    if (!this.open()) return work();
    return contextStorage().run({ session: null, writes: [], consequences: [], touched: false }, work);
  }

  /**
   * One database call that may be repeated (a read, an upsert), bounded by DATABASE_TIMEOUT_MS. Inside of `run`
   * a failure is passed on as it is, for `run` to judge.
   * @throws DatabaseUnavailable
   */
  async call<T>(work: () => PromiseLike<T>): Promise<T> {
    const open = this.open();
    if (open) {
      open.touched = true;
      return work();
    }
    this.readiness.assertConnected();
    const deadline = Date.now() + this.config.databaseTimeoutMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await withinDeadline(work(), deadline - Date.now());
      } catch (error) {
        if (failureKind(error) === 'foreign' || error instanceof DatabaseUnavailable) throw error;
        await sleep(backoffMs(attempt));
        if (Date.now() >= deadline) throw new DatabaseUnavailable('the database call failed', { cause: error });
      }
    }
  }

  /** Options for a read, for the driver too: the open transaction's session with its snapshot, or else majority. */
  readOptions(): ReadOptions {
    const session = this.open()?.session;
    return session ? { session } : majorityRead;
  }

  /** Whether a write would meet another transaction's hold at this moment; it is tried and taken back. */
  async wouldConflict(write: StagedWrite): Promise<boolean> {
    const session = this.startSession();
    let byFault = false;
    try {
      await withinDeadline(this.send(session, [write]), this.config.databaseTimeoutMs / 4);
      return false;
    } catch (error) {
      byFault = failureKind(error) === 'unavailable';
      return failureKind(error) === 'conflict';
    } finally {
      void this.endLater(session, byFault);
    }
  }

  /** Resolves when the endings under way are done, at the latest after two seconds. */
  async settled(): Promise<void> {
    await Promise.race([Promise.allSettled(this.endings), sleep(2_000, undefined, { ref: false })]);
  }

  private async attempt<T>(work: () => Promise<T>, deadline: number): Promise<T> {
    const session = this.startSession();
    const open: OpenTransaction = { session, writes: [], consequences: [], touched: false };
    const left = (): number => deadline - Date.now();
    let commitSent = false;
    try {
      const result = await withinDeadline(
        contextStorage().run(open, () => work()),
        left(),
      );
      if (open.writes.length > 0) {
        open.touched = true;
        await withinDeadline(this.send(session, open.writes), left());
        commitSent = true;
        await commitUntilKnown(session, left);
      }
      this.metrics.transactions.inc({ outcome: commitSent ? 'committed' : 'read_only' });
      for (const consequence of open.consequences) consequence();
      await this.end(session, commitSent);
      return result;
    } catch (error) {
      const ending = this.endLater(session, open.touched && failureKind(error) === 'unavailable');
      // What this attempt may still hold has to go before a repetition, which would run into it.
      const repeats = failureKind(error) !== 'foreign' && !(error instanceof DatabaseUnavailable);
      if (repeats) await Promise.race([ending, sleep(Math.min(1_000, Math.max(0, left())))]);
      throw error;
    }
  }

  private startSession(): mongo.ClientSession {
    const session = this.connection.getClient().startSession({ causalConsistency: false });
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern, readPreference: 'primary' });
    return session;
  }

  private async send(session: mongo.ClientSession, writes: readonly StagedWrite[]): Promise<void> {
    if (transactionOf(session).isStarting) {
      // Nothing was read, so there is no snapshot to keep: the bulkWrite opens the transaction itself, without
      // the read concern that only reads need and that not every server takes from this command.
      await session.abortTransaction();
      session.startTransaction({ writeConcern, readPreference: 'primary' });
    }
    await this.sessions.register(session);
    const models = writes.map(toModel);
    // An answer for each write has to be read, so it is asked for only where it decides something.
    const verboseResults = writes.some((write) => write.name === 'updateOne' && write.mustMatch);
    const result = await this.connection.getClient().bulkWrite(models, { session, ordered: true, verboseResults });
    for (const [index, write] of writes.entries()) {
      if (write.name === 'updateOne' && write.mustMatch && result.updateResults?.get(index)?.matchedCount !== 1) {
        throw new WriteConflict('the document changed since it was read');
      }
    }
  }

  private async end(session: mongo.ClientSession, committed: boolean): Promise<void> {
    if (committed || transactionOf(session).isStarting) await session.endSession();
    else void this.endLater(session, false);
  }

  private endLater(session: mongo.ClientSession, byFault: boolean): Promise<void> {
    const ending = abandon(this.connection.getClient(), session, byFault).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'a transaction could not be ended; the server ends it when its time is up');
    });
    this.endings.add(ending);
    void ending.finally(() => this.endings.delete(ending));
    return ending;
  }

  private open(): OpenTransaction | undefined {
    return contextStorage().getStore();
  }
}

const writeConcern = { w: 'majority', j: true } as const;

/** Full jitter, so that those who collided do not collide again. */
function backoffMs(attempt: number): number {
  return Math.random() * Math.min(backoffMaxMs, 10 * 2 ** attempt);
}

function outcomeOf(error: unknown): TransactionOutcome {
  const kind = failureKind(error);
  if (kind === 'foreign') return 'refused';
  return kind === 'conflict' ? 'conflict' : 'unavailable';
}
