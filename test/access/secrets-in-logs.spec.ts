import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { uniqueDatabaseUri, until } from '../support/database-server.js';
import { signingKey, token } from '../support/jwks-server.js';
import { bearer, KeyMint } from '../support/keys.js';
import { expectNoLeak, rememberPassword, searchForSecrets } from '../support/secrets.js';
import { startService } from '../support/service-process.js';

/** Every spec's applications and processes are held to it when they are closed; this one shows that it can fail. */
describe('whatever closes the service', () => {
  const mongodbUri = uniqueDatabaseUri('secrets');
  let mint: KeyMint;
  beforeAll(async () => {
    mint = await KeyMint.on(mongodbUri);
  });
  afterAll(() => mint.close());

  /** The one way in which a client can have a text of its own logged. */
  const leak = async (url: string, secret: string): Promise<void> => {
    const answer = await fetch(`${url}/healthz`, { headers: { 'x-request-id': secret } });
    expect(answer.headers.get('x-request-id')).toBe(secret);
  };
  const secretOf = (key: string): string => key.split('_')[2]!;

  it('fails when an application has logged the secret of a key', async () => {
    const { key } = await mint.create('acme');
    const running = await startApp({ config: { mongodbUri, authMode: 'api_key' } });
    await leak(running.url, secretOf(key));
    await expect(running.close()).rejects.toThrow(/secrets were logged/);
  });

  it('fails when a process has, however it ends', async () => {
    const { key } = await mint.create('acme');
    for (const end of ['terminate', 'kill9'] as const) {
      const service = await startService({ MONGODB_URI: mongodbUri, AUTH_MODE: 'api_key' });
      await leak(service.url, secretOf(key));
      // A line is written after its answer, and one that a kill cut off was never logged.
      await until(() => service.logs.some((line) => JSON.stringify(line).includes(secretOf(key))), 10_000);
      await expect(service[end]()).rejects.toThrow(/secrets were logged/);
    }
  });

  it('does not when the key was only used', async () => {
    const { key } = await mint.create('acme');
    const running = await startApp({ config: { mongodbUri, authMode: 'api_key' } });
    expect((await ask(running, bearer(key))).status).toBe(200);
    await running.close();
    const service = await startService({ MONGODB_URI: mongodbUri, AUTH_MODE: 'api_key' });
    expect((await fetch(`${service.url}/orders`, { headers: bearer(key) })).status).toBe(200);
    expect(await service.terminate()).toBe(0);
  });

  it('knows the signature of every token that was made', async () => {
    const text = await token(await signingKey('ES256', 'one'));
    searchForSecrets(`{"msg":"${text.split('.')[2]!}"}`);
    expect(expectNoLeak).toThrow();
  });

  it('knows what was sent as Authorization, good or bad', async () => {
    const running = await startApp({ config: { mongodbUri, authMode: 'api_key' } });
    await ask(running, { Authorization: ['Basic cGFzc3dvcmQ=', 'bearer   some-token'] });
    await running.close();
    for (const secret of ['cGFzc3dvcmQ=', 'some-token']) {
      searchForSecrets(`{"msg":"got ${secret}"}`);
      expect(expectNoLeak).toThrow(secret);
    }
  });

  it('knows the passwords of connection strings, encoded and decoded', () => {
    rememberPassword('mongodb://user:p%40ssword@host-a,host-b/x');
    rememberPassword('redis://:redis-password@host');
    rememberPassword('mongodb://host:27017/x?a=b:cccccccc@d');
    for (const secret of ['p%40ssword', 'p@ssword', 'redis-password']) {
      searchForSecrets(secret);
      expect(expectNoLeak).toThrow(secret);
    }
    searchForSecrets('host:27017 user cccccccc');
    expect(expectNoLeak).not.toThrow();
  });
});

async function ask(running: RunningApp, headers: Record<string, string | string[]>): Promise<{ status: number }> {
  const api = new Api(running);
  try {
    return await api.get('/orders', headers);
  } finally {
    api.close();
  }
}
