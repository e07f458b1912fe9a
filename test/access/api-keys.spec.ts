import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scopes } from '../../src/auth/scopes.js';
import { Api } from '../support/api.js';
import type { Answer, Sending } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { until } from '../support/database-server.js';
import { bearer, KeyMint } from '../support/keys.js';
import type { MadeKey } from '../support/keys.js';
import { anEndpoint } from '../support/webhook-data.js';

let running: RunningApp;
let api: Api;
let mint: KeyMint;
let key: MadeKey;
beforeAll(async () => {
  running = await startApp({ config: { authMode: 'api_key', authFailuresPerMinute: 0, worker: 'off' } });
  api = new Api(running);
  mint = await KeyMint.on(running.mongodbUri);
  key = await mint.create('acme');
});
afterAll(async () => {
  api.close();
  await mint.close();
  await running.close();
});

/** Contract: a key that has ended stops within this, in milliseconds. */
const endsWithinMs = 5_000;

const statusWith = async (headers: Record<string, string | readonly string[]>): Promise<number> =>
  (await api.get('/orders?limit=1', headers)).status;

async function refusals(texts: readonly string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const text of texts) answers.push(await api.get('/orders?limit=1', { authorization: text }));
  return answers;
}

describe('a key', () => {
  it('looks as the contract says', () => {
    expect(key.key).toMatch(/^ops_[^_]+_[A-Za-z0-9]+$/);
    expect(key.key.split('_')[1]).toBe(key.id);
  });

  it('works at once after it is made, again and again', async () => {
    for (let count = 0; count < 5; count++) expect(await statusWith(bearer(await mint.create('acme')))).toBe(200);
    expect(await statusWith(bearer(key))).toBe(200);
  });

  it('is kept as a hash only', async () => {
    const stored = JSON.stringify(await mint.documents.find().toArray());
    expect(stored).toContain(key.id);
    expect(stored).not.toContain(key.key.split('_')[2]!.slice(0, 64));
  });

  it('is nothing with any one character changed, missing or added', async () => {
    const text = key.key;
    const places = [...text].map((_, index) => index);
    const other = (char: string): string => (char === 'a' ? 'b' : 'a');
    const mutants = [
      ...places.map((at) => text.slice(0, at) + other(text[at]!) + text.slice(at + 1)),
      ...places.map((at) => text.slice(0, at) + text.slice(at + 1)),
      ...[...places, text.length].map((at) => `${text.slice(0, at)}0${text.slice(at)}`),
      ...places.map((at) => text.slice(0, at) + text[at]!.toUpperCase() + text.slice(at + 1)),
      ...['=', '_', '-', '.', '/', '+', '~'].map((end) => text + end),
    ].filter((mutant) => mutant !== text);
    expect(mutants.length).toBeGreaterThan(300);
    const accepted = (await refusals(mutants.map((mutant) => `Bearer ${mutant}`))).filter(
      ({ status }) => status !== 401,
    );
    expect(accepted).toEqual([]);
  });

  it('is nothing with another key’s id or secret', async () => {
    const other = await mint.create('acme');
    const [, , secret] = other.key.split('_');
    expect(await statusWith({ authorization: `Bearer ops_${key.id}_${secret!}` })).toBe(401);
  });
});

describe('every 401', () => {
  it('has the same detail whatever was wrong, and never tells which', async () => {
    const revoked = await mint.create('acme');
    await mint.revoke(revoked.id);
    const texts = ['Bearer nonsense', `Bearer ${revoked.key}`, 'Basic YTpi', 'Bearer', `Bearer ${key.key} x`, 'x'];
    const answers = [...(await refusals(texts)), await api.get('/orders')];
    const bodies = answers.map(({ status, body }) => ({ ...body, status, requestId: '' }));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ status: 401, code: 'unauthenticated', recovery: 'authenticate' });
  });

  it.each([
    ['none', {}, 'Bearer'],
    ['Basic', { authorization: 'Basic YTpi' }, 'Bearer'],
    ['an empty one', { authorization: '' }, 'Bearer'],
    ['no token', { authorization: 'Bearer' }, 'Bearer'],
    ['a bad token', { authorization: 'Bearer abc' }, 'Bearer error="invalid_token"'],
  ])('challenges: %s', async (_what, headers, challenge) => {
    const answer = await api.get('/orders', headers);
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, challenge]);
  });

  it('is the answer to two Authorization headers, even if both are good', async () => {
    expect(await statusWith({ authorization: [bearer(key).authorization, bearer(key).authorization] })).toBe(401);
    expect(await statusWith({ authorization: [bearer(key).authorization, 'Basic YTpi'] })).toBe(401);
  });

  it.each(['ApiKey', 'Token', 'BearerX', 'Bearer:'])('is the answer to the scheme %s', async (scheme) => {
    expect(await statusWith({ authorization: `${scheme} ${key.key}` })).toBe(401);
  });

  it('is the answer to a key anywhere else', async () => {
    expect(await statusWith({ 'x-api-key': key.key })).toBe(401);
    expect(await statusWith({ cookie: `authorization=Bearer ${key.key}` })).toBe(401);
    expect((await api.get(`/orders?access_token=${key.key}`)).status).toBe(401);
  });
});

describe('the scheme', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('%s is taken', async (scheme) => {
    expect(await statusWith({ authorization: `${scheme} ${key.key}` })).toBe(200);
  });

  it('may have more blanks after it, and blanks around the value', async () => {
    expect(await statusWith({ authorization: `Bearer   ${key.key}` })).toBe(200);
    expect(await statusWith({ authorization: `  Bearer ${key.key}  ` })).toBe(200);
  });
});

describe('a key that has ended', () => {
  const stopsInTime = async (made: MadeKey): Promise<void> =>
    until(async () => (await statusWith(bearer(made))) === 401, endsWithinMs);

  it('by being revoked stops, though it was in use', async () => {
    const made = await mint.create('acme');
    expect(await statusWith(bearer(made))).toBe(200);
    await mint.revoke(made.id);
    await stopsInTime(made);
  });

  it('by its expiry stops, and never early', async () => {
    const expiresAt = Date.now() + 1_500;
    const made = await mint.create('acme', scopes, expiresAt);
    while (Date.now() < expiresAt - 300) expect(await statusWith(bearer(made))).toBe(200);
    await until(async () => (await statusWith(bearer(made))) === 401, endsWithinMs + 300);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
  });

  it('by an expiry that was moved behind its back stops', async () => {
    const made = await mint.create('acme');
    expect(await statusWith(bearer(made))).toBe(200);
    await mint.documents.updateOne({ _id: made.id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    await stopsInTime(made);
  });

  it('by being rolled stops after the grace, while the new one works at once', async () => {
    const made = await mint.create('acme', ['orders:read']);
    const next = await mint.roll(made.id, 60_000);
    expect([await statusWith(bearer(made)), await statusWith(bearer(next))]).toEqual([200, 200]);
    const last = await mint.roll(next.id);
    expect(await statusWith(bearer(last))).toBe(200);
    await stopsInTime(next);
    expect(last.scopes).toEqual(['orders:read']);
  });
});

const webhookRoutes: readonly (readonly [string, string, Sending?])[] = [
  ['POST', '/webhook-endpoints', { json: anEndpoint() }],
  ['GET', '/webhook-endpoints'],
  ['HEAD', '/webhook-endpoints'],
  ['GET', '/webhook-endpoints/nobody'],
  ['PATCH', '/webhook-endpoints/nobody', { json: {} }],
  ['DELETE', '/webhook-endpoints/nobody'],
  ['POST', '/webhook-endpoints/nobody/secret'],
  ['POST', '/webhook-endpoints/nobody/test'],
  ['GET', '/webhook-endpoints/nobody/deliveries'],
  ['POST', '/webhook-endpoints/nobody/retry', { json: { since: '2026-11-24T10:00:00Z' } }],
  ['POST', '/deliveries/nobody/retry'],
];

describe('each route needs its one scope, and none implies another', () => {
  const routes: readonly (readonly [string, string, Sending, string])[] = [
    ['GET', '/orders', {}, 'orders:read'],
    ['GET', '/orders/nobody', {}, 'orders:read'],
    ['HEAD', '/orders', {}, 'orders:read'],
    ['POST', '/orders', { json: anOrder() }, 'orders:write'],
    ['PATCH', '/orders/nobody', { json: { status: 'PAID' }, headers: { 'if-match': '1' } }, 'orders:write'],
    ['GET', '/orders/nobody/events', {}, 'events:read'],
    ...webhookRoutes.map(([method, path, sending = {}]) => [method, path, sending, 'webhooks:manage'] as const),
  ];

  it.each(scopes)('with %s alone', async (scope) => {
    const made = await mint.create('acme', [scope]);
    for (const [method, path, sending, needed] of routes) {
      const answer = await api.send(method, path, { ...sending, headers: { ...sending.headers, ...bearer(made) } });
      const passed = answer.status !== 403;
      expect([method, path, passed]).toEqual([method, path, scope === needed]);
      if (passed) continue;
      expect(answer.headers['www-authenticate']).toBe(`Bearer error="insufficient_scope", scope="${needed}"`);
      if (method !== 'HEAD') expect(answer.body).toMatchObject({ code: 'forbidden', recovery: 'give_up' });
    }
  });

  it('with all but the one: 403', async () => {
    for (const [method, path, sending, needed] of routes) {
      const made = await mint.create(
        'acme',
        scopes.filter((scope) => scope !== needed),
      );
      const answer = await api.send(method, path, { ...sending, headers: { ...sending.headers, ...bearer(made) } });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
  });
});

describe('the order of checks', () => {
  it('is route, body, credential, scope, headers', async () => {
    const reader = bearer(await mint.create('acme', ['orders:read']));
    const badJson = { raw: '{' };
    const badHeaders = { 'if-match': '*', 'idempotency-key': 'a b' };
    const statusOf = async (method: string, path: string, sending: Sending): Promise<number> =>
      (await api.send(method, path, sending)).status;
    expect(await statusOf('GET', '/nowhere', {})).toBe(404);
    expect(await statusOf('PUT', '/orders', badJson)).toBe(405);
    expect(await statusOf('POST', '/orders', badJson)).toBe(400);
    expect(await statusOf('POST', '/orders', { raw: 'x'.repeat(300_000) })).toBe(413);
    expect(await statusOf('POST', '/orders', { raw: 'x', headers: { 'content-type': 'text/plain' } })).toBe(415);
    expect(await statusOf('POST', '/orders', { json: {}, headers: badHeaders })).toBe(401);
    expect(await statusOf('PATCH', '/orders/a', { json: {}, headers: badHeaders })).toBe(401);
    expect(await statusOf('PATCH', '/orders/a', { json: {}, headers: { ...badHeaders, ...reader } })).toBe(403);
    expect(await statusOf('PATCH', '/orders/a', { json: {}, headers: { ...badHeaders, ...bearer(key) } })).toBe(400);
    expect(await statusOf('PATCH', '/orders/a', { json: {}, headers: bearer(key) })).toBe(428);
    expect(await statusOf('GET', '/orders?limit=0', {})).toBe(401);
  });

  it.each(webhookRoutes)('of %s %s is the same', async (method, path, sending = {}) => {
    const reader = bearer(await mint.create('acme', ['orders:read']));
    const statusOf = async (changes: Sending, at = path): Promise<number> =>
      (await api.send(method, at, { ...sending, ...changes })).status;
    expect(await statusOf({}, `${path}/and/nowhere`)).toBe(404);
    const hasBody = ['POST', 'PATCH', 'DELETE'].includes(method);
    if (hasBody) expect(await statusOf({ json: undefined, raw: '{' })).toBe(400);
    expect(await statusOf({})).toBe(401);
    const bad = hasBody ? { json: { unknown: 1 } } : {};
    expect(await statusOf(bad, `${path}?limit=0`)).toBe(401);
    expect(await statusOf({ ...bad, headers: reader }, `${path}?limit=0`)).toBe(403);
  });

  it('leaves health and documentation open', async () => {
    for (const path of ['/healthz', '/ready', '/health', '/docs-json'])
      expect((await api.get(path, { authorization: 'nonsense' })).status).toBe(200);
  });
});

describe('the log', () => {
  it('tells why a credential was refused and which key it was, and never a secret', async () => {
    const revoked = await mint.create('acme');
    await mint.revoke(revoked.id);
    const reader = await mint.create('acme', ['orders:read']);
    const forged = `ops_${key.id}_${'0'.repeat(72)}`;
    await refusals([bearer(revoked).authorization, 'Bearer hunter2-token', 'Basic aHVudGVyMg==', `Bearer ${forged}`]);
    await api.create({}, bearer(reader));
    await api.get('/orders', bearer(key));
    const denials = running.logs.filter(({ msg }) => msg === 'request denied');
    expect(denials).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ reason: 'revoked API key', keyId: revoked.id, address: '127.0.0.1' }),
        expect.objectContaining({ reason: 'not an API key' }),
        expect.objectContaining({ reason: 'no bearer token' }),
        expect.objectContaining({ reason: 'scope missing', scope: 'orders:write', actor: reader.id }),
      ]),
    );
    expect(denials.every(({ requestId }) => typeof requestId === 'string')).toBe(true);
    const all = running.logs.map((line) => JSON.stringify(line));
    const secrets = [key, revoked, reader].map(({ key: text }) => text.split('_')[2]!);
    for (const secret of [...secrets, 'hunter2', 'aHVudGVyMg', '0'.repeat(72)])
      expect(all.filter((line) => line.includes(secret))).toEqual([]);
  });
});
