import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { tryLock } from './file-lock.js';
import type { FileLock, LockRecord } from './file-lock.js';
import { identify } from './processes.js';
import type { ProcessIdentity } from './processes.js';

const hooks = fileURLToPath(new URL('../../../test/support/run-typescript.mjs', import.meta.url));
const source = new URL('./file-lock.ts', import.meta.url).href;

/** Tries for the lock, prints what it got and keeps it until its standard input closes. */
const contender = `
import { tryLock } from ${JSON.stringify(source)};
process.stdin.resume().once('data', async () => {
  const lock = await tryLock(process.argv[1], () => Promise.resolve());
  console.log(lock.kind);
});
console.log('ready');`;

let dir: string;
let path: string;
const nothing = (): Promise<void> => Promise.resolve();

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'file-lock-'));
  path = join(dir, 'lock');
});

afterEach(() => rm(dir, { recursive: true, force: true }));

it('is held by one at a time and free again after its release', async () => {
  const first = await tryLock(path, nothing);
  expect(first.kind).toBe('held');
  expect(await tryLock(path, nothing)).toEqual({ kind: 'taken', owner: identify(process.pid) });
  await (first as FileLock).release();
  expect((await tryLock(path, nothing)).kind).toBe('held');
});

it('leaves nothing behind but the lock itself, and after the release nothing', async () => {
  await writeFile(path, record({ owner: await deadProcess() }));
  const lock = (await tryLock(path, nothing)) as FileLock;
  await lock.setDatabase({ pid: 1, started: '1' });
  expect(await readdir(dir)).toEqual(['lock']);
  await lock.release();
  expect(await readdir(dir)).toEqual([]);
});

it.each([
  ['free', false],
  ['held by a dead process', true],
])('exactly one of eight processes gets a lock that is %s', async (_, stale) => {
  if (stale) await writeFile(path, record({ owner: await deadProcess() }));
  expect((await race(8)).toSorted()).toEqual(['held', ...Array<string>(7).fill('taken')]);
});

it('tells a reused process number from its owner by the time it started', async () => {
  await writeFile(path, record({ owner: { pid: process.pid, started: 'at another time' } }));
  expect((await tryLock(path, nothing)).kind).toBe('held');
});

it('takes over a file that a crash left unreadable', async () => {
  await writeFile(path, '');
  expect((await tryLock(path, nothing)).kind).toBe('held');
});

it('takes over although an earlier take-over died half way', async () => {
  const owner = await deadProcess();
  await writeFile(path, record({ owner }));
  await writeFile(`${path}.token`, record({ owner }));
  expect((await tryLock(path, nothing)).kind).toBe('held');
});

it('shows a successor what the dead owner had started, before the lock changes hands', async () => {
  const database = { pid: 4_194_303, started: '7' };
  await writeFile(path, record({ owner: await deadProcess(), database }));
  const seen: unknown[] = [];
  await tryLock(path, async (left) => {
    seen.push(left.database, (JSON.parse(await readFile(path, 'utf8')) as LockRecord).token);
  });
  expect(seen).toEqual([database, 'token']);
});

it('stays as it was when the cleaning up fails', async () => {
  const stale = record({ owner: await deadProcess() });
  await writeFile(path, stale);
  await expect(tryLock(path, () => Promise.reject(new Error('cannot')))).rejects.toThrow('cannot');
  expect(await readFile(path, 'utf8')).toBe(stale);
});

it("does not release another's lock", async () => {
  const lock = (await tryLock(path, nothing)) as FileLock;
  const other = record({ owner: identify(process.pid) ?? { pid: 0, started: null } });
  await writeFile(path, other);
  await lock.release();
  expect(await readFile(path, 'utf8')).toBe(other);
});

function record(fields: { owner: ProcessIdentity; database?: ProcessIdentity }): string {
  return JSON.stringify({ token: 'token', database: null, ...fields });
}

async function deadProcess(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const identity = identify(child.pid ?? 0);
  child.stdin.end();
  await once(child, 'exit');
  if (identity === null) throw new Error('The child could not be identified.');
  return identity;
}

/** All are loaded and waiting before the first is let go. */
async function race(contenders: number): Promise<string[]> {
  const args = ['--import', hooks, '--input-type=module', '-e', contender, path];
  const children = Array.from({ length: contenders }, () =>
    spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const lines = children.map((child) => createInterface({ input: child.stdout })[Symbol.asyncIterator]());
  const next = (): Promise<string[]> => Promise.all(lines.map(async (line) => String((await line.next()).value)));
  await next();
  for (const child of children) child.stdin.write('go\n');
  const outcomes = await next();
  for (const child of children) child.stdin.end();
  await Promise.all(children.map(async (child) => child.exitCode ?? once(child, 'exit')));
  return outcomes;
}
