import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { serviceBuildDir } from '../support/build-service.js';
import { uniqueDatabaseUri } from '../support/database-server.js';
import { KeyMint } from '../support/keys.js';

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const uri = uniqueDatabaseUri('keys');
let mint: KeyMint;
beforeAll(async () => {
  mint = await KeyMint.on(uri);
});
beforeEach(async () => {
  await mint.documents.deleteMany({});
});
afterAll(() => mint.close());

function keys(args: readonly string[], mongodbUri = uri): Promise<Outcome> {
  const child = spawn(process.execPath, [join(serviceBuildDir, 'keys.js'), ...args], {
    env: { PATH: process.env['PATH'], MONGODB_URI: mongodbUri },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout, stderr })));
}

/** Runs it, and holds it to `--json`: one JSON value on stdout, nothing on stderr, status 0. */
async function json<T = Record<string, unknown>>(...args: readonly string[]): Promise<T> {
  const { status, stdout, stderr } = await keys([...args, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

const create = (...more: readonly string[]): Promise<Record<string, unknown>> =>
  json('create', '--tenant', 'acme', '--scopes', 'orders:read,events:read', ...more);

describe('create', () => {
  it('prints the key once, with everything that is known of it', async () => {
    const made = await create('--name', 'The shop');
    expect(made).toEqual({
      id: expect.stringMatching(/^[^_]+$/),
      key: expect.stringMatching(/^ops_[^_]+_[^_]+$/),
      tenantId: 'acme',
      scopes: ['orders:read', 'events:read'],
      name: 'The shop',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      expiresAt: null,
    });
    expect(JSON.stringify(await json('list'))).not.toContain(String(made['key']));
  });

  it('takes an expiry as a duration or a time', async () => {
    const before = Date.now();
    const { expiresAt } = await create('--expires-in', '90d');
    expect(Date.parse(String(expiresAt)) - before).toBeGreaterThanOrEqual(90 * 86_400_000);
    expect(Date.parse(String(expiresAt)) - before).toBeLessThan(90 * 86_400_000 + 30_000);
    expect(await create('--expires-at', '2099-01-31T01:00:00+01:00')).toMatchObject({
      expiresAt: '2099-01-31T00:00:00.000Z',
    });
  });

  it('prints for people without --json', async () => {
    const { status, stdout } = await keys(['create', '--tenant', 'acme', '--scopes', 'orders:read']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^key +ops_/m);
    expect(stdout).toMatch(/^tenantId +acme$/m);
  });
});

describe('list', () => {
  it('has every key without its text, of one tenant or of all', async () => {
    expect(await json<unknown[]>('list')).toEqual([]);
    const made = await create();
    delete made['key'];
    await json('create', '--tenant', 'umbrella', '--scopes', 'orders:read');
    expect(await json<unknown[]>('list', '--tenant', 'acme')).toEqual([{ ...made, revokedAt: null, lastUsedAt: null }]);
    expect(await json<unknown[]>('list')).toHaveLength(2);
    expect(await json<unknown[]>('list', '--tenant', 'Acme')).toEqual([]);
  });
});

describe('roll', () => {
  it('makes a key of the same tenant, scopes and expiry, and ends the old one at once', async () => {
    const old = await create('--expires-in', '10d', '--name', 'shop');
    const made = await json('roll', String(old['id']));
    expect(made).toMatchObject({ tenantId: 'acme', scopes: old['scopes'], expiresAt: old['expiresAt'], name: 'shop' });
    expect([made['id'] === old['id'], made['key'] === old['key']]).toEqual([false, false]);
    const listed = await json<Record<string, unknown>[]>('list');
    expect(Date.parse(String(listed.find(({ id }) => id === old['id'])!['revokedAt']))).toBeLessThanOrEqual(Date.now());
  });

  it('leaves the old one the grace, never longer than it had', async () => {
    const [forever, short] = [await create(), await create('--expires-in', '10m')];
    const before = Date.now();
    for (const { id } of [forever, short]) await json('roll', String(id), '--grace', '1h');
    const listed = await json<Record<string, unknown>[]>('list');
    const left = listed.find(({ id }) => id === forever['id'])!;
    expect(left['revokedAt']).toBeNull();
    expect(Date.parse(String(left['expiresAt'])) - before).toBeGreaterThanOrEqual(3_600_000);
    expect(listed.find(({ id }) => id === short['id'])!['expiresAt']).toBe(short['expiresAt']);
  });
});

describe('revoke', () => {
  it('ends it, and twice is no error and changes nothing', async () => {
    const { id } = await create();
    const first = await json('revoke', String(id));
    expect(first).toMatchObject({ id, revokedAt: expect.any(String) });
    expect(await json('revoke', String(id))).toEqual(first);
  });
});

describe('what is wrong ends with one line on stderr, nothing on stdout and nothing written:', () => {
  const good = ['create', '--tenant', 'acme', '--scopes', 'orders:read'];
  it.each([
    [[]],
    [['make']],
    [['create']],
    [['create', '--tenant', 'acme']],
    [['create', '--scopes', 'orders:read']],
    [['create', '--tenant', '', '--scopes', 'orders:read']],
    [['create', '--tenant', '.acme', '--scopes', 'orders:read']],
    [['create', '--tenant', 'a'.repeat(65), '--scopes', 'orders:read']],
    [['create', '--tenant', 'a b', '--scopes', 'orders:read']],
    [['create', '--tenant', 'acme', '--scopes', '']],
    [['create', '--tenant', 'acme', '--scopes', 'orders:read,orders:all']],
    [['create', '--tenant', 'acme', '--scopes', 'orders:read,']],
    [['create', '--tenant', 'acme', '--scopes', '*']],
    [[...good, '--tenant', 'other']],
    [[...good, '--expires-in', '0s']],
    [[...good, '--expires-in', '-1d']],
    [[...good, '--expires-in', '90']],
    [[...good, '--expires-in', '90 days']],
    [[...good, '--expires-in', '9999999999d']],
    [[...good, '--expires-at', '2020-01-01T00:00:00Z']],
    [[...good, '--expires-at', 'tomorrow']],
    [[...good, '--expires-in', '1d', '--expires-at', '2099-01-01T00:00:00Z']],
    [[...good, '--name', 'x'.repeat(200)]],
    [[...good, '--name', 'two\nlines']],
    [[...good, '--admin']],
    [[...good, 'extra']],
    [['list', '--tenant', '']],
    [['list', '--scopes', 'orders:read']],
    [['roll']],
    [['roll', 'unknown']],
    [['roll', 'unknown', '--grace', 'soon']],
    [['revoke']],
    [['revoke', 'unknown']],
    [['revoke', 'a', 'b']],
    [['revoke', 'two\nlines']],
  ])('%j', async (args) => {
    const { status, stdout, stderr } = await keys([...args, '--json']);
    expect(status).toBeGreaterThan(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(await mint.documents.countDocuments()).toBe(0);
  });

  it('a key that has ended cannot be rolled', async () => {
    const { id } = await create();
    await json('revoke', String(id));
    const { status, stdout, stderr } = await keys(['roll', String(id), '--json']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(await mint.documents.countDocuments()).toBe(1);
  });

  it.each([
    ['is not set', '', /MONGODB_URI/],
    ['cannot be read', 'mongodb://root:hunter2@/x?nonsense=1', /MONGODB_URI/],
    ['leads nowhere', 'mongodb://root:hunter2@127.0.0.1:1/x?directConnection=true', /database/],
  ])(
    'a database address that %s, within 30 s, and no password is told',
    async (_what, mongodbUri, told) => {
      const startedAt = Date.now();
      const { status, stdout, stderr } = await keys(['list', '--json'], mongodbUri);
      expect(Date.now() - startedAt).toBeLessThan(30_000);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^[^\n]+\n$/);
      expect(stderr).toMatch(told);
      expect(stderr).not.toContain('hunter2');
    },
    40_000,
  );

  it('a whole key given for its id is not repeated', async () => {
    const { key } = await create();
    const { status, stderr } = await keys(['revoke', String(key)]);
    expect(status).toBe(1);
    expect(stderr).not.toContain(String(key).split('_')[2]);
  });
});
