import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedDatabase } from '../../src/database/embedded/embedded-database.js';
import type { EmbeddedDatabase } from '../../src/database/embedded/embedded-database.js';
import { identify } from '../../src/database/embedded/processes.js';
import { ensureSecantusDb } from '../../src/database/embedded/secantusdb-install.js';
import { cacheDir, until } from '../support/database-server.js';

const { MongoClient } = mongoose.mongo;

/**
 * Where there is no mongod, this program stands in for one: it takes mongod's options, says its lines and knows the
 * commands by which a replica set is made and a server shut down; SecantusDB does the rest. It shows that we and
 * mongodb-memory-server get on with each other. That a real mongod does as this one does, it cannot show.
 */
const standIn = (python: string): string => `#!${python}
import argparse, os, signal, sys, threading
if sys.argv[1] == "--version":
    print("db version v8.0.4")
    sys.exit()
options = argparse.ArgumentParser()
options.add_argument("--port", type=int)
options.add_argument("--dbpath")
options.add_argument("--replSet")
options, rest = options.parse_known_args()
with open(os.path.join(os.path.dirname(__file__), "rest"), "w") as file:
    file.write(" ".join(rest))
from secantus import commands, server
marker = os.path.join(options.dbpath, "initiated")
def primary():
    print("transition to primary complete; database writes are now permitted", flush=True)
    return {"ok": 1}
def initiate(*_):
    if os.path.exists(marker):
        return {"ok": 0, "errmsg": "already initialized", "code": 23, "codeName": "AlreadyInitialized"}
    open(marker, "w").close()
    return primary()
def shutdown(*_):
    threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    return {"ok": 1}
commands._HANDLERS.update(
    replSetInitiate=initiate, replSetReconfig=lambda *_: primary(),
    replSetGetConfig=lambda *_: {"ok": 1, "config": {"_id": options.replSet}}, shutdown=shutdown)
running = server.SecantusDBServer(
    host="127.0.0.1", port=options.port, storage_path=options.dbpath, sync_on_commit=True,
    replica_set_name=options.replSet)
running.start()
print("Waiting for connections", flush=True)
running.wait()
`;

let dir: string;
const said: string[] = [];

beforeEach(async () => {
  said.length = 0;
  dir = await mkdtemp(join(tmpdir(), 'embedded-mongod-'));
  const install = await ensureSecantusDb({ cacheDir, env: process.env, log: () => undefined });
  await writeFile(join(dir, 'mongod'), standIn(install?.python ?? ''), { mode: 0o755 });
});

afterEach(() => rm(dir, { recursive: true, force: true }));

it('a mongod on PATH runs as a replica set of one member and keeps its port and its data', async () => {
  const first = await start();
  expect(first.kind).toBe('mongod');
  expect(await readFile(join(dir, 'rest'), 'utf8')).toContain('--storageEngine wiredTiger --bind_ip 127.0.0.1');
  await withClient(first, (client) => client.db().collection('notes').insertOne({ note: 'before' }));
  await first.stop();
  expect(identify(first.pid)).toBeNull();

  const second = await start();
  try {
    expect(second.uri).toBe(first.uri);
    expect(await withClient(second, (client) => client.db().collection('notes').countDocuments())).toBe(1);
  } finally {
    await second.stop();
  }
});

it('tells when it dies by itself', async () => {
  const database = await start();
  try {
    process.kill(database.pid, 'SIGKILL');
    await until(() => said.includes('Embedded database: mongod ended by itself: signal SIGKILL'), 5_000);
  } finally {
    await database.stop();
  }
});

function start(): Promise<EmbeddedDatabase> {
  const log = (message: string): void => void said.push(message);
  return startEmbeddedDatabase({ dataDir: join(dir, 'data'), cacheDir, env: { PATH: dir }, log });
}

async function withClient<T>(
  { uri }: EmbeddedDatabase,
  work: (client: mongoose.mongo.MongoClient) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
