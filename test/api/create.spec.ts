import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { aLine, anOrder } from '../support/builders.js';

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

/** The pointers of all faults, in the order of the alphabet. Fails when the body is accepted. */
async function faultsOf(body: unknown): Promise<string[]> {
  return pointersOf(typeof body === 'string' ? body : JSON.stringify(body));
}

async function pointersOf(raw: string): Promise<string[]> {
  const answer = await api.send('POST', '/orders', { raw });
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 422, code: 'validation_failed' });
  const errors = answer.body.errors ?? [];
  for (const fault of errors) expect(Object.keys(fault).sort()).toEqual(['detail', 'pointer']);
  return errors.map(({ pointer }) => pointer!).sort();
}

async function accepted(body: unknown): Promise<OrderOut> {
  const answer = await api.send<OrderOut>('POST', '/orders', { json: body });
  expect(answer.status).toBe(201);
  return answer.body;
}

const withLine = (line: object): object => ({ ...anOrder(), items: [{ ...aLine(), ...line }] });
const without = (name: string, from: object): object =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));

describe('POST /orders', () => {
  it('answers 201 with Location, ETag and the order', async () => {
    const line = { sku: 'SIM-CFD-1', description: 'CFD run, 1M cells', quantity: 2, unitPrice: '19.99' };
    const sent = { customerId: 'cus_42', currency: 'USD', items: [line], metadata: { project: 'wing-7' } };
    const { status, headers, body } = await api.send<OrderOut>('POST', '/orders', { json: sent });
    expect(status).toBe(201);
    expect(headers).toMatchObject({ location: `/orders/${body.id}`, etag: '"1"' });
    expect(headers['content-type']).toMatch(/^application\/json(; charset=utf-8)?$/);
    expect(headers).not.toHaveProperty('idempotent-replayed');
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      ...{ status: 'CREATED', allowedTransitions: ['PAID', 'CANCELLED'], customerId: 'cus_42', currency: 'USD' },
      items: [{ ...line, amount: '39.98' }],
      ...{ amount: '39.98', metadata: { project: 'wing-7' }, version: 1 },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: body.createdAt,
    });
  });

  it('leaves out a description that was not sent and gives {} for metadata', async () => {
    const order = await accepted(anOrder());
    expect(order.items[0]).not.toHaveProperty('description');
    expect(order.metadata).toEqual({});
  });

  it('gives an id whose time is createdAt', async () => {
    const { id, createdAt } = await accepted(anOrder());
    expect(new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString()).toBe(createdAt);
  });

  it('takes every member at its limits', async () => {
    const longest = {
      customerId: 'c'.repeat(128),
      items: Array.from({ length: 100 }, () =>
        aLine({ sku: 's'.repeat(64), description: 'd'.repeat(500), quantity: 1_000_000 }),
      ),
      metadata: Object.fromEntries(
        Array.from({ length: 20 }, (_, index) => [`k${index}`.padEnd(40, 'x'), 'v'.repeat(500)]),
      ),
    };
    const order = await accepted(anOrder(longest));
    expect(order.items).toHaveLength(100);
    expect(order.metadata).toEqual(longest.metadata);
    expect(
      (await accepted(anOrder({ customerId: 'c', items: [aLine({ sku: 's', description: 'd', quantity: 1 })] })))
        .customerId,
    ).toBe('c');
  });

  it('counts code points and not UTF-16 units', async () => {
    const order = await accepted({
      ...withLine({ sku: '🚀'.repeat(64), description: '🚀'.repeat(500) }),
      customerId: '🚀'.repeat(128),
      metadata: { k: '🚀'.repeat(500) },
    });
    expect(order.customerId).toBe('🚀'.repeat(128));
    expect(
      await faultsOf({
        ...withLine({ sku: '🚀'.repeat(65), description: '🚀'.repeat(501) }),
        customerId: '🚀'.repeat(129),
        metadata: { k: '🚀'.repeat(501) },
      }),
    ).toEqual(['#/customerId', '#/items/0/description', '#/items/0/sku', '#/metadata/k']);
  });

  it('keeps blanks around a text, and every other character, as they are', async () => {
    const text = '  a\u00a0ß e\u0301 \u2028 \u{10FFFD} \ufeff ';
    const order = await accepted({
      ...withLine({ sku: text, description: text }),
      customerId: text,
      metadata: { k: text },
    });
    expect([order.customerId, order.items[0]?.sku, order.items[0]?.description, order.metadata['k']]).toEqual([
      text,
      text,
      text,
      text,
    ]);
    expect((await api.get<OrderOut>(`/orders/${order.id}`)).body).toEqual(order);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'length', 'toJSON', 'a-b_9', 'Z'])(
    'takes %s as an ordinary key of metadata',
    async (key) => {
      const order = await accepted({ ...anOrder(), metadata: { [key]: 'value' } });
      expect(Object.entries(order.metadata)).toEqual([[key, 'value']]);
      expect((await api.get<OrderOut>(`/orders/${order.id}`)).body.metadata).toEqual({ [key]: 'value' });
    },
  );

  it('keeps the order of metadata and of items', async () => {
    const items = ['c', 'a', 'b'].map((sku) => aLine({ sku }));
    const order = await accepted(anOrder({ items, metadata: { z: '1', a: '2', m: '3' } }));
    expect(order.items.map(({ sku }) => sku)).toEqual(['c', 'a', 'b']);
    expect(Object.keys(order.metadata)).toEqual(['z', 'a', 'm']);
  });

  it('lets the last one of a repeated member count', async () => {
    const line = '{"sku":"first","sku":"last","quantity":1,"quantity":3,"unitPrice":"1"}';
    const { status, body } = await api.send<OrderOut>('POST', '/orders', {
      raw: `{"customerId":null,"customerId":"last","currency":"USD","items":[],"items":[${line}],"metadata":{"k":"first","k":"last"}}`,
    });
    expect({ status, customerId: body.customerId, item: body.items[0], metadata: body.metadata }).toEqual({
      ...{ status: 201, customerId: 'last', metadata: { k: 'last' } },
      item: { sku: 'last', quantity: 3, unitPrice: '1', amount: '3.00' },
    });
  });

  it('takes any JSON spelling of an integer as quantity', async () => {
    for (const [spelling, quantity] of [
      ['2.0', 2],
      ['1e2', 100],
      ['20e-1', 2],
    ] as const) {
      const raw = JSON.stringify(anOrder()).replace('"quantity":2', `"quantity":${spelling}`);
      expect((await api.send<OrderOut>('POST', '/orders', { raw })).body.items[0]?.quantity).toBe(quantity);
    }
  });
});

describe('a body that breaks a rule is 422 with the pointer of each fault:', () => {
  it.each(['[]', 'null', '1', '"text"', 'true', '[{}]'])('%s is not an object', async (raw) => {
    expect(await pointersOf(raw)).toEqual(['#']);
  });

  it.each([
    ['every required member is missing', {}, ['#/currency', '#/customerId', '#/items']],
    ['customerId is missing', without('customerId', anOrder()), ['#/customerId']],
    ['currency is missing', without('currency', anOrder()), ['#/currency']],
    ['items is missing', without('items', anOrder()), ['#/items']],
    [
      'every member of an item is missing',
      { ...anOrder(), items: [{}] },
      ['#/items/0/quantity', '#/items/0/sku', '#/items/0/unitPrice'],
    ],
    [
      'every member is null',
      { customerId: null, currency: null, items: null, metadata: null },
      ['#/currency', '#/customerId', '#/items', '#/metadata'],
    ],
    [
      'every member of an item is null',
      withLine({ sku: null, description: null, quantity: null, unitPrice: null }),
      ['#/items/0/description', '#/items/0/quantity', '#/items/0/sku', '#/items/0/unitPrice'],
    ],
    ['a value of metadata is null', { ...anOrder(), metadata: { k: null } }, ['#/metadata/k']],
    [
      'members have other types',
      { customerId: 1, currency: ['USD'], items: { 0: aLine() }, metadata: 'text' },
      ['#/currency', '#/customerId', '#/items', '#/metadata'],
    ],
    ['metadata is a list', { ...anOrder(), metadata: [] }, ['#/metadata']],
    [
      'values of metadata are no strings',
      { ...anOrder(), metadata: { a: 1, b: true, c: {}, d: ['x'] } },
      ['#/metadata/a', '#/metadata/b', '#/metadata/c', '#/metadata/d'],
    ],
    [
      'items are no objects',
      { ...anOrder(), items: [1, null, 'x', [], aLine()] },
      ['#/items/0', '#/items/1', '#/items/2', '#/items/3'],
    ],
    ['an item is a list', { ...anOrder(), items: [[]] }, ['#/items/0']],
    ['an item is a list of items', { ...anOrder(), items: [[aLine()], aLine()] }, ['#/items/0']],
    ['there are no items', { ...anOrder(), items: [] }, ['#/items']],
    ['there are 101 items', { ...anOrder(), items: Array.from({ length: 101 }, () => aLine()) }, ['#/items']],
    [
      'there are 101 items, and one of them has a fault',
      { ...anOrder(), items: [aLine({ sku: '' }), ...Array.from({ length: 100 }, () => aLine())] },
      ['#/items', '#/items/0/sku'],
    ],
    [
      'there are 21 pairs',
      { ...anOrder(), metadata: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, 'v'])) },
      ['#/metadata'],
    ],
    ['customerId is too long', anOrder({ customerId: 'c'.repeat(129) }), ['#/customerId']],
    ['sku is too long', withLine({ sku: 's'.repeat(65) }), ['#/items/0/sku']],
    ['description is too long', withLine({ description: 'd'.repeat(501) }), ['#/items/0/description']],
    ['a value of metadata is too long', anOrder({ metadata: { k: 'v'.repeat(501) } }), ['#/metadata/k']],
    [
      'a key of metadata is too long',
      anOrder({ metadata: { ['k'.repeat(41)]: 'v' } }),
      [`#/metadata/${'k'.repeat(41)}`],
    ],
    [
      'faults stand in several places',
      {
        customerId: '',
        currency: 'usd',
        items: [aLine(), { ...aLine(), quantity: 0 }, { ...aLine(), sku: '' }],
        metadata: { '1': 'v' },
        extra: 1,
      },
      ['#/currency', '#/customerId', '#/extra', '#/items/1/quantity', '#/items/2/sku', '#/metadata/1'],
    ],
  ])('%s', async (_rule, body, pointers) => {
    expect(await faultsOf(body)).toEqual(pointers);
  });

  it.each(['', ' ', '\u00a0', '\u3000 \u2003', '\u2028'])('a text of nothing but blanks: %j', async (blank) => {
    const body = {
      ...withLine({ sku: blank, description: blank }),
      customerId: blank,
      metadata: { k: blank },
    };
    expect(await faultsOf(body)).toEqual(['#/customerId', '#/items/0/description', '#/items/0/sku', '#/metadata/k']);
  });

  it.each(['\u0000', '\u0009', '\u000a', '\u001f', '\u007f', '\u0080', '\u009f'])(
    'a control character: %j',
    async (control) => {
      const text = `a${control}b`;
      const body = {
        ...withLine({ sku: text, description: text }),
        customerId: text,
        metadata: { k: text },
      };
      expect(await faultsOf(body)).toEqual(['#/customerId', '#/items/0/description', '#/items/0/sku', '#/metadata/k']);
    },
  );

  it.each(['\\ud83d', '\\ude80', '\\ude80\\ud83d'])('a lone surrogate: %s', async (surrogate) => {
    const raw = `{"customerId":"a${surrogate}","currency":"USD","items":[{"sku":"${surrogate}","description":"${surrogate}b","quantity":1,"unitPrice":"1"}],"metadata":{"k":"${surrogate}"}}`;
    expect(await pointersOf(raw)).toEqual(['#/customerId', '#/items/0/description', '#/items/0/sku', '#/metadata/k']);
  });

  it.each(['"\\ud83d"', '"a\\udc00b"'])('a member called by a lone surrogate: %s', async (name) => {
    const pointers = await pointersOf(`{${name}:1,${JSON.stringify(anOrder()).slice(1)}`);
    expect(pointers).toEqual([expect.stringMatching(/^#\/.*%EF%BF%BD/)]);
  });

  it.each([0, -1, 1.5, 1_000_001, '2', true, null, [], {}, 2 ** 53])('quantity %j', async (quantity) => {
    expect(await faultsOf(withLine({ quantity }))).toEqual(['#/items/0/quantity']);
  });

  it.each(['1e999', '-0', '0.0'])('quantity %s', async (quantity) => {
    expect(await pointersOf(JSON.stringify(anOrder()).replace('"quantity":2', `"quantity":${quantity}`))).toEqual([
      '#/items/0/quantity',
    ]);
  });

  it.each(['usd', 'US', 'USDD', 'US1', ' USD', 'USD ', 'ÜSD', '', 'constructor'])('currency %j', async (currency) => {
    expect(await faultsOf({ ...anOrder(), currency })).toEqual(['#/currency']);
  });

  it.each(['', '1a', '_a', '-a', 'a b', 'ä', 'a.b', '$a', 'a$'])('a key of metadata %j', async (key) => {
    const pointer = `#/metadata/${encodeURI(key)}`;
    expect(await faultsOf({ ...anOrder(), metadata: { [key]: 'v' } })).toEqual([pointer]);
  });

  it.each([
    'amount',
    'id',
    'status',
    'version',
    'tenantId',
    'createdAt',
    'allowedTransitions',
    '_id',
    'Currency',
    'constructor',
    'hasOwnProperty',
    'toString',
    'prototype',
    'then',
    '',
  ])('an unknown member %j', async (name) => {
    expect(await faultsOf({ ...anOrder(), [name]: 'x' })).toEqual([`#/${name}`]);
    expect(await faultsOf({ ...anOrder(), [name]: { constructor: { prototype: 1 } } })).toEqual([`#/${name}`]);
    expect(await faultsOf({ ...anOrder(), items: [aLine(), { ...aLine(), [name]: null }] })).toEqual([
      `#/items/1/${name}`,
    ]);
  });

  it('an unknown member’s pointer is escaped as RFC 6901 has it, in a URI fragment', async () => {
    expect(await faultsOf({ ...anOrder(), 'a/b~c %#ä"': 1 })).toEqual(['#/a~1b~0c%20%25%23%C3%A4%22']);
  });

  it('an unknown member that is deeply nested', async () => {
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
    expect(await pointersOf(`{"extra":${deep},${JSON.stringify(anOrder()).slice(1)}`)).toEqual(['#/extra']);
    expect(await pointersOf(JSON.stringify({ ...anOrder(), metadata: { k: 'DEEP' } }).replace('"DEEP"', deep))).toEqual(
      ['#/metadata/k'],
    );
  });

  it('every one of very many', async () => {
    const members = Object.fromEntries(Array.from({ length: 1_500 }, (_, n) => [`m${n}`, 1]));
    expect(await faultsOf({ ...anOrder(), ...members })).toHaveLength(1_500);
  });

  it('a detail says what is wrong, and never repeats what was sent', async () => {
    const { body } = await api.send('POST', '/orders', {
      json: { ...anOrder(), currency: 'hunter2', customerId: 'hunter2'.repeat(40) },
    });
    expect(body.errors).toHaveLength(2);
    expect(body.detail + body.errors!.map(({ detail }) => detail).join('')).not.toContain('hunter2');
  });
});
