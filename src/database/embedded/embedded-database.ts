import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDataDir } from './data-lock.js';
import type { FileLock } from './file-lock.js';
import { downloadMongod, findMongod } from './mongod-binary.js';
import { startMongod } from './mongod.js';
import { ensureSecantusDb } from './secantusdb-install.js';
import { startSecantusDb } from './secantusdb.js';
import type { DatabaseProcess } from './secantusdb.js';

export { EmbeddedDatabaseInUse } from './data-lock.js';

type Engine = 'mongod' | 'secantusdb';

export interface EmbeddedDatabase {
  readonly uri: string;
  readonly kind: Engine;
  readonly pid: number;
  /** Ends the database and gives the data directory back. Twice is no error. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Where the data lives, one directory per engine; `null`: nothing outlives the end. */
  readonly dataDir: string | null;
  /** What may be deleted at any time, and is then fetched again. */
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (message: string, details?: Record<string, unknown>) => void;
  /** For tests: `configureFailPoint` works. */
  readonly failCommands?: boolean;
}

/** No step of the search found a database that runs here. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase';

  constructor(options?: ErrorOptions) {
    super(
      [
        'No database: MONGODB_URI is empty, and no MongoDB 8 could be found, downloaded or replaced on this machine.',
        'Start one with `docker compose up -d`, or install MongoDB 8 so that `mongod` is on PATH, or Python 3 with venv and pip.',
        'Or name one that runs elsewhere: MONGODB_URI=mongodb://host:27017/orders?replicaSet=rs0',
      ].join('\n'),
      options,
    );
  }
}

/**
 * A database for a machine on which nobody has set one up. It lives as long as this process, its data outlives both.
 * @throws EmbeddedDatabaseInUse while another process has the data directory
 * @throws NoDatabase when there is none to be had
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const lock = options.dataDir === null ? null : await lockDataDir(options.dataDir, options.log);
  try {
    const { kind, database } = await firstThatRuns(options, lock);
    const { uri, pid } = database;
    const stored = options.dataDir === null ? 'in memory' : `in ${storageDir(options.dataDir, kind)}`;
    options.log(`Embedded database: ${kind} is ready, its data ${stored}`, { pid, port: database.port });
    return { uri, kind, pid, stop: once(() => stop(database, lock)) };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

interface Running {
  readonly kind: Engine;
  readonly database: DatabaseProcess;
}

async function firstThatRuns(options: EmbeddedOptions, lock: FileLock | null): Promise<Running> {
  const withData = await engineWithData(options.dataDir);
  if (withData !== null) options.log(`Embedded database: ${withData} is tried first, there is data of it`);
  const steps: readonly (readonly [Engine, () => Promise<DatabaseProcess | null>])[] = [
    ['mongod', () => runMongod(findMongod, options, lock)],
    ['mongod', () => runMongod(downloadMongod, options, lock)],
    ['secantusdb', () => runSecantusDb(options, lock)],
  ];
  // The sort is stable: within an engine the steps keep their order.
  const ordered = steps.toSorted(([a], [b]) => Number(b === withData) - Number(a === withData));
  let cause: unknown;
  for (const [kind, step] of ordered) {
    if (withData !== null && kind !== withData) {
      options.log(`Embedded database: ${withData} is not to be had; its data stays untouched, ${kind} has its own`);
    }
    try {
      const database = await step();
      if (database !== null) return { kind, database };
    } catch (error) {
      // With its data at hand, a failure must be seen and not be covered by another engine's empty store.
      if (kind === withData) throw error;
      cause = error;
      options.log(`Embedded database: ${kind} did not start`, {
        error: error instanceof Error ? error.message : error,
      });
    }
  }
  throw new NoDatabase(cause === undefined ? undefined : { cause });
}

async function runMongod(
  obtain: typeof findMongod,
  { dataDir, cacheDir, env, log, failCommands = false }: EmbeddedOptions,
  lock: FileLock | null,
): Promise<DatabaseProcess | null> {
  const binary = await obtain({ cacheDir, env, log });
  if (binary === null) return null;
  return startMongod({
    binary,
    storageDir: dataDir === null ? null : storageDir(dataDir, 'mongod'),
    failCommands,
    log,
    onSpawn: async (database) => lock?.setDatabase(database),
  });
}

async function runSecantusDb(
  { dataDir, cacheDir, env, log, failCommands = false }: EmbeddedOptions,
  lock: FileLock | null,
): Promise<DatabaseProcess | null> {
  const install = await ensureSecantusDb({ cacheDir, env, log });
  if (install === null) return null;
  return startSecantusDb({
    install,
    storage: dataDir === null ? ':memory:' : storageDir(dataDir, 'secantusdb'),
    failCommands,
    env,
    log,
    onSpawn: async (database) => lock?.setDatabase(database),
  });
}

async function stop(database: DatabaseProcess, lock: FileLock | null): Promise<void> {
  // In this order: a directory that is given back while its database still runs would have two.
  await database.stop();
  await lock?.release();
}

/** Where both have data, the one that wrote last: WiredTiger replaces this file at every checkpoint. */
async function engineWithData(dataDir: string | null): Promise<Engine | null> {
  if (dataDir === null) return null;
  const written = async (engine: Engine): Promise<number> => {
    const turtle = await stat(join(storageDir(dataDir, engine), 'WiredTiger.turtle')).catch(() => null);
    return turtle?.mtimeMs ?? 0;
  };
  const [mongod, secantusdb] = await Promise.all([written('mongod'), written('secantusdb')]);
  if (mongod === 0 && secantusdb === 0) return null;
  return mongod > secantusdb ? 'mongod' : 'secantusdb';
}

function storageDir(dataDir: string, engine: Engine): string {
  return join(dataDir, engine);
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
