import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endProcess, identify, isRunning, LastLines, runCommand } from './processes.js';

const options = { env: process.env, timeoutMs: 10_000 };

it('knows a running process, and not one of another start or one that ended', async () => {
  const me = identify(process.pid);
  expect(me).not.toBeNull();
  expect(isRunning({ pid: process.pid, started: me?.started ?? null })).toBe(true);
  expect(isRunning({ pid: process.pid, started: 'at another time' })).toBe(false);
  expect([0, -1, 1.5, 4_194_303].map(identify)).toEqual([null, null, null, null]);
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  expect(identify(child.pid ?? 0)).toBeNull();
});

it('ends a process that does not listen to SIGTERM', async () => {
  const child = spawn(process.execPath, [
    '-e',
    'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e3); console.log(1)',
  ]);
  await once(child.stdout, 'data');
  const identity = identify(child.pid ?? 0) ?? { pid: 0, started: null };
  expect(await endProcess(identity, 50)).toBe(true);
  expect(isRunning(identity)).toBe(false);
});

it('passes on the lines of a command and tells its success', async () => {
  const lines: string[] = [];
  const outcome = await runCommand(process.execPath, ['-p', '"one\\ntwo"'], {
    ...options,
    onLine: (l) => lines.push(l),
  });
  expect(lines).toEqual(['one', 'two']);
  expect(outcome).toEqual({ ok: true, output: 'one\ntwo' });
});

it.each([
  ['fails', ['-e', 'console.error("why"); process.exit(3)'], 10_000, 'why'],
  ['takes too long', ['-e', 'setInterval(() => {}, 1e3)'], 50, 'given up after 0.05 s'],
])('a command that %s is not ok and tells why', async (_, args, timeoutMs, output) => {
  expect(await runCommand(process.execPath, args, { ...options, timeoutMs })).toEqual({ ok: false, output });
});

it('a command that does not exist is not ok either', async () => {
  const outcome = await runCommand('/nowhere/at/all', [], options);
  expect(outcome).toEqual({ ok: false, output: expect.stringContaining('ENOENT') as string });
});

it('keeps the last dozen lines that say something', () => {
  const lines = new LastLines();
  expect(lines.toString()).toBe('(it said nothing)');
  for (let i = 1; i <= 20; i += 1) lines.add(`${i}\n`);
  lines.add('  ');
  expect(lines.toString().split('\n')).toEqual(Array.from({ length: 12 }, (_, i) => String(i + 9)));
});
