import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { withinDeadline } from './deadline.js';
import { DatabaseUnavailable, failureKind } from './mongo-errors.js';

/** A commit that has not answered by then is sent again on another connection, in milliseconds. */
const commitPatienceMs = 1_500;
/** How long the server keeps an open transaction by default (transactionLifetimeLimitSeconds), in milliseconds. */
const transactionLifetimeMs = 60_000;

/**
 * Commits, and commits again until the result is known: the server answers a repeated commit with the first
 * one's result (https://github.com/mongodb/specifications/blob/master/source/transactions/transactions.md).
 * @param left how many milliseconds the caller still has
 * @throws DatabaseUnavailable when the result stayed unknown: it may have been committed
 */
export async function commitUntilKnown(session: mongo.ClientSession, left: () => number): Promise<void> {
  let unknown = false;
  for (;;) {
    try {
      await withinDeadline(session.commitTransaction(), Math.min(commitPatienceMs, left()));
      return;
    } catch (error) {
      const kind = failureKind(error);
      // After a commit whose answer was lost, "no such transaction" can also mean that the server forgot a
      // committed one (it was restarted); repeating the work could then do it twice.
      if (kind === 'aborted' && !unknown) throw error;
      if (kind === 'foreign' && !unknown) throw error;
      if (kind === 'unavailable') unknown = true;
      if (kind === 'aborted' || kind === 'foreign' || left() <= 0) {
        throw new DatabaseUnavailable('the result of the commit is unknown', { cause: error });
      }
      await sleep(20 + Math.random() * 60);
    }
  }
}

/**
 * Ends a transaction that will not be committed, so that it holds nothing until the server's time limit. After a
 * fault the connection may be gone and the driver's own abort gives up silently; then the session is killed,
 * again and again until the server has confirmed it. The session is ended last: only then may another
 * request be given it.
 */
export async function abandon(
  client: mongo.MongoClient,
  session: mongo.ClientSession,
  byFault: boolean,
): Promise<void> {
  const giveUpAt = Date.now() + transactionLifetimeMs;
  const committing = transactionOf(session).isCommitted;
  try {
    if (!byFault && !committing) {
      if (session.inTransaction()) await withinDeadline(session.abortTransaction(), commitPatienceMs * 2);
      return;
    }
    // Also when the driver takes the transaction for not started: it learns of the start from the first answer only,
    // and that may be what was lost.
    await killUntilConfirmed(client, session, giveUpAt);
  } finally {
    void session.endSession().catch(() => undefined);
  }
}

/** The driver's own account of the transaction, which its types do not show. */
export function transactionOf(session: mongo.ClientSession): DriverTransaction {
  return (session as unknown as { transaction: DriverTransaction }).transaction;
}

interface DriverTransaction {
  /** Nothing was sent to the server yet. */
  readonly isStarting: boolean;
  /** A commit was sent, whatever came of it. */
  readonly isCommitted: boolean;
}

async function killUntilConfirmed(
  client: mongo.MongoClient,
  session: mongo.ClientSession,
  giveUpAt: number,
): Promise<void> {
  const sessionId = session.id?.id;
  if (!sessionId) return;
  for (;;) {
    try {
      const kill = client.db('admin').command({ killSessions: [{ id: sessionId }] });
      await withinDeadline(kill, commitPatienceMs * 2);
      return;
    } catch (error) {
      if (Date.now() > giveUpAt || failureKind(error) === 'foreign') throw error;
      await sleep(250);
    }
  }
}
