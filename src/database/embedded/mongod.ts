import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { MongoMemoryReplSet, MongoMemoryServer } from 'mongodb-memory-server';
import { memoryServer } from './mongod-binary.js';
import type { MemoryServer, MongodBinary } from './mongod-binary.js';
import { identify } from './processes.js';
import type { ProcessIdentity } from './processes.js';
import { freePort, isFree, untilReady } from './readiness.js';
import type { DatabaseProcess } from './secantusdb.js';

type MemberOptions = Parameters<(typeof MongoMemoryReplSet)['prototype']['_initServer']>[0];

export interface MongodOptions {
  readonly binary: MongodBinary;
  /** `null`: a temporary directory, removed at the end. */
  readonly storageDir: string | null;
  /** A free one, or the one the stored replica set knows, when it is absent. */
  readonly port?: number;
  readonly failCommands: boolean;
  readonly log: (message: string, details?: Record<string, unknown>) => void;
  readonly onSpawn?: (database: ProcessIdentity) => Promise<void>;
}

const startsMax = 5;
const readyWithinMs = 30_000;
const replicaSet = 'orders';

/** Runs mongod as a replica set of one member, which is the smallest MongoDB that has transactions. */
export async function startMongod(options: MongodOptions): Promise<DatabaseProcess> {
  const library = await memoryServer();
  if (library === null) throw new Error('mongodb-memory-server, which runs mongod, is not installed.');
  const server = await launch(library, options);
  try {
    return await running(server, options);
  } catch (error) {
    await server.stop({ doCleanup: options.storageDir === null, force: false });
    throw error;
  }
}

async function launch(library: MemoryServer, options: MongodOptions): Promise<MongoMemoryReplSet> {
  const { binary, storageDir, failCommands } = options;
  if (storageDir !== null) await mkdir(storageDir, { recursive: true });
  for (let start = 1; ; start += 1) {
    const remembered = options.port ?? (await rememberedPort(storageDir));
    const port = remembered ?? (await freePort());
    if (remembered === null) await rememberPort(storageDir, port);
    const server = new (replicaSetOnItsPort(library))({
      binary: { systemBinary: binary.path, version: binary.version },
      instanceOpts: [{ port, launchTimeout: readyWithinMs, ...(storageDir === null ? {} : { dbPath: storageDir }) }],
      replSet: {
        name: replicaSet,
        storageEngine: 'wiredTiger',
        args: failCommands ? ['--setParameter', 'enableTestCommands=1'] : [],
        // A group of its own: Ctrl-C in a terminal reaches the whole group, and the service must drain before this ends.
        spawn: { detached: true },
      },
    });
    try {
      await server.start();
      return server;
    } catch (error) {
      // Another process can take a port between our look and mongod's; one that is remembered cannot be exchanged.
      const passing = remembered === null && error instanceof Error && /already in use/i.test(error.message);
      if (!passing || start >= startsMax) throw error;
      await forgetPort(storageDir);
    }
  }
}

/** On its own the library takes another port where it has used the given one, in this process, a short time ago. */
function replicaSetOnItsPort(library: MemoryServer): typeof MongoMemoryReplSet {
  return class extends library.MongoMemoryReplSet {
    protected override _initServer(options: MemberOptions): MongoMemoryServer {
      return super._initServer({ ...options, portGeneration: false } as MemberOptions);
    }
  };
}

async function running(server: MongoMemoryReplSet, options: MongodOptions): Promise<DatabaseProcess> {
  const instance = server.servers[0]?.instanceInfo?.instance;
  const child = instance?.mongodProcess;
  const pid = child?.pid;
  const port = server.servers[0]?.instanceInfo?.port;
  if (child === undefined || pid === undefined || port === undefined) throw new Error('mongod ended while it started.');
  await options.onSpawn?.(identify(pid) ?? { pid, started: null });
  const guard = endWithThisProcess(pid);
  let stopping = false;
  child.once('close', (code, signal) => {
    guard.kill('SIGKILL');
    const how = signal === null ? `exit status ${code}` : `signal ${signal}`;
    if (!stopping) options.log(`Embedded database: mongod ended by itself: ${how}`, { pid });
  });
  const uri = `mongodb://127.0.0.1:${port}/orders?replicaSet=${replicaSet}`;
  await untilReady(uri, pid, AbortSignal.timeout(readyWithinMs));
  return {
    uri,
    port,
    pid,
    async stop(): Promise<void> {
      stopping = true;
      await server.stop({ doCleanup: options.storageDir === null, force: false });
      guard.kill('SIGKILL');
    },
  };
}

/**
 * The replica set's own configuration, which lies in the store, names the port. On another one the member would not
 * find itself in it and never become primary.
 */
async function rememberedPort(storageDir: string | null): Promise<number | null> {
  if (storageDir === null) return null;
  const port = Number(await readFile(portFile(storageDir), 'utf8').catch(() => ''));
  if (!(port > 0)) return null;
  if (await isFree(port)) return port;
  throw new Error(
    `Port ${port}, which the replica set in ${storageDir} is configured for, is taken by another process.`,
  );
}

async function rememberPort(storageDir: string | null, port: number): Promise<void> {
  if (storageDir !== null) await writeFile(portFile(storageDir), `${port}\n`);
}

async function forgetPort(storageDir: string | null): Promise<void> {
  if (storageDir !== null) await rm(portFile(storageDir), { force: true });
}

function portFile(storageDir: string): string {
  return `${storageDir}.port`;
}

/**
 * mongodb-memory-server looks every two seconds whether this process lives, from a process that Ctrl-C ends. This one
 * is told by the kernel, through the pipe that closes however this process ends, and has a group of its own.
 */
function endWithThisProcess(pid: number): ChildProcess {
  const guard = spawn(process.execPath, ['-e', guardProgram, String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  guard.stdin.on('error', () => undefined);
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}

const guardProgram = `
const pid = Number(process.argv[1]);
const end = (signal) => { try { process.kill(pid, signal); } catch { process.exit(); } };
process.stdin.resume().on('close', () => {
  end('SIGTERM');
  setInterval(() => end(0), 100);
  setTimeout(() => { end('SIGKILL'); process.exit(); }, 10_000);
});`;
