import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { exportSPKI, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { removedKeyStopsWithinMs } from '../../src/auth/jwt.authenticator.js';
import type { Config } from '../../src/config/config.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { until } from '../support/database-server.js';
import { signingKey, startJwksServer, token } from '../support/jwks-server.js';
import type { JwksServer, SigningKey } from '../support/jwks-server.js';
import { bearer } from '../support/keys.js';

const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const;
let signers: SigningKey[];
let stranger: SigningKey;
let jwks: JwksServer;
let running: RunningApp;
let api: Api;

async function start(config: Partial<Config> = {}): Promise<void> {
  running = await startApp({
    config: {
      ...{ authMode: 'jwt', jwtIssuer: 'https://id.example/', jwtAudience: 'orders', jwtJwksUrl: jwks.url },
      ...{ authFailuresPerMinute: 0 },
      ...config,
    },
  });
  api = new Api(running);
}
async function stop(): Promise<void> {
  api.close();
  await running.close();
}

beforeAll(async () => {
  signers = await Promise.all(algorithms.map((alg) => signingKey(alg, `key-${alg}`)));
  stranger = await signingKey('ES256', 'stranger');
});

const get = (text: string): Promise<Answer> => api.get('/orders?limit=1', bearer(text));
const statusOf = async (text: string): Promise<number> => (await get(text)).status;
const es256 = (): SigningKey => signers[2]!;
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

describe('a token', () => {
  beforeAll(async () => {
    jwks = await startJwksServer(...signers);
    await start();
  });
  afterAll(async () => {
    await stop();
    await jwks.stop();
  });

  it.each(algorithms)('of %s is good when the set has its key', async (alg) => {
    expect(await statusOf(await token(signers.find((each) => each.alg === alg)!))).toBe(200);
  });

  it.each<[string, JWTPayload]>([
    ['another issuer', { iss: 'https://evil.example/' }],
    ['no issuer', { iss: undefined } as never],
    ['another audience', { aud: 'billing' }],
    ['no audience', { aud: undefined } as never],
    ['no exp', { exp: undefined } as never],
    ['no sub', { sub: undefined } as never],
    ['an empty sub', { sub: '' }],
    ['no tenant', { tenant_id: undefined }],
    ['an empty tenant', { tenant_id: '' }],
    ['a bad tenant', { tenant_id: '../acme' }],
    ['a long tenant', { tenant_id: 'a'.repeat(65) }],
    ['a tenant that is a list', { tenant_id: ['acme'] }],
    ['a tenant that is a number', { tenant_id: 7 }],
    ['an exp as a text', { exp: String(inSeconds(300)) } as never],
  ])('with %s is 401', async (_what, claims) => {
    expect(await statusOf(await token(es256(), claims))).toBe(401);
  });

  it('ends with exp and begins with nbf, a minute of tolerance at most', async () => {
    expect(await statusOf(await token(es256(), { exp: inSeconds(-62) }))).toBe(401);
    expect(await statusOf(await token(es256(), { exp: inSeconds(-3_600) }))).toBe(401);
    expect(await statusOf(await token(es256(), { nbf: inSeconds(70) }))).toBe(401);
    expect(await statusOf(await token(es256(), { nbf: inSeconds(-10) }))).toBe(200);
  });

  it('that is unsigned, or signed with the public key as a secret, is 401', async () => {
    const good = await token(es256());
    const [, payload] = good.split('.');
    const header = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
      expect(await statusOf(`${header({ alg })}.${payload!}.`)).toBe(401);
      expect(await statusOf(`${header({ alg, kid: es256().kid })}.${payload!}.`)).toBe(401);
    }
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as JWTPayload;
    const pem = await exportSPKI(signers[0]!.publicKey);
    for (const secret of [pem, pem.trim(), JSON.stringify(signers[0]!.jwk)]) {
      const forged = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: signers[0]!.kid });
      expect(await statusOf(await forged.sign(Buffer.from(secret)))).toBe(401);
    }
  });

  it('of a stranger’s key, even under a known kid, is 401', async () => {
    expect(await statusOf(await token({ ...stranger, kid: es256().kid }))).toBe(401);
    expect(await statusOf(await token(stranger))).toBe(401);
  });

  it('with any part changed is 401, with the one detail of all', async () => {
    const good = await token(es256());
    const [header, payload, signature] = good.split('.') as [string, string, string];
    const swapped = (await token(es256(), { sub: 'root' })).split('.')[1]!;
    const texts = [
      ...[`${header}.${swapped}.${signature}`, `${header}.${payload}.`, `${header}.${payload}`, `${good}.x`],
      ...[`x${good}`, good.slice(0, -4), 'nonsense', 'a.b.c', '..'],
    ];
    const answers = [await api.get('/orders'), ...(await Promise.all(texts.map(get)))];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect(new Set(answers.map(({ body }) => body.detail)).size).toBe(1);
    expect(answers.at(1)!.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it.each<[string, unknown, number]>([
    ['a text', 'openid orders:read profile', 200],
    ['a list', ['orders:read', 'email'], 200],
    ['a text with other scopes', 'orders:write orders:reader xorders:read', 403],
    ['a list with one text of two', ['orders:read orders:write'], 403],
    ['a text with commas', 'orders:read,orders:write', 403],
    ['nothing', undefined, 403],
    ['an empty text', '', 403],
    ['an object', { 'orders:read': true }, 403],
    ['a number', 1, 403],
  ])('grants what is in its scopes: %s', async (_what, scope, status) => {
    expect(await statusOf(await token(es256(), { scope }))).toBe(status);
  });

  it('names tenant and actor of what it does', async () => {
    const authorization = bearer(await token(es256(), { tenant_id: 'Globex_1', sub: 'auth0|42' }));
    const { body: order } = await api.create({}, authorization);
    const { body } = await api.get<{ items: unknown[] }>(`/orders/${order.id}/events`, authorization);
    expect(body.items).toEqual([expect.objectContaining({ source: '/tenants/Globex_1', actor: 'auth0|42' })]);
    expect((await api.get(`/orders/${order.id}`, bearer(await token(es256())))).status).toBe(404);
  });

  it('never makes the service follow jku, x5u, jwk or x5c', async () => {
    const evil = await startJwksServer(stranger);
    try {
      for (const header of [{ jku: evil.url }, { x5u: evil.url }, { jwk: stranger.jwk }, { x5c: ['AAAA'] }]) {
        expect(await statusOf(await token(stranger, {}, header))).toBe(401);
        expect(await statusOf(await token({ ...stranger, kid: es256().kid }, {}, header))).toBe(401);
        // Ignored where the signature is good.
        if (!('x5c' in header)) expect(await statusOf(await token(es256(), {}, header))).toBe(200);
      }
      expect(evil.fetches).toBe(0);
    } finally {
      await evil.stop();
    }
  });

  it('stands in no log line', async () => {
    const texts = [await token(es256()), await token(stranger), await token(es256(), { scope: '' })];
    for (const text of texts) await get(text);
    const all = running.logs.map((line) => JSON.stringify(line));
    for (const text of texts) expect(all.filter((line) => line.includes(text.split('.')[2]!))).toEqual([]);
    expect(running.logs.filter(({ msg }) => msg === 'request denied').length).toBeGreaterThan(0);
  });
});

describe('the names of the claims', () => {
  afterEach(async () => {
    await stop();
    await jwks.stop();
  });

  it('are literal: a dot or slash in them is a part of the name', async () => {
    jwks = await startJwksServer(es256());
    await start({ jwtTenantClaim: 'org.id', jwtScopesClaim: 'https://orders.example/scopes' });
    const scopes = { 'https://orders.example/scopes': ['orders:read'] };
    expect(await statusOf(await token(es256(), { tenant_id: undefined, 'org.id': 'acme', ...scopes }))).toBe(200);
    expect(await statusOf(await token(es256(), { org: { id: 'acme' }, ...scopes }))).toBe(401);
    expect(await statusOf(await token(es256(), { 'org.id': 'acme' }))).toBe(403);
  });

  it('reach no member that every object has', async () => {
    jwks = await startJwksServer(es256());
    await start({ jwtTenantClaim: 'constructor' });
    expect(await statusOf(await token(es256()))).toBe(401);
  });
});

describe('the key set', () => {
  beforeEach(async () => {
    jwks = await startJwksServer(es256());
    await start();
  });
  afterEach(async () => {
    await stop();
    await jwks.stop().catch(() => undefined);
  });

  it('is fetched once for all requests at a time', async () => {
    const text = await token(es256());
    const answers = await Promise.all(Array.from({ length: 20 }, () => statusOf(text)));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(jwks.fetches).toBe(1);
  });

  it('is fetched again for an unknown kid, a bounded number of times', async () => {
    expect(await statusOf(await token(es256()))).toBe(200);
    const startedAt = Date.now();
    for (let count = 0; count < 60; count++)
      expect(await statusOf(await token({ ...stranger, kid: `made-up-${count}` }))).toBe(401);
    expect(jwks.fetches).toBeLessThanOrEqual(2 + Math.ceil((Date.now() - startedAt) / 5_000));
  });

  it('may change: the new key is good at once, the one before as long as it is in there', async () => {
    expect(await statusOf(await token(es256()))).toBe(200);
    jwks.keys = [es256(), signers[0]!];
    expect(await statusOf(await token(signers[0]!))).toBe(200);
    expect(await statusOf(await token(es256()))).toBe(200);
    expect(jwks.fetches).toBe(2);
    jwks.keys = [signers[0]!, signers[1]!];
    const next = await token(signers[1]!);
    await until(async () => (await statusOf(next)) === 200, 10_000);
    expect(await statusOf(await token(es256()))).toBe(401);
  });

  it('is fetched again though nothing asks for it, so that a removed key stops in time', async () => {
    await stop();
    const timers = jest.spyOn(globalThis, 'setInterval');
    try {
      await start();
      // The application's own timer, so that the test need not wait for it.
      const refreshes = timers.mock.calls.filter(([, ms]) => ms! > 60_000 && ms! <= removedKeyStopsWithinMs);
      expect(refreshes).toHaveLength(1);
      const [refresh, everyMs] = refreshes[0]! as [() => void, number];
      expect(removedKeyStopsWithinMs).toBe(300_000);
      // The longest that a fetch may take.
      expect(everyMs + 3_000).toBeLessThanOrEqual(removedKeyStopsWithinMs);
      const text = await token(es256());
      expect(await statusOf(text)).toBe(200);
      jwks.keys = [signers[0]!];
      jwks.failWith = 500;
      refresh();
      await until(() => jwks.fetches === 2, 5_000);
      expect(await statusOf(text)).toBe(200);
      jwks.failWith = undefined;
      refresh();
      await until(async () => (await statusOf(text)) === 401, 5_000);
      // The first, the two of the timer, and at most one for the kid that was unknown by then.
      expect(jwks.fetches).toBeLessThanOrEqual(4);
    } finally {
      timers.mockRestore();
    }
  });

  it('is fetched from its address alone, and not waited for long', async () => {
    const good = jwks.url;
    const server = createServer((request, response) => {
      // Whatever is not /redirect never gets an answer.
      if (request.url === '/redirect') response.writeHead(302, { location: good }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      for (const path of ['redirect', 'silence']) {
        await stop();
        await start({ jwtJwksUrl: `http://127.0.0.1:${port}/${path}` });
        const startedAt = Date.now();
        expect([path, await statusOf(await token(es256()))]).toEqual([path, 503]);
        expect(Date.now() - startedAt).toBeLessThan(5_000);
      }
      expect(jwks.fetches).toBe(0);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('stays in use while its server is away or out of order', async () => {
    expect(await statusOf(await token(es256()))).toBe(200);
    jwks.failWith = 500;
    expect(await statusOf(await token(stranger))).toBe(401);
    expect(await statusOf(await token(es256()))).toBe(200);
    await jwks.stop();
    expect(await statusOf(await token(es256()))).toBe(200);
    expect(await statusOf(await token(stranger))).toBe(401);
  });

  it.each(['stopped', 'out of order', 'without a set'])(
    'that was never fetched is 503, and comes back by itself: %s',
    async (how) => {
      const text = await token(es256());
      const keys = jwks.keys;
      if (how === 'stopped') await jwks.stop();
      if (how === 'out of order') jwks.failWith = 500;
      if (how === 'without a set') jwks.keys = undefined;
      const answer = await get(text).catch((error: unknown) => error as never);
      expect(answer).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect((await api.get('/orders')).status).toBe(401);
      expect((await api.get('/healthz')).status).toBe(200);
      if (how === 'stopped') await jwks.start();
      jwks.failWith = undefined;
      jwks.keys = keys;
      expect(await statusOf(text)).toBe(200);
    },
  );
});
