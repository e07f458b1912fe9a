import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning } from './processes.js';
import type { ProcessIdentity } from './processes.js';

/** What stands in the lock file: who holds it, and what a successor would have to clean up after a crash. */
export interface LockRecord {
  /** Makes this holding distinct from any other one, also of the same process. */
  readonly token: string;
  readonly owner: ProcessIdentity;
  readonly database: ProcessIdentity | null;
}

export interface FileLock {
  readonly kind: 'held';
  /** Tells a successor which database process it may find. */
  setDatabase(database: ProcessIdentity | null): Promise<void>;
  release(): Promise<void>;
}

export interface LockTaken {
  readonly kind: 'taken';
  readonly owner: ProcessIdentity;
}

/**
 * Takes the lock or tells who has it. A lock whose owner no longer lives is taken over; `onStale` cleans up what the
 * owner left before anybody can hold the lock again.
 */
export async function tryLock(
  path: string,
  onStale: (left: LockRecord) => Promise<void>,
): Promise<FileLock | LockTaken> {
  const mine: LockRecord = { token: randomUUID(), owner: self(), database: null };
  for (;;) {
    if (await createWhole(path, mine)) return held(path, mine);
    const found = await read(path);
    if (found === null) continue;
    if (isRunning(found.owner)) return { kind: 'taken', owner: found.owner };
    if (await takeOver(path, { found, mine, onStale })) return held(path, mine);
  }
}

interface TakeOver {
  readonly found: LockRecord;
  readonly mine: LockRecord;
  readonly onStale: (left: LockRecord) => Promise<void>;
}

/**
 * Of several processes that find the same dead lock exactly one may replace it. To unlink it and to create a new one
 * would let a slow process unlink the new one. So the replacing itself has a lock, named after the dead holding, and the
 * dead holding is looked at again under it.
 */
async function takeOver(path: string, { found, mine, onStale }: TakeOver): Promise<boolean> {
  const marker = `${path}.${found.token}`;
  if (!(await createWhole(marker, mine))) {
    const other = await read(marker);
    if (other !== null && !isRunning(other.owner)) await rm(marker, { force: true });
    else await sleep(25);
    return false;
  }
  try {
    if ((await read(path))?.token !== found.token) return false;
    await onStale(found);
    await replace(path, mine);
    return true;
  } finally {
    await rm(marker, { force: true });
  }
}

function held(path: string, mine: LockRecord): FileLock {
  return {
    kind: 'held',
    setDatabase: (database) => replace(path, { ...mine, database }),
    async release(): Promise<void> {
      if ((await read(path))?.token === mine.token) await rm(path, { force: true });
    },
  };
}

/** Creates the file with its whole content in one step: a file opened with `wx` is empty for whoever looks too early. */
async function createWhole(path: string, record: LockRecord): Promise<boolean> {
  const whole = await writeBeside(path, record);
  try {
    await link(whole, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

async function replace(path: string, record: LockRecord): Promise<void> {
  await rename(await writeBeside(path, record), path);
}

async function writeBeside(path: string, record: LockRecord): Promise<string> {
  const whole = `${path}.${process.pid}.${randomUUID()}.tmp`;
  await writeFile(whole, `${JSON.stringify(record)}\n`);
  return whole;
}

/** @returns `null` when there is no file; a file that a crash of the machine left unreadable belongs to nobody. */
async function read(path: string): Promise<LockRecord | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const record = JSON.parse(text) as Partial<LockRecord> | null;
    if (record?.owner && record.token)
      return { token: record.token, owner: record.owner, database: record.database ?? null };
  } catch {
    // Not JSON: the same as JSON of another shape.
  }
  return { token: 'unreadable', owner: { pid: 0, started: null }, database: null };
}

function self(): ProcessIdentity {
  return identify(process.pid) ?? { pid: process.pid, started: null };
}
