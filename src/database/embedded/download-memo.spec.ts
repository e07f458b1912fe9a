import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recentFailure, rememberFailure } from './download-memo.js';

const failedAt = new Date('2026-11-24T10:00:00.000Z');
const dayMs = 24 * 60 * 60 * 1_000;
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'memo-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

it('knows of no failure at first, not even of the directory', async () => {
  expect(await recentFailure(join(dir, 'none'), failedAt)).toBeNull();
});

it.each([
  ['at once', 0, true],
  ['a millisecond before a day is over', dayMs - 1, true],
  ['a day later', dayMs, false],
  ['when the clock has been set back', -1, false],
])('%s (%i ms) the failure is believed: %s', async (_, laterMs, believed) => {
  await rememberFailure(join(dir, 'cache'), 'ENOTFOUND', failedAt);
  const failure = await recentFailure(join(dir, 'cache'), new Date(failedAt.getTime() + laterMs));
  const file = join(dir, 'cache', 'mongod-download-failed.json');
  expect(failure).toEqual(believed ? { failedAt, reason: 'ENOTFOUND', file } : null);
});

it.each(['', 'no JSON', 'null', '{}', '{"failedAt":"whenever"}'])('does not believe a memo of %j', async (text) => {
  await writeFile(join(dir, 'mongod-download-failed.json'), text);
  expect(await recentFailure(dir, failedAt)).toBeNull();
});
