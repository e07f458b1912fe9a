import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { OrderPageOut } from '../../src/orders/list-orders.dto.js';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';

let running: RunningApp;
let api: Api;
beforeAll(async () => {
  running = await startApp();
  api = new Api(running);
});
afterAll(async () => {
  api.close();
  await running.close();
});

let keys = 0;
const newKey = (): string => `key-${++keys}`;

const post = (raw: string, key: string, to: Api = api): Promise<Answer<OrderOut>> =>
  to.send('POST', '/orders', { raw, headers: { 'idempotency-key': key } });

async function ordersOf(customerId: string): Promise<number> {
  const { body } = await api.get<OrderPageOut>(`/orders?limit=100&customerId=${customerId}`);
  return body.items.length;
}

/** What a client can tell apart of two answers, but for the request's own id and the time. */
function essence({ status, text, headers }: Answer<unknown>): object {
  return { status, text, location: headers.location, etag: headers.etag, type: headers['content-type'] };
}

function expectReplay(second: Answer<unknown>, first: Answer<unknown>): void {
  expect(essence(second)).toEqual(essence(first));
  expect(first.headers).not.toHaveProperty('idempotent-replayed');
  expect(second.headers['idempotent-replayed']).toBe('true');
}

describe('the same request with the same key', () => {
  it('creates once and gets the first answer byte for byte', async () => {
    const key = newKey();
    const first = await api.create({ customerId: 'once' }, { 'idempotency-key': key });
    for (let n = 0; n < 3; n += 1)
      expectReplay(await api.create({ customerId: 'once' }, { 'idempotency-key': key }), first);
    expect(await ordersOf('once')).toBe(1);
  });

  it('gets the first answer even after the order has changed since', async () => {
    const key = newKey();
    const first = await api.create({}, { 'idempotency-key': key });
    await api.move(first.body.id, 'PAID', 1);
    expectReplay(await api.create({}, { 'idempotency-key': key }), first);
  });

  it('moves once, and its retry is not refused for its own earlier work', async () => {
    const { id } = await api.orderThatWent();
    const headers = { 'idempotency-key': newKey() };
    const first = await api.move(id, 'PAID', 1, headers);
    expectReplay(await api.move(id, 'PAID', 1, headers), first);
    await api.move(id, 'FULFILLED', 2);
    expectReplay(await api.move(id, 'PAID', '"1"', headers), first);
    expect((await api.get<OrderOut>(`/orders/${id}`)).body.version).toBe(3);
  });

  it('gets a request id of its own', async () => {
    const key = newKey();
    await api.create({}, { 'idempotency-key': key, 'x-request-id': 'first' });
    expect((await api.create({}, { 'idempotency-key': key, 'x-request-id': 'second' })).headers['x-request-id']).toBe(
      'second',
    );
  });

  it('is the same whatever the order of members, the white space and the escapes', async () => {
    const key = newKey();
    const first = await post(
      '{"customerId":"a/é","currency":"USD","items":[{"sku":"s","quantity":10,"unitPrice":"1"}],"metadata":{"a":"1","b":"2"}}',
      key,
    );
    expect(first.status).toBe(201);
    const spelt =
      ' {\n"metadata": {"b":"2","a":"1"},\t"items":[ {"unitPrice":"1","quantity":1e1,"sku":"\\u0073"} ],"currency":"USD",\r\n"customerId":"a\\/\\u00e9"} ';
    expectReplay(await post(spelt, key), first);
    expectReplay(await post(spelt.replace('"b":"2"', '"b":"9","b":"2"'), key), first);
  });

  it('is the same at another instance on the same database', async () => {
    const other = await startApp({ config: { mongodbUri: running.mongodbUri } });
    const otherApi = new Api(other);
    try {
      const key = newKey();
      const first = await api.create({}, { 'idempotency-key': key });
      expectReplay(await post(JSON.stringify(anOrder()), key, otherApi), first);
      const otherKey = newKey();
      const there = await post(JSON.stringify(anOrder()), otherKey, otherApi);
      expectReplay(await api.create({}, { 'idempotency-key': otherKey }), there);
    } finally {
      otherApi.close();
      await other.close();
    }
  });

  it('at the same time runs once, and all get one answer', async () => {
    const headers = { 'idempotency-key': newKey() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.create({ customerId: 'together' }, headers)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === undefined)).toHaveLength(1);
    expect(await ordersOf('together')).toBe(1);
  });
});

describe('a key', () => {
  it('is the same bare and quoted', async () => {
    const key = newKey();
    const first = await api.create({}, { 'idempotency-key': key });
    expectReplay(await api.create({}, { 'idempotency-key': `"${key}"` }), first);
  });

  it('is another one in other letters', async () => {
    const [lower, upper] = [
      await api.create({}, { 'idempotency-key': 'letters' }),
      await api.create({}, { 'idempotency-key': 'LETTERS' }),
    ];
    expect(upper.body.id).not.toBe(lower.body.id);
  });

  it.each([
    'k',
    'k'.repeat(255),
    `"${'q'.repeat(255)}"`,
    '!#$%&()*+,-./:;<=>?@[]^_`{|}~',
    "it's",
    'a,b',
    '1',
    'constructor',
    '__proto__',
    '$where',
    'a"b',
  ])('may be any 1 to 255 visible ASCII characters: %s', async (key) => {
    const first = await api.create({}, { 'idempotency-key': key });
    expect(first.status).toBe(201);
    expectReplay(await api.create({}, { 'idempotency-key': key }), first);
  });

  it.each(['', ' ', 'a b', 'a\tb', 'k'.repeat(256), `"${'k'.repeat(256)}"`, '""', '"', '"a', '"a b"', 'é', '"a"b'])(
    'that cannot be read is 400: %j',
    async (key) => {
      const answer = await api.create({}, { 'idempotency-key': key });
      expect(answer.body).toMatchObject({ status: 400, code: 'invalid_header' });
      expect(answer.body.detail).toContain('Idempotency-Key');
    },
  );

  it('given twice is 400', async () => {
    const answer = await api.create({}, { 'idempotency-key': ['a', 'b'] });
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_header' });
  });

  it('is optional', async () => {
    const [first, second] = [await api.create(), await api.create()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.id).not.toBe(second.body.id);
  });
});

describe('the same key with another request is 422 idempotency_key_reused, and nothing is done:', () => {
  it.each([
    ['another value', anOrder({ customerId: 'reuser', currency: 'EUR' })],
    ['another member', anOrder({ customerId: 'reuser', metadata: { a: '1' } })],
    ['another order of items', anOrder({ customerId: 'reuser', items: anOrder().items.concat(anOrder().items) })],
    ['an invalid body', { customerId: 'reuser' }],
  ])('%s', async (_what, json) => {
    const headers = { 'idempotency-key': newKey() };
    expect((await api.create({}, headers)).status).toBe(201);
    const answer = await api.send('POST', '/orders', { json, headers });
    expect(answer.body).toMatchObject({ status: 422, code: 'idempotency_key_reused', recovery: 'use_new_key' });
    expect(await ordersOf('reuser')).toBe(0);
    expect((await api.create({}, headers)).headers['idempotent-replayed']).toBe('true');
  });

  it('another path, method, status or version', async () => {
    const headers = { 'idempotency-key': newKey() };
    const [one, other] = [await api.orderThatWent(), await api.orderThatWent()];
    expect((await api.move(one.id, 'PAID', 1, headers)).status).toBe(200);
    const attempts = [
      await api.move(other.id, 'PAID', 1, headers),
      await api.move(one.id, 'CANCELLED', 1, headers),
      await api.move(one.id, 'PAID', 2, headers),
      await api.send('POST', '/orders', { json: { status: 'PAID' }, headers }),
    ];
    expect(attempts.map(({ body }) => (body as { code?: string }).code)).toEqual(
      Array(4).fill('idempotency_key_reused'),
    );
    expect((await api.get<OrderOut>(`/orders/${other.id}`)).body.version).toBe(1);
    expect((await api.get<OrderOut>(`/orders/${one.id}`)).body.version).toBe(2);
  });
});

describe('a failure is not stored: the key stays free', () => {
  it('after 422', async () => {
    const headers = { 'idempotency-key': newKey() };
    expect((await api.create({ currency: 'XXX' }, headers)).status).toBe(422);
    const second = await api.create({}, headers);
    expect(second.status).toBe(201);
    expect(second.headers).not.toHaveProperty('idempotent-replayed');
  });

  it('after 404 and 409', async () => {
    const headers = { 'idempotency-key': newKey() };
    const { id } = await api.orderThatWent();
    expect((await api.move('019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0', 'PAID', 1, headers)).status).toBe(404);
    expect((await api.move(id, 'PAID', 2, headers)).body.code).toBe('version_conflict');
    expect((await api.move(id, 'FULFILLED', 1, headers)).body.code).toBe('invalid_transition');
    const success = await api.move(id, 'PAID', 1, headers);
    expect(success.status).toBe(200);
    expectReplay(await api.move(id, 'PAID', 1, headers), success);
  });

  it('and the same request may succeed later', async () => {
    const headers = { 'idempotency-key': newKey() };
    const { id } = await api.orderThatWent();
    expect((await api.move(id, 'FULFILLED', 2, headers)).status).toBe(409);
    await api.move(id, 'PAID', 1);
    expect((await api.move(id, 'FULFILLED', 2, headers)).status).toBe(200);
  });
});

describe('an expired key', () => {
  it('is free at once, for the same and for another request, whether or not the TTL monitor has come by', async () => {
    const stored = running.app.get<Connection>(getConnectionToken()).collection('idempotency_keys');
    const key = newKey();
    const first = await api.create({}, { 'idempotency-key': key });
    const record = await stored.findOne({ key });
    // Put back as it was but expired: whether the monitor has taken it meanwhile makes no difference to the rule.
    const expire = (): Promise<unknown> =>
      stored.replaceOne({ key }, { ...record, expiresAt: new Date(Date.now() - 1) }, { upsert: true });
    await expire();
    const second = await api.create({}, { 'idempotency-key': key });
    expect(second.status).toBe(201);
    expect(second.headers).not.toHaveProperty('idempotent-replayed');
    expect(second.body.id).not.toBe(first.body.id);
    expectReplay(await api.create({}, { 'idempotency-key': key }), second);
    await expire();
    expect((await api.create({ customerId: 'another' }, { 'idempotency-key': key })).status).toBe(201);
  });

  it('expires IDEMPOTENCY_TTL_SECONDS after its success', async () => {
    const short = await startApp({ config: { idempotencyTtlSeconds: 1 } });
    const shortApi = new Api(short);
    try {
      const first = await shortApi.create({}, { 'idempotency-key': 'short' });
      const giveUpAt = Date.now() + 10_000;
      let again = first;
      while (again.body.id === first.body.id && Date.now() < giveUpAt)
        again = await shortApi.create({}, { 'idempotency-key': 'short' });
      expect(again.body.id).not.toBe(first.body.id);
      expect(Date.parse(again.body.createdAt) - Date.parse(first.body.createdAt)).toBeGreaterThanOrEqual(1_000);
    } finally {
      shortApi.close();
      await short.close();
    }
  });
});

describe('with IDEMPOTENCY_KEY_REQUIRED=true', () => {
  let strict: RunningApp;
  let strictApi: Api;
  beforeAll(async () => {
    strict = await startApp({ config: { idempotencyKeyRequired: true } });
    strictApi = new Api(strict);
  });
  afterAll(async () => {
    strictApi.close();
    await strict.close();
  });

  it('POST /orders without a key is 400, before its body is judged', async () => {
    for (const json of [anOrder(), {}]) {
      const answer = await strictApi.send('POST', '/orders', { json });
      expect(answer.body).toMatchObject({ status: 400, code: 'invalid_header' });
      expect(answer.body.detail).toContain('Idempotency-Key');
    }
  });

  it('POST with one is done, and PATCH needs none', async () => {
    const { status, body } = await strictApi.create({}, { 'idempotency-key': 'k' });
    expect(status).toBe(201);
    expect((await strictApi.move(body.id, 'PAID', 1)).status).toBe(200);
  });
});
