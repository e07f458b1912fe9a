import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoDatabase, startEmbeddedDatabase } from './embedded-database.js';

let dir: string;
const said: string[] = [];

beforeEach(async () => {
  said.length = 0;
  dir = await mkdtemp(join(tmpdir(), 'embedded-'));
  await mkdir(join(dir, 'cache'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

it('says in three lines what to do where there is neither a mongod nor Python, and gives the directory back', async () => {
  const error: unknown = await start().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NoDatabase);
  const lines = (error as Error).message.split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain('docker compose up -d');
  expect(lines[2]).toContain('MONGODB_URI=mongodb://');
  expect(await readdir(join(dir, 'data'))).toEqual([]);
});

it('tells each step with its outcome in one line', async () => {
  await start().catch(() => undefined);
  expect(said).toEqual([
    'Embedded database: no mongod to run: none in MONGOMS_SYSTEM_BINARY',
    'Embedded database: mongod not downloaded, MONGOMS_SYSTEM_BINARY names the one to use',
    `Embedded database: making a Python virtual environment (once, in ${join(dir, 'cache')})`,
    'Embedded database: making a Python virtual environment failed',
  ]);
});

it.each([
  ['secantusdb', 'Embedded database: making a Python virtual environment failed'],
  ['mongod', expect.stringContaining('mongod not downloaded') as string],
])('tries %s first when there is data of it', async (engine, second) => {
  await mkdir(join(dir, 'data', engine), { recursive: true });
  await writeFile(join(dir, 'data', engine, 'WiredTiger.turtle'), '');
  await start().catch(() => undefined);
  expect(said[0]).toBe(`Embedded database: ${engine} is tried first, there is data of it`);
  expect(said[2]).toEqual(second);
  expect(said).toContainEqual(
    expect.stringMatching(new RegExp(`${engine} is not to be had; its data stays untouched`)),
  );
});

it("has the server's last words in the error when it does not start", async () => {
  const venv = join(dir, 'cache');
  await mkdir(join(venv, 'bin'));
  await writeFile(join(venv, 'bin', 'python3'), '#!/bin/sh\necho "Traceback: no such module" >&2; exit 1\n');
  await chmod(join(venv, 'bin', 'python3'), 0o755);
  await writeFile(join(venv, 'no-settings.toml'), '');
  await writeFile(join(venv, 'secantusdb.json'), JSON.stringify({ requirement: 'secantusdb==0.7.0b3', venv }));
  const error: unknown = await start().catch((reason: unknown) => reason);
  expect((error as Error).cause).toEqual(
    new Error('SecantusDB did not start: exit status 1\nTraceback: no such module'),
  );
});

/** On a machine without any program, also when the one that runs the tests has a mongod in a cache. */
function start(): Promise<unknown> {
  const env = { PATH: '', MONGOMS_SYSTEM_BINARY: '/nowhere/mongod' };
  const log = (message: string): void => void said.push(message);
  return startEmbeddedDatabase({ dataDir: join(dir, 'data'), cacheDir: join(dir, 'cache'), env, log });
}
