import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderPageOut } from '../../src/orders/list-orders.dto.js';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';

let running: RunningApp;
let api: Api;
/** All orders of before the tests, newest first. */
let orders: OrderOut[];
beforeAll(async () => {
  running = await startApp();
  api = new Api(running);
  const ways = [[], ['PAID'], ['PAID', 'FULFILLED'], ['CANCELLED']];
  const made: OrderOut[] = [];
  for (let n = 0; n < 24; n += 1) {
    let { body: order } = await api.create({ customerId: n % 3 === 0 ? 'anna' : 'berta' });
    for (const status of ways[n % 4]!) ({ body: order } = await api.move(order.id, status, order.version));
    made.unshift(order);
  }
  orders = made;
});
afterAll(async () => {
  api.close();
  await running.close();
});

type Query = Readonly<Record<string, string | readonly string[]>>;

function list(query: Query | string = {}): Promise<Answer<OrderPageOut>> {
  return api.get(`/orders${typeof query === 'string' ? query : toText(query)}`);
}

function toText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
  return `?${new URLSearchParams(pairs).toString()}`;
}

async function page(query: Query | string = {}): Promise<OrderPageOut> {
  const { status, text, body } = await list(query);
  expect(`${status} ${status === 200 ? '' : text}`).toBe('200 ');
  return body;
}

async function idsOf(query: Query): Promise<string[]> {
  const { items, nextCursor } = await page({ limit: '100', ...query });
  expect(nextCursor).toBeNull();
  return items.map(({ id }) => id);
}

/** Every page from the first to the last; `between` runs before each but the first. */
async function walk(query: Query, between: () => Promise<unknown> = () => Promise.resolve()): Promise<OrderOut[][]> {
  const pages: OrderOut[][] = [];
  const seen = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    if (cursor !== '') await between();
    const { items, nextCursor }: OrderPageOut = await page(cursor === '' ? query : { ...query, cursor });
    // Told at once: a list that repeats itself may have no end.
    expect(items.filter(({ id }) => seen.has(id))).toEqual([]);
    for (const { id } of items) seen.add(id);
    pages.push([...items]);
    cursor = nextCursor;
  }
  return pages;
}

/** The parameters that a 422 complains of. */
async function faultsOf(query: Query | string): Promise<string[]> {
  const { status, body } = (await list(query)) as unknown as Answer;
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'validation_failed' });
  for (const fault of body.errors!) expect(Object.keys(fault).sort()).toEqual(['detail', 'parameter']);
  return body.errors!.map(({ parameter }) => parameter!).sort();
}

const idsWhere = (holds: (order: OrderOut) => boolean): string[] => orders.filter(holds).map(({ id }) => id);

describe('GET /orders', () => {
  it('gives the newest first, as a read of each gives it', async () => {
    const { items, nextCursor } = await page({ limit: '100' });
    expect(items).toEqual(orders);
    expect(nextCursor).toBeNull();
  });

  it('gives 20 by default', async () => {
    const { items, nextCursor } = await page();
    expect(items).toEqual(orders.slice(0, 20));
    expect(nextCursor).not.toBeNull();
  });

  it.each([1, 7, 23])('gives at most limit=%d', async (limit) => {
    const { items, nextCursor } = await page({ limit: String(limit) });
    expect(items).toHaveLength(limit);
    expect(typeof nextCursor).toBe('string');
  });

  it('ends with null, also where the last page is exactly full', async () => {
    expect((await page({ limit: '24' })).nextCursor).toBeNull();
    expect((await walk({ limit: '12' })).map((each) => each.length)).toEqual([12, 12]);
  });

  it('has members items and nextCursor only', async () => {
    expect(Object.keys(await page({ customerId: 'nobody' }))).toEqual(['items', 'nextCursor']);
  });
});

describe('a filter', () => {
  it.each(['CREATED', 'PAID', 'FULFILLED', 'CANCELLED'])('status=%s gives those only', async (status) => {
    expect(await idsOf({ status })).toEqual(idsWhere((order) => order.status === status));
  });

  it('status can be repeated: one of them', async () => {
    expect(await idsOf({ status: ['PAID', 'CANCELLED'] })).toEqual(
      idsWhere(({ status }) => status === 'PAID' || status === 'CANCELLED'),
    );
    expect(await idsOf({ status: ['PAID', 'PAID'] })).toEqual(idsWhere(({ status }) => status === 'PAID'));
    expect(await idsOf({ status: ['CREATED', 'PAID', 'FULFILLED', 'CANCELLED'] })).toEqual(orders.map(({ id }) => id));
  });

  it('customerId gives that customer’s only, to the letter', async () => {
    expect(await idsOf({ customerId: 'anna' })).toEqual(idsWhere(({ customerId }) => customerId === 'anna'));
    for (const customerId of ['Anna', 'anna ', ' anna', 'ann', '.*', '$ne'])
      expect(await idsOf({ customerId })).toEqual([]);
  });

  it('customerId may be any text of an order', async () => {
    const customerId = ' a&b=c+d% ü🚀 ';
    const { body } = await api.create({ customerId });
    expect(await idsOf({ customerId })).toEqual([body.id]);
    orders.unshift(body);
  });

  it('createdFrom is inclusive and createdTo exclusive', async () => {
    const [from, to] = [orders[18]!.createdAt, orders[5]!.createdAt];
    expect(await idsOf({ createdFrom: from })).toEqual(idsWhere(({ createdAt }) => createdAt >= from));
    expect(await idsOf({ createdTo: to })).toEqual(idsWhere(({ createdAt }) => createdAt < to));
    expect(await idsOf({ createdFrom: from, createdTo: to })).toEqual(
      idsWhere(({ createdAt }) => createdAt >= from && createdAt < to),
    );
  });

  it('all of them together narrow each other', async () => {
    const [createdFrom, createdTo] = [orders[20]!.createdAt, orders[2]!.createdAt];
    expect(await idsOf({ status: ['PAID', 'CREATED'], customerId: 'berta', createdFrom, createdTo })).toEqual(
      idsWhere(
        (order) =>
          ['PAID', 'CREATED'].includes(order.status) &&
          order.customerId === 'berta' &&
          order.createdAt >= createdFrom &&
          order.createdAt < createdTo,
      ),
    );
  });

  it('a window that ends before it starts, or when it starts, is empty', async () => {
    const { createdAt } = orders[4]!;
    expect(await idsOf({ createdFrom: createdAt, createdTo: createdAt })).toEqual([]);
    expect(await idsOf({ createdFrom: '2100-01-01T00:00:00Z', createdTo: '1970-01-01T00:00:00Z' })).toEqual([]);
  });

  it.each(['0000-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '1970-01-01T00:00:00Z'])(
    'createdFrom=%s, before all orders, is no limit',
    async (createdFrom) => {
      expect(await idsOf({ createdFrom })).toEqual(orders.map(({ id }) => id));
      expect(await idsOf({ createdTo: createdFrom })).toEqual([]);
    },
  );

  it('createdTo=9999-12-31T23:59:59Z, after all orders, is no limit', async () => {
    expect(await idsOf({ createdTo: '9999-12-31T23:59:59Z' })).toEqual(orders.map(({ id }) => id));
    expect(await idsOf({ createdFrom: '9999-12-31T23:59:59Z' })).toEqual([]);
  });

  it('takes one time in every spelling of RFC 3339', async () => {
    const { createdAt } = orders[9]!;
    const expected = await idsOf({ createdFrom: createdAt });
    const [date, time] = [createdAt.slice(0, 10), createdAt.slice(11, 23)];
    const shifted = new Date(Date.parse(createdAt) + 5_400_000).toISOString().slice(0, 23);
    const behind = new Date(Date.parse(createdAt) - 39_600_000).toISOString().slice(0, 23);
    const spellings = [
      `${date}t${time}z`,
      `${date}T${time}000Z`,
      `${date}T${time}+00:00`,
      `${date}T${time}-00:00`,
      `${shifted}+01:30`,
      `${behind}-11:00`,
    ];
    for (const createdFrom of spellings) expect(await idsOf({ createdFrom })).toEqual(expected);
  });
});

describe('a parameter that breaks a rule is 422:', () => {
  it.each(['0', '101', '-1', '1.5', '1e1', '', ' 5', '+5', '05', 'ten', '1000', '0x10', 'NaN'])(
    'limit=%j',
    async (limit) => {
      expect(await faultsOf({ limit })).toEqual(['limit']);
    },
  );

  it.each(['paid', '', 'NOPE', 'CREATED,PAID', ' PAID', 'constructor'])('status=%j', async (status) => {
    expect(await faultsOf({ status })).toEqual(['status']);
    expect(await faultsOf({ status: ['PAID', status] })).toEqual(['status']);
  });

  it.each(['', ' ', 'c'.repeat(129), 'a\nb', '\u0000'])('customerId=%j', async (customerId) => {
    expect(await faultsOf({ customerId })).toEqual(['customerId']);
  });

  it.each([
    ...[
      '',
      'now',
      '2026-11-24',
      '2026-11-24T10:00:00',
      '2026-11-24T10:00:00.000',
      '2026-11-24 10:00:00Z',
      '2026-11-24T10:00Z',
      '1700000000',
    ],
    ...[
      '2026-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-11-24T24:00:00Z',
      '2026-11-24T10:60:00Z',
      '2026-11-24T10:00:61Z',
    ],
    ...[
      '2026-11-24T10:00:00+0100',
      '2026-11-24T10:00:00+01',
      '2026-11-24T10:00:00+24:00',
      '2026-11-24T10:00:00.Z',
      '26-11-24T10:00:00Z',
      '+2026-11-24T10:00:00Z',
    ],
  ])('a time %j', async (time) => {
    expect(await faultsOf({ createdFrom: time })).toEqual(['createdFrom']);
    expect(await faultsOf({ createdTo: time })).toEqual(['createdTo']);
  });

  it.each(['limit', 'customerId', 'createdFrom', 'createdTo', 'cursor'])(
    '%s given twice, even with the same value',
    async (name) => {
      const value = {
        limit: '5',
        customerId: 'anna',
        createdFrom: '2026-01-01T00:00:00Z',
        createdTo: '2026-01-01T00:00:00Z',
        cursor: 'x',
      }[name]!;
      expect(await faultsOf({ [name]: [value, value] })).toEqual([name]);
    },
  );

  it.each([
    'offset',
    'page',
    'sort',
    'Limit',
    'tenantId',
    'constructor',
    '__proto__',
    'hasOwnProperty',
    'toString',
    'status[]',
    'a b',
    '$where',
    '',
  ])('an unknown parameter %j', async (name) => {
    expect(await faultsOf(`?${encodeURIComponent(name)}=1`)).toEqual([name]);
  });

  it('all faults at once', async () => {
    expect(await faultsOf('?limit=0&status=x&customerId=&createdFrom=x&createdTo=y&offset=1&sort=id')).toEqual([
      ...['createdFrom', 'createdTo', 'customerId', 'limit', 'offset', 'sort', 'status'],
    ]);
  });
});

describe('a cursor', () => {
  it.each([1, 4, 7])('walks over every order once, newest first, limit=%d', async (limit) => {
    const pages = await walk({ limit: String(limit) });
    expect(pages.flat()).toEqual(orders);
    for (const each of pages.slice(0, -1)) expect(each).toHaveLength(limit);
  });

  it.each([{ status: ['PAID', 'CREATED'] }, { customerId: 'berta' }, { status: 'CANCELLED', customerId: 'anna' }])(
    'walks with the filters %j',
    async (filters) => {
      const walked = (await walk({ ...filters, limit: '2' })).flat().map(({ id }) => id);
      expect(walked).toEqual(await idsOf(filters));
    },
  );

  it('walks inside a window of time', async () => {
    const window = { createdFrom: orders[17]!.createdAt, createdTo: orders[3]!.createdAt };
    expect((await walk({ ...window, limit: '3' })).flat().map(({ id }) => id)).toEqual(await idsOf(window));
  });

  it('neither skips nor repeats while orders are created and changed', async () => {
    const before = await idsOf({});
    const walked = await walk({ limit: '5' }, async () => {
      const { body } = await api.create();
      orders.unshift((await api.move(body.id, 'PAID', 1)).body);
    });
    const ids = walked.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => before.includes(id))).toEqual(before);
  });

  it('lets the page size change on the way', async () => {
    const { items, nextCursor } = await page({ limit: '3' });
    const rest = await page({ limit: '100', cursor: nextCursor! });
    expect([...items, ...rest.items]).toEqual(orders);
  });

  it('is the same whatever the order and spelling of equal filters', async () => {
    const { nextCursor } = await page({ limit: '1', status: ['PAID', 'CREATED'], createdTo: '2100-01-01T00:00:00Z' });
    const { status } = await list({
      limit: '1',
      createdTo: '2100-01-01T01:00:00+01:00',
      status: ['CREATED', 'PAID'],
      cursor: nextCursor!,
    });
    expect(status).toBe(200);
  });

  it('is bound to its filters: any other are 422', async () => {
    const filters = {
      status: 'PAID',
      customerId: 'berta',
      createdFrom: '2020-01-01T00:00:00Z',
      createdTo: '2100-01-01T00:00:00Z',
    };
    const { nextCursor } = await page({ ...filters, limit: '1' });
    const cursor = nextCursor!;
    expect((await list({ ...filters, cursor })).status).toBe(200);
    for (const name of Object.keys(filters)) {
      const others = Object.fromEntries(Object.entries(filters).filter(([key]) => key !== name));
      expect(await faultsOf({ ...others, cursor })).toEqual(['cursor']);
    }
    expect(await faultsOf({ ...filters, status: ['PAID', 'CREATED'], cursor })).toEqual(['cursor']);
    expect(await faultsOf({ ...filters, customerId: 'anna', cursor })).toEqual(['cursor']);
    expect(await faultsOf({ ...filters, createdFrom: '2020-01-01T00:00:00.001Z', cursor })).toEqual(['cursor']);
    expect(await faultsOf({ cursor })).toEqual(['cursor']);
  });

  it('is 422 when any single character was changed, removed or added', async () => {
    const { nextCursor } = await page({ limit: '1' });
    const cursor = nextCursor!;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (let at = 0; at < cursor.length; at += 1) {
      const next = alphabet[(alphabet.indexOf(cursor[at]!) + 1) % alphabet.length]!;
      for (const instead of [next, '', `${cursor[at]!}A`, '.', '=']) {
        const changed = cursor.slice(0, at) + instead + cursor.slice(at + 1);
        if (changed !== cursor)
          expect(`${at}${instead} ${String(await faultsOf({ cursor: changed }))}`).toBe(`${at}${instead} cursor`);
      }
    }
  });

  it.each(['', ' ', 'x', 'null', 'undefined', 'eyJpZCI6MX0', 'A'.repeat(44), 'A'.repeat(4_000)])(
    'that is made up is 422: %j',
    async (cursor) => {
      expect(await faultsOf({ cursor })).toEqual(['cursor']);
    },
  );

  it('is an order’s id to nobody', async () => {
    expect(await faultsOf({ cursor: orders[3]!.id })).toEqual(['cursor']);
  });

  it('of one instance is good for another one', async () => {
    const other = await startApp({ config: { mongodbUri: running.mongodbUri } });
    const otherApi = new Api(other);
    try {
      const { nextCursor } = await page({ limit: '2' });
      const rest = await otherApi.get<OrderPageOut>(`/orders?limit=100&cursor=${nextCursor!}`);
      expect(rest.body.items).toEqual(orders.slice(2));
    } finally {
      otherApi.close();
      await other.close();
    }
  });
});
