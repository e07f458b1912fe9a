import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { openApiDocument } from '../../src/openapi.js';
import { Api } from '../support/api.js';
import type { Sending } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { bearer, KeyMint } from '../support/keys.js';
import type { MadeKey } from '../support/keys.js';
import { sentBy, shapeOf } from './same-answers.js';

interface Page {
  readonly items: readonly OrderOut[];
  readonly nextCursor: string | null;
}

let running: RunningApp;
let api: Api;
let mint: KeyMint;
let acme: MadeKey;
let umbrella: MadeKey;
let foreign: OrderOut;
beforeAll(async () => {
  running = await startApp({ config: { authMode: 'api_key' } });
  api = new Api(running);
  mint = await KeyMint.on(running.mongodbUri);
  [acme, umbrella] = [await mint.create('acme'), await mint.create('Acme')];
  foreign = (await api.create({}, bearer(umbrella))).body;
  foreign = (await api.move(foreign.id, 'PAID', 1, { ...bearer(umbrella), 'idempotency-key': 'paid' })).body;
});
afterAll(async () => {
  api.close();
  await mint.close();
  await running.close();
});

describe('the routes', () => {
  it('are those that this file knows', () => {
    const paths = Object.entries(openApiDocument(running.app).paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(paths.filter((each) => each.includes('/orders')).sort()).toEqual(
      ['get /orders', 'get /orders/{id}', 'get /orders/{id}/events', 'patch /orders/{id}', 'post /orders'].sort(),
    );
  });
});

describe('another tenant’s order is answered like an unknown one, byte for byte:', () => {
  const status = (to: unknown, headers: Record<string, string>): Sending => ({ json: { status: to }, headers });
  const requests: readonly (readonly [string, string, Sending])[] = [
    ['GET', '/orders/:id', {}],
    ['HEAD', '/orders/:id', {}],
    ['GET', '/orders/:id', { headers: { 'if-none-match': '"2"' } }],
    ['GET', '/orders/:id', { headers: { 'if-none-match': '*' } }],
    ['GET', '/orders/:id/events', {}],
    ['HEAD', '/orders/:id/events', {}],
    ...['1', '2', '"2"', '9', 'W/"2"', '*'].flatMap((version) =>
      ['PAID', 'FULFILLED', 'CANCELLED', 'CREATED', 'NO'].map(
        (to) => ['PATCH', '/orders/:id', status(to, { 'if-match': version })] as const,
      ),
    ),
    ['PATCH', '/orders/:id', status('PAID', {})],
    ['PATCH', '/orders/:id', status('PAID', { 'if-match': '1', 'idempotency-key': 'paid' })],
    ['PATCH', '/orders/:id', { raw: '{', headers: { 'if-match': '2' } }],
    ['DELETE', '/orders/:id', {}],
  ];

  it.each(requests)('%s %s %j', async (method, path, sending) => {
    const unknown = uuidv7();
    const ofForeign = await api.send(method, path.replace(':id', foreign.id), sentBy(acme, sending));
    const ofUnknown = await api.send(method, path.replace(':id', unknown), sentBy(acme, sending));
    expect(ofForeign.status).toBeGreaterThanOrEqual(400);
    expect(shapeOf(ofForeign, foreign.id)).toEqual(shapeOf(ofUnknown, unknown));
  });

  it('and nothing of it changed', async () => {
    expect((await api.send('GET', `/orders/${foreign.id}`, sentBy(umbrella))).body).toEqual(foreign);
  });
});

describe('tenants', () => {
  it('never see each other’s orders in a list, whatever the filter', async () => {
    for (let count = 0; count < 3; count++)
      for (const key of [acme, umbrella]) await api.create({ customerId: `of ${key.tenantId}` }, bearer(key));
    for (const query of ['', '?customerId=of%20Acme', '?customerId=of%20acme', '?status=PAID', '?limit=2']) {
      for (const key of [acme, umbrella]) {
        const { body } = await api.send<Page>('GET', `/orders${query}`, sentBy(key));
        const other = `of ${key === acme ? 'Acme' : 'acme'}`;
        expect(body.items.filter(({ customerId }) => customerId === other)).toEqual([]);
      }
    }
    const { body } = await api.send<Page>('GET', '/orders', sentBy(acme));
    expect(body.items.map(({ id }) => id)).not.toContain(foreign.id);
  });

  it('cannot use each other’s cursors: the answer is that of a made-up one', async () => {
    const { body } = await api.send<Page>('GET', '/orders?limit=1', sentBy(umbrella));
    expect(body.nextCursor).not.toBeNull();
    const cursor = body.nextCursor!;
    const madeUp = 'A'.repeat(cursor.length);
    const ofForeign = await api.send('GET', `/orders?limit=1&cursor=${cursor}`, sentBy(acme));
    const ofMadeUp = await api.send('GET', `/orders?limit=1&cursor=${madeUp}`, sentBy(acme));
    expect(ofForeign.status).toBe(422);
    expect(shapeOf(ofForeign, cursor)).toEqual(shapeOf(ofMadeUp, madeUp));
    expect((await api.send('GET', `/orders?limit=1&cursor=${cursor}`, sentBy(umbrella))).status).toBe(200);
  });

  it('may use the same idempotency key, for two orders, at the same time too', async () => {
    const order = { json: anOrder(), headers: { 'idempotency-key': 'shared' } };
    const answers = await Promise.all(
      [acme, umbrella, acme, umbrella].map((key) => api.send<OrderOut>('POST', '/orders', sentBy(key, order))),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const [first, second, third, fourth] = answers.map(({ body }) => body.id);
    expect([first, second]).toEqual([third, fourth]);
    expect(first).not.toBe(second);
  });

  it('are the same for two keys of one tenant: a replay too', async () => {
    const colleague = await mint.create('acme');
    const order = { json: anOrder(), headers: { 'idempotency-key': 'ours' } };
    const first = await api.send<OrderOut>('POST', '/orders', sentBy(acme, order));
    const replay = await api.send<OrderOut>('POST', '/orders', sentBy(colleague, order));
    expect(replay.text).toBe(first.text);
    expect(replay.headers['idempotent-replayed']).toBe('true');
  });

  it('stand in the events, with the key that acted', async () => {
    const colleague = await mint.create('acme');
    const { body: order } = await api.create({}, bearer(acme));
    await api.move(order.id, 'PAID', 1, bearer(colleague));
    const { body } = await api.get<{ items: unknown[] }>(`/orders/${order.id}/events`, bearer(acme));
    expect(body.items).toEqual([
      expect.objectContaining({ source: '/tenants/acme', actor: acme.id }),
      expect.objectContaining({ source: '/tenants/acme', actor: colleague.id }),
    ]);
  });

  it('are chosen by nothing but the credential', async () => {
    const headers = { 'x-tenant-id': 'Acme', 'x-tenant': 'Acme', tenant: 'Acme', forwarded: 'for=Acme' };
    expect((await api.get(`/orders/${foreign.id}`, { ...bearer(acme), ...headers })).status).toBe(404);
  });

  it('stand in the completion line', async () => {
    await api.get('/orders', { ...bearer(umbrella), 'x-request-id': 'who' });
    const lines = (): unknown[] => running.logs.filter(({ requestId, tenantId }) => requestId === 'who' && tenantId);
    const giveUpAt = Date.now() + 5_000;
    while (lines().length === 0 && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(lines()).toEqual([expect.objectContaining({ tenantId: 'Acme', msg: 'request completed' })]);
  });
});
