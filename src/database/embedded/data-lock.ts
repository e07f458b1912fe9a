import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock } from './file-lock.js';
import type { FileLock, LockRecord } from './file-lock.js';
import { endProcess, isRunning } from './processes.js';

type Log = (message: string, details?: Record<string, unknown>) => void;

/** Two services on one data directory would each start a database on it. */
export class EmbeddedDatabaseInUse extends Error {
  override readonly name = 'EmbeddedDatabaseInUse';

  constructor(dataDir: string, ownerPid: number) {
    super(
      `The embedded database in ${dataDir} is in use by process ${ownerPid}. End that process, ` +
        'or give this one a database of its own: set MONGODB_URI, or start it in another directory.',
    );
  }
}

/**
 * Makes this process the only one that starts a database on the directory, and ends a database that a dead owner left.
 * @throws EmbeddedDatabaseInUse while another start, of this process too, holds the directory
 */
export async function lockDataDir(dataDir: string, log: Log): Promise<FileLock> {
  await mkdir(dataDir, { recursive: true });
  const lock = await tryLock(join(dataDir, 'embedded.lock'), (left) => endOrphan(left, log));
  if (lock.kind === 'taken') throw new EmbeddedDatabaseInUse(dataDir, lock.owner.pid);
  return lock;
}

async function endOrphan({ owner, database }: LockRecord, log: Log): Promise<void> {
  // Without its start time the number may by now be a stranger's. Then the store's own lock has the last word.
  if (database === null || database.started === null || !isRunning(database)) {
    log(`Embedded database: process ${owner.pid} had ended without giving its data directory back; taken over`);
    return;
  }
  const ended = await endProcess(database, 10_000);
  if (!ended) throw new Error(`Database process ${database.pid}, left by process ${owner.pid}, cannot be ended.`);
  log(`Embedded database: ended database process ${database.pid}, left by process ${owner.pid}`);
}
