import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedDatabaseInUse, lockDataDir } from './data-lock.js';
import { identify, isRunning } from './processes.js';
import type { ProcessIdentity } from './processes.js';

let dir: string;
let leftover: ChildProcess;
let identity: ProcessIdentity;
const said: string[] = [];
const log = (message: string): void => void said.push(message);

beforeEach(async () => {
  said.length = 0;
  dir = await mkdtemp(join(tmpdir(), 'data-lock-'));
  leftover = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(leftover, 'spawn');
  identity = identify(leftover.pid ?? 0) ?? { pid: 0, started: null };
});

afterEach(async () => {
  leftover.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

it('ends the database that a dead owner left, and says so', async () => {
  await leave(identity);
  await lockDataDir(dir, log);
  expect(isRunning(identity)).toBe(false);
  expect(said).toEqual([`Embedded database: ended database process ${identity.pid}, left by process 4194303`]);
});

it('does not end a process that only has the number of the database', async () => {
  await leave({ pid: identity.pid, started: 'at another time' });
  await lockDataDir(dir, log);
  expect(isRunning(identity)).toBe(true);
});

it('does not end a process of which it cannot know that it is the database', async () => {
  await leave({ pid: identity.pid, started: null });
  await lockDataDir(dir, log);
  expect(isRunning(identity)).toBe(true);
});

it('refuses a directory in use, naming the process and what to do, also to the process that has it', async () => {
  const lock = await lockDataDir(dir, log);
  const refusal = lockDataDir(dir, log);
  await expect(refusal).rejects.toBeInstanceOf(EmbeddedDatabaseInUse);
  await expect(refusal).rejects.toThrow(
    new RegExp(`${dir} is in use by process ${process.pid}\\. End that process.*MONGODB_URI`),
  );
  await lock.release();
  await (await lockDataDir(dir, log)).release();
});

async function leave(database: ProcessIdentity): Promise<void> {
  const owner = { pid: 4_194_303, started: '1' };
  await writeFile(join(dir, 'embedded.lock'), JSON.stringify({ token: 'left', owner, database }));
}
