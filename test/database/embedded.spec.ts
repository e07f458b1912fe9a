import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { identify } from '../../src/database/embedded/processes.js';
import { cacheDir, startDurableServer, until } from '../support/database-server.js';

const { MongoClient } = mongoose.mongo;
const hooks = fileURLToPath(new URL('../support/run-typescript.mjs', import.meta.url));
const source = new URL('../../src/database/embedded/embedded-database.ts', import.meta.url).href;

/** A service reduced to its database: it ends in an orderly way on SIGTERM, and on SIGINT only after it has drained. */
const service = `
import mongoose from 'mongoose';
import { startEmbeddedDatabase } from ${JSON.stringify(source)};
const [dataDir, cacheDir] = process.argv.slice(1);
const tell = (what) => console.log(JSON.stringify(what));
try {
  const database = await startEmbeddedDatabase({
    dataDir, cacheDir, env: process.env, log: (message) => tell({ message }) });
  const end = async () => { await database.stop(); process.exit(0); };
  process.on('SIGTERM', end);
  process.on('SIGINT', async () => {
    const client = await mongoose.mongo.MongoClient.connect(database.uri, { serverSelectionTimeoutMS: 2000 });
    tell({ drained: await client.db().admin().ping() });
    await client.close();
    await end();
  });
  process.on('SIGUSR2', () => { throw new Error('unforeseen'); });
  setInterval(() => undefined, 1000);
  tell({ started: { uri: database.uri, pid: database.pid } });
} catch (error) {
  tell({ refused: { name: error.name, message: error.message } });
}`;

interface Said {
  readonly started?: { readonly uri: string; readonly pid: number };
  readonly refused?: { readonly name: string; readonly message: string };
  readonly drained?: { readonly ok: number };
  readonly message?: string;
}

interface Service {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly said: Said[];
  readonly exited: Promise<unknown>;
}

let dataDir: string;
let services: Service[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'orders-data-'));
  services = [];
});

afterEach(async () => {
  for (const one of services) {
    one.child.kill('SIGKILL');
    await one.exited;
    // Its data is thrown away, so it need not take the time to close its files.
    if (!databaseIsGone(one)) process.kill(databaseOf(one), 'SIGKILL');
  }
  await until(() => services.every((one) => databaseIsGone(one)), 20_000);
  await rm(dataDir, { recursive: true, force: true });
});

it('the data survives kill -9 of the service, and no database process does', async () => {
  const first = await startService();
  await write(first, 'before');
  process.kill(first.pid, 'SIGKILL');
  await until(() => databaseIsGone(first), 10_000);
  const second = await startService();
  expect(await readAll(second)).toEqual(['before']);
});

it('the data survives kill -9 of the database, which the living service tells', async () => {
  const first = await startService();
  await write(first, 'before');
  process.kill(databaseOf(first), 'SIGKILL');
  const told = /ended by itself: signal SIGKILL/;
  await until(() => first.said.some(({ message }) => message !== undefined && told.test(message)), 5_000);
  await end(first, 'SIGTERM');
  const second = await startService();
  expect(await readAll(second)).toEqual(['before']);
});

it('both killed and started again at once: the new service waits for what is left and has the data', async () => {
  const first = await startService();
  await write(first, 'before');
  process.kill(first.pid, 'SIGKILL');
  const second = await startService();
  expect(databaseIsGone(first)).toBe(true);
  expect(await readAll(second)).toEqual(['before']);
});

it('a second start beside the first is refused and does the first no harm', async () => {
  const first = await startService();
  const second = await startService();
  expect(second.said.at(-1)?.refused).toEqual({
    name: 'EmbeddedDatabaseInUse',
    message: expect.stringContaining(`in use by process ${first.pid}. End that process`) as string,
  });
  await write(first, 'still there');
  expect(await readAll(first)).toEqual(['still there']);
});

it('of three starts at the same time exactly one has the database', async () => {
  const all = await Promise.all([startService(), startService(), startService()]);
  const outcomes = all.map(({ said }) => said.at(-1)?.refused?.name ?? 'started');
  expect(outcomes.toSorted()).toEqual(['EmbeddedDatabaseInUse', 'EmbeddedDatabaseInUse', 'started']);
});

it('an orderly end leaves neither a process nor a lock', async () => {
  const only = await startService();
  await end(only, 'SIGTERM');
  expect(databaseIsGone(only)).toBe(true);
  expect(only.child.exitCode).toBe(0);
  expect(await readdir(dataDir)).not.toContain('embedded.lock');
});

it('an exception that nobody catches leaves no process', async () => {
  const only = await startService();
  await end(only, 'SIGUSR2');
  await until(() => databaseIsGone(only), 10_000);
  expect(only.child.exitCode).toBe(1);
});

it('Ctrl-C, which the whole group gets, leaves the database running until the service has drained', async () => {
  const only = await startService();
  process.kill(-only.pid, 'SIGINT');
  await only.exited;
  expect(only.said.at(-1)?.drained).toMatchObject({ ok: 1 });
  expect(databaseIsGone(only)).toBe(true);
});

it('the durable server of the fault tests keeps its port and its data through kill -9 and restart', async () => {
  const server = await startDurableServer();
  const client = new MongoClient(server.uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    await client.db().collection('notes').insertOne({ note: 'before' });
    const killed = server.pid;
    await server.kill9();
    await server.restart();
    expect(server.pid).not.toBe(killed);
    expect(await client.db().collection('notes').countDocuments()).toBe(1);
  } finally {
    await client.close();
    await server.stop();
  }
  expect(identify(server.pid)).toBeNull();
});

/** Returns when it has started or was refused. */
async function startService(): Promise<Service> {
  const args = ['--import', hooks, '--input-type=module', '-e', service, dataDir, cacheDir];
  // A group of its own stands for the terminal's: a signal to it must not reach jest.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const said: Said[] = [];
  const one: Service = { child, pid: child.pid ?? 0, said, exited: once(child, 'close') };
  services.push(one);
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line) as Said));
  await until(() => child.exitCode !== null || said.some(({ started, refused }) => started ?? refused), 25_000);
  return one;
}

async function end(one: Service, signal: NodeJS.Signals): Promise<void> {
  one.child.kill(signal);
  await one.exited;
}

function databaseOf({ said }: Service): number {
  return said.find(({ started }) => started)?.started?.pid ?? 0;
}

function databaseIsGone(one: Service): boolean {
  return identify(databaseOf(one)) === null;
}

async function write(one: Service, note: string): Promise<void> {
  await withClient(one, (client) => client.db().collection('notes').insertOne({ note }));
}

async function readAll(one: Service): Promise<unknown[]> {
  return withClient(one, (client) => client.db().collection('notes').distinct('note'));
}

async function withClient<T>(one: Service, work: (client: mongoose.mongo.MongoClient) => Promise<T>): Promise<T> {
  const uri = one.said.find(({ started }) => started)?.started?.uri ?? '';
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
