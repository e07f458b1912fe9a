import { afterEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { uniqueDatabaseUri, until } from '../support/database-server.js';
import { signingKey, startJwksServer, token } from '../support/jwks-server.js';
import { bearer, KeyMint } from '../support/keys.js';
import { startRedis } from '../support/redis-server.js';
import type { RedisServer } from '../support/redis-server.js';
import { startService } from '../support/service-process.js';

const closing: (() => Promise<unknown> | void)[] = [];
/** Nest's loggers write where the first application of a process does, whoever logs. */
const logged: Record<string, unknown>[][] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(config: Partial<Config>): Promise<{ api: Api; running: RunningApp; mint: KeyMint }> {
  const running = await startApp({ config: { authMode: 'api_key', ...config } });
  logged.push(running.logs);
  closing.push(() => running.close());
  const api = new Api(running);
  closing.push(() => api.close());
  const mint = await KeyMint.on(running.mongodbUri);
  closing.push(() => mint.close());
  return { api, running, mint };
}

/** Its database never answers; nothing listens on port 1. */
async function startAway(config: Partial<Config>): Promise<{ api: Api }> {
  const mongodbUri = 'mongodb://127.0.0.1:1/nowhere?directConnection=true';
  const jwt = { jwtIssuer: 'https://id.example/', jwtAudience: 'orders' };
  const running = await startApp({ config: { mongodbUri, ...jwt, ...config }, waitUntilReady: false });
  closing.push(() => running.close());
  const api = new Api(running);
  closing.push(() => api.close());
  return { api };
}

interface Limit {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

/** The fields of draft-10, read strictly; undefined when the answer has none. */
function limitOf({ headers }: Answer<unknown>): Limit | undefined {
  const [policy, limit] = [headers['ratelimit-policy'], headers['ratelimit']];
  if (policy === undefined && limit === undefined) return undefined;
  const [, quota] = /^"default";q=(\d+);w=60$/.exec(String(policy))!;
  const [, remaining, reset] = /^"default";r=(\d+);t=(\d+)$/.exec(String(limit))!;
  return { limit: Number(quota), remaining: Number(remaining), reset: Number(reset) };
}

describe('a limited route', () => {
  it('tells the limit on every answer and counts each of them once', async () => {
    const { api, mint } = await start({ rateLimitPerMinute: 12 });
    const [key, reader] = [bearer(await mint.create('acme')), bearer(await mint.create('acme', ['orders:read']))];
    const order = { json: anOrder(), headers: { ...key, 'idempotency-key': 'one' } };
    const created = await api.send<{ id: string }>('POST', '/orders', order);
    const etag = { 'if-none-match': '"1"' };
    const answers = [
      created,
      await api.send('POST', '/orders', order),
      await api.get('/orders', key),
      await api.get('/orders/nobody', key),
      await api.get('/orders?limit=0', key),
      await api.send('POST', '/orders', { json: {}, headers: key }),
      await api.send('PATCH', '/orders/nobody', { json: {}, headers: key }),
      await api.send('POST', '/orders', { json: {}, headers: reader }),
      await api.send('HEAD', '/orders', { headers: key }),
      await api.get(`/orders/${created.body.id}`, { ...key, ...etag }),
      await api.send('POST', '/orders', { json: {}, headers: { ...key, 'idempotency-key': 'one' } }),
      await api.get('/orders/nobody/events', key),
      await api.get('/orders', key),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      ...[201, 201, 200, 404, 422, 422, 428, 403, 200, 304, 422, 404, 429],
    ]);
    expect(answers.map((answer) => limitOf(answer)?.remaining)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
    for (const answer of answers) {
      const { limit, reset } = limitOf(answer)!;
      expect(limit).toBe(12);
      expect(reset).toBeGreaterThanOrEqual(1);
      expect(reset).toBeLessThanOrEqual(60);
    }
    const last = answers.at(-1)!;
    expect(last.body).toMatchObject({ code: 'rate_limited', recovery: 'wait_and_retry' });
    expect(Number(last.headers['retry-after'])).toBe(limitOf(last)!.reset);
  });

  it('tells it with every status that comes after the credential', async () => {
    const { api, mint } = await start({ rateLimitPerMinute: 20 });
    const [key, reader] = [bearer(await mint.create('acme')), bearer(await mint.create('acme', ['orders:read']))];
    const created = await api.create({}, key);
    const path = `/orders/${created.body.id}`;
    const write = (method: string, to: string, json: object, headers: object): Promise<Answer<unknown>> =>
      api.send(method, to, { json, headers: { ...key, ...headers } });
    const answers: Answer<unknown>[] = [
      created,
      await api.get(path, key),
      await api.get(path, { ...key, 'if-none-match': '"1"' }),
      await write('PATCH', path, { status: 'PAID' }, { 'if-match': '*' }),
      await write('POST', '/orders', anOrder(), { 'idempotency-key': 'a b' }),
      await write('POST', '/orders', anOrder(), reader),
      await api.get('/orders/nobody', key),
      await write('PATCH', path, { status: 'FULFILLED' }, { 'if-match': '1' }),
      await write('PATCH', path, { status: 'PAID' }, { 'if-match': '7' }),
      await write('PATCH', path, { status: 'NONE' }, { 'if-match': '1' }),
      await write('PATCH', path, { status: 'PAID' }, {}),
      await write('PATCH', path, { status: 'PAID' }, { 'if-match': '1' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 304, 400, 400, 403, 404, 409, 409, 422, 428, 200]);
    expect(answers.map((answer) => limitOf(answer)?.remaining)).toEqual(answers.map((_, index) => 19 - index));
  });

  it.each(['none', 'jwt'] as const)(
    'tells it with 503 while the database is away, and counts it: %s',
    async (authMode) => {
      const signer = await signingKey('ES256', 'one');
      const jwks = await startJwksServer(signer);
      closing.push(() => jwks.stop());
      const { api } = await startAway({ authMode, jwtJwksUrl: jwks.url, rateLimitPerMinute: 2 });
      const headers = bearer(await token(signer));
      const answers = [
        await api.get('/orders', headers),
        await api.create({}, headers),
        await api.get('/orders', headers),
      ];
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 429]);
      expect(answers.map((answer) => limitOf(answer)?.remaining)).toEqual([1, 0, 0]);
    },
  );

  it('cannot tell it before the tenant is known', async () => {
    const { api, mint } = await start({ rateLimitPerMinute: 1 });
    const key = bearer(await mint.create('acme'));
    const post = (raw: string, headers: object = {}): Promise<Answer> =>
      api.send('POST', '/orders', { raw, headers: { ...key, ...headers } });
    const answers = [
      await api.get('/nowhere', key),
      await api.send('PUT', '/orders', { headers: key }),
      await post('{'),
      await post('x'.repeat(300_000)),
      await post('a=b', { 'content-type': 'text/css' }),
      await api.get('/orders', bearer('nonsense')),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 405, 400, 413, 415, 401]);
    expect(answers.map(limitOf)).toEqual(answers.map(() => undefined));
    // Nor is it counted.
    expect((await api.get('/orders', key)).status).toBe(200);
    const away = await startAway({ authMode: 'api_key', rateLimitPerMinute: 1 });
    const unknown = await away.api.get('/orders', key);
    expect([unknown.status, limitOf(unknown)]).toEqual([503, undefined]);
  });

  it('lets a quiet tenant use its whole minute at once, and others theirs', async () => {
    const { api, mint } = await start({ rateLimitPerMinute: 30 });
    const [acme, umbrella] = [bearer(await mint.create('acme')), bearer(await mint.create('umbrella'))];
    const colleague = bearer(await mint.create('acme'));
    const burst = await Promise.all(Array.from({ length: 40 }, () => api.get('/orders?limit=1', acme)));
    expect(burst.filter(({ status }) => status === 200)).toHaveLength(30);
    expect(burst.filter(({ status }) => status === 429)).toHaveLength(10);
    expect((await api.get('/orders', colleague)).status).toBe(429);
    expect(limitOf(await api.get('/orders', umbrella))).toMatchObject({ remaining: 29 });
  });

  it('has nothing done when it is over the limit', async () => {
    const { api, mint } = await start({ rateLimitPerMinute: 1 });
    const key = bearer(await mint.create('acme'));
    await api.get('/orders', key);
    expect((await api.create({}, { ...key, 'idempotency-key': 'late' })).status).toBe(429);
    expect((await api.send('POST', '/orders', { raw: '{', headers: key })).status).toBe(400);
    expect((await api.send('PUT', '/orders', { headers: key })).status).toBe(405);
  });

  it('is limited without authentication too, as the tenant default', async () => {
    const { api } = await start({ authMode: 'none', rateLimitPerMinute: 2 });
    const statuses = [await api.get('/orders'), await api.get('/orders'), await api.get('/orders')];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
  });
});

describe('health and documentation', () => {
  it('are neither counted nor limited', async () => {
    const { api } = await start({ authMode: 'none', rateLimitPerMinute: 1 });
    for (let count = 0; count < 3; count++) {
      for (const path of ['/healthz', '/ready', '/health', '/docs-json', '/docs']) {
        const answer = await api.get(path);
        expect([path, answer.status, limitOf(answer)]).toEqual([path, 200, undefined]);
      }
    }
    expect(limitOf(await api.get('/orders'))).toMatchObject({ remaining: 0 });
  });
});

describe('refused credentials', () => {
  const bad = { authorization: 'Bearer nonsense' };

  it('are limited by address, while a good one from there passes', async () => {
    const { api, mint } = await start({ authFailuresPerMinute: 3 });
    const answers: Answer[] = [];
    for (let count = 0; count < 5; count++) answers.push(await api.get('/orders', bad));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429]);
    const { headers } = answers.at(-1)!;
    expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(headers['ratelimit']).toBe(`"default";r=0;t=${headers['retry-after']!}`);
    expect((await api.get('/orders', bearer(await mint.create('acme')))).status).toBe(200);
  });

  it('are not hidden by a made-up X-Forwarded-For', async () => {
    const { api } = await start({ authFailuresPerMinute: 2 });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count++)
      statuses.push((await api.get('/orders', { ...bad, 'x-forwarded-for': `192.0.2.${count}` })).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  it('are told apart by what a trusted proxy says, and only by its own word', async () => {
    const { api } = await start({ authFailuresPerMinute: 2, trustProxy: 1 });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count++)
      statuses.push((await api.get('/orders', { ...bad, 'x-forwarded-for': `192.0.2.${count}` })).status);
    // The client wrote all but the last address itself.
    for (let count = 0; count < 3; count++)
      statuses.push((await api.get('/orders', { ...bad, 'x-forwarded-for': `198.51.100.${count}, 192.0.2.9` })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429]);
  });
});

describe('with Redis', () => {
  let redis: RedisServer;
  const withRedis = async (): Promise<Partial<Config>> => {
    redis = await startRedis();
    closing.push(() => redis.stop());
    const mongodbUri = uniqueDatabaseUri('redis');
    return { mongodbUri, authMode: 'none', rateLimitPerMinute: 6, rateLimitRedisUrl: redis.url };
  };

  it('several instances share one limit', async () => {
    const config = await withRedis();
    const [one, other] = [await start(config), await start(config)];
    const remaining: (number | undefined)[] = [];
    const statuses: number[] = [];
    for (let count = 0; count < 8; count++) {
      const answer = await (count % 2 === 0 ? one : other).api.get('/orders');
      remaining.push(limitOf(answer)?.remaining);
      statuses.push(answer.status);
    }
    expect(remaining).toEqual([5, 4, 3, 2, 1, 0, 0, 0]);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
  });

  it('that is lost, requests pass and a warning is logged; once it is back it counts again', async () => {
    const config = await withRedis();
    const { api } = await start(config);
    expect(limitOf(await api.get('/orders'))).toMatchObject({ remaining: 5 });
    const told = (): unknown[] => logged.flat().filter(({ msg }) => /cannot reach Redis/.test(String(msg)));
    const before = told().length;
    await redis.stop();
    const warnings = (): unknown[] => told().slice(before);
    for (let count = 0; count < 10; count++) {
      const startedAt = Date.now();
      const answer = await api.get('/orders');
      expect(answer.status).toBe(200);
      expect(limitOf(answer)?.limit).toBe(6);
      expect(Date.now() - startedAt).toBeLessThan(3_000);
    }
    await until(() => warnings().length > 0, 5_000);
    expect(warnings().length).toBeLessThan(5);
    redis = await startRedis(Number(new URL(redis.url).port));
    await until(async () => (limitOf(await api.get('/orders'))?.remaining ?? 6) < 5, 20_000);
  });

  it('that was never there, the service starts, and requests pass', async () => {
    // A process of its own: Nest's logger is shared by all applications of one.
    const running = await startService({
      ...{ MONGODB_URI: uniqueDatabaseUri('redis'), AUTH_MODE: 'none', RATE_LIMIT_PER_MINUTE: '2' },
      RATE_LIMIT_REDIS_URL: 'redis://:hunter2@127.0.0.1:1',
    });
    closing.push(() => running.kill9());
    for (let count = 0; count < 4; count++) expect((await fetch(`${running.url}/orders`)).status).toBe(200);
    await until(() => running.logs.some(({ msg }) => /cannot reach Redis/.test(String(msg))), 5_000);
    expect(JSON.stringify(running.logs)).not.toContain('hunter2');
  });
});
