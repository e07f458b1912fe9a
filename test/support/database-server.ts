import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startEmbeddedDatabase } from '../../src/database/embedded/embedded-database.js';
import type { EmbeddedDatabase } from '../../src/database/embedded/embedded-database.js';
import { findMongod } from '../../src/database/embedded/mongod-binary.js';
import { startMongod } from '../../src/database/embedded/mongod.js';
import { identify } from '../../src/database/embedded/processes.js';
import { freePort } from '../../src/database/embedded/readiness.js';
import { ensureSecantusDb } from '../../src/database/embedded/secantusdb-install.js';
import { startSecantusDb } from '../../src/database/embedded/secantusdb.js';
import type { DatabaseProcess } from '../../src/database/embedded/secantusdb.js';

/** The repository's own, so that no test run and no test installs anything a second time. */
export const cacheDir = fileURLToPath(new URL('../../.cache', import.meta.url));

/** One server for a whole test run, in memory, on which fail points can be armed. */
export function startTestServer(log: (message: string) => void): Promise<EmbeddedDatabase> {
  return startEmbeddedDatabase({ dataDir: null, cacheDir, env: process.env, log, failCommands: true });
}

/** The URI of a database that no other test has, on the run's server. */
export function uniqueDatabaseUri(name = 'test'): string {
  const base = process.env['TEST_MONGODB_URI'];
  if (!base) throw new Error('TEST_MONGODB_URI is not set: run the tests with `npm test`, whose global setup sets it.');
  return withDatabase(base, `${name}-${randomUUID().slice(0, 13)}`);
}

/** A server of a test's own that it may kill, with data that must survive that. */
export interface DurableServer {
  readonly uri: string;
  readonly port: number;
  /** Of the process that runs now; another one after `restart()`. */
  readonly pid: number;
  kill9(): Promise<void>;
  stop(): Promise<void>;
  /** Same port and directory; kills it first when it runs. */
  restart(): Promise<void>;
}

export interface DurableOptions {
  readonly port?: number;
  /** A temporary one, removed by `stop()`, when it is absent. */
  readonly storageDir?: string;
}

export async function startDurableServer(options: DurableOptions = {}): Promise<DurableServer> {
  const storageDir = options.storageDir ?? join(await mkdtemp(join(tmpdir(), 'orders-durable-')), 'store');
  const port = options.port ?? (await freePort());
  let server = await startOn(storageDir, port);

  const kill9 = async (): Promise<void> => {
    if (identify(server.pid) !== null) process.kill(server.pid, 'SIGKILL');
    await until(() => identify(server.pid) === null, 10_000);
    // There is nothing left to stop but what the starter keeps beside the server.
    await server.stop();
  };
  return {
    uri: withDatabase(server.uri, `durable-${randomUUID().slice(0, 13)}`),
    port,
    get pid(): number {
      return server.pid;
    },
    kill9,
    async stop(): Promise<void> {
      await server.stop();
      if (options.storageDir === undefined) await rm(join(storageDir, '..'), { recursive: true, force: true });
    },
    async restart(): Promise<void> {
      await kill9();
      server = await startOn(storageDir, port);
    },
  };
}

/** Looks again and again, since a test that sleeps is either slow or flaky. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`Did not come true within ${withinMs} ms: ${condition.toString()}`);
    await sleep(25);
  }
}

async function startOn(storageDir: string, port: number): Promise<DatabaseProcess> {
  const shared = { cacheDir, env: process.env, log: () => undefined, port, failCommands: true };
  const binary = await findMongod(shared);
  if (binary !== null) return startMongod({ ...shared, binary, storageDir });
  const install = await ensureSecantusDb(shared);
  if (install === null) throw new Error('SecantusDB cannot be installed: see the log of the global setup.');
  return startSecantusDb({ ...shared, install, storage: storageDir });
}

/** Not with `URL`, which refuses the several hosts of a replica set. */
function withDatabase(uri: string, database: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri);
  if (!parts) throw new Error('TEST_MONGODB_URI is not a MongoDB connection string.');
  return `${parts[1]}/${database}${parts[2] ?? ''}`;
}
