import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { serviceBuildDir } from '../support/build-service.js';
import { uniqueDatabaseUri } from '../support/database-server.js';

interface Start {
  readonly status: number | null;
  readonly stderr: string;
}

/** Starts the service where it must refuse. */
function startWith(env: Readonly<Record<string, string>>): Start {
  const { status, stderr } = spawnSync(process.execPath, [join(serviceBuildDir, 'main.js')], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', MONGODB_URI: uniqueDatabaseUri(), ...env },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stderr };
}

describe('the service refuses to start', () => {
  it.each([
    ['in production without AUTH_MODE', { NODE_ENV: 'production' }, 'AUTH_MODE'],
    ['in production with an empty AUTH_MODE', { NODE_ENV: 'production', AUTH_MODE: '' }, 'AUTH_MODE'],
    ['with an unknown AUTH_MODE', { NODE_ENV: 'test', AUTH_MODE: 'basic' }, 'AUTH_MODE'],
    ['with jwt and no key set', { NODE_ENV: 'test', AUTH_MODE: 'jwt' }, 'JWT_JWKS_URL'],
    ['with a bad limit', { NODE_ENV: 'test', RATE_LIMIT_PER_MINUTE: 'ten' }, 'RATE_LIMIT_PER_MINUTE'],
  ])('%s, naming the variable', (_what, env, name) => {
    const { status, stderr } = startWith(env);
    expect(status).toBe(1);
    expect(stderr).toContain(name);
    expect(stderr).not.toContain('    at ');
  });
});

describe('AUTH_MODE=none', () => {
  let running: RunningApp;
  let api: Api;
  beforeAll(async () => {
    running = await startApp({ config: { authMode: 'none' } });
    api = new Api(running);
  });
  afterAll(async () => {
    api.close();
    await running.close();
  });

  it.each(['nonsense', 'Bearer ops_x', 'Basic YTpi', ''])('ignores Authorization: %s', async (authorization) => {
    const created = await api.create({}, { authorization });
    expect(created.status).toBe(201);
    const { body } = await api.get<{ items: Record<string, unknown>[] }>(`/orders/${created.body.id}/events`, {
      authorization,
    });
    expect(body.items).toEqual([expect.objectContaining({ source: '/tenants/default', actor: 'anonymous' })]);
  });

  it('tells nothing of a limit that is not there', async () => {
    expect(Object.keys((await api.get('/orders')).headers).filter((name) => name.startsWith('ratelimit'))).toEqual([]);
  });
});
