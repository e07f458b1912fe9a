import fc from 'fast-check';
import type { Memory } from './commands.js';
import { keyIn, transitions, versionIn } from './model.js';
import type { OrderOut, Request, WriteRequest } from './model.js';
import { currencies } from './money.js';
import { statuses } from './validity.js';

/** A request is drawn without knowing what there will be; it is made when its turn comes. */
export type Choice<T extends Request = Request> = (memory: Memory) => T;

const unknownId = '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0';
const customers = ['cus_1', 'cus_2', 'Čapek & synové 🦊'];

const text = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('a', ' b ', 'A/B#~1', '"quoted"', '\u00a0x', '東京', '🦊'.repeat(20)) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(max)) },
  );

const unitPrice = fc.oneof(
  fc.constantFrom('0', '0.005', '0.004999', '19.99', '999999999.999999', '0.000001', '1.10', '0.0'),
  fc.stringMatching(/^(0|[1-9][0-9]{0,8})\.[0-9]{1,6}$/),
);

const line = fc.record(
  {
    sku: text(64),
    description: text(500),
    quantity: fc.oneof(fc.constantFrom(1, 2, 1_000_000), fc.integer({ min: 1, max: 1_000_000 })),
    unitPrice,
  },
  { requiredKeys: ['sku', 'quantity', 'unitPrice'] },
);

const metadata = fc.dictionary(fc.constantFrom('a', 'b-1', 'constructor', 'X_y'), text(500), { maxKeys: 3 });

const order = fc.record(
  {
    customerId: fc.constantFrom(...customers),
    currency: fc.constantFrom(...currencies),
    items: fc.array(line, { minLength: 1, maxLength: 3 }),
    metadata,
  },
  { requiredKeys: ['customerId', 'currency', 'items'] },
);

/** A way to break a body: what of it becomes what; `undefined` takes the member away. */
const damage: fc.Arbitrary<object> = fc.constantFrom(
  ...[{ customerId: undefined }, { customerId: '' }, { customerId: ' ' }, { customerId: 7 }, { customerId: null }],
  ...[{ customerId: 'x'.repeat(129) }, { customerId: 'a\u0000' }, { customerId: '\ud800' }, { customerId: 'a\u0085b' }],
  ...[{ currency: 'usd' }, { currency: 'XAU' }, { currency: 'XXX' }, { currency: 'ZZZ' }, { currency: undefined }],
  ...[{ items: [] }, { items: {} }, { items: undefined }, { items: [null] }, { items: ['x', { sku: 's' }] }],
  { items: [{ sku: '', quantity: 0, unitPrice: 1, amount: '1.00' }] },
  { items: [{ sku: 'x'.repeat(65), quantity: 1.5, unitPrice: '01' }] },
  { items: [{ sku: 's', description: null, quantity: 1_000_001, unitPrice: '1.' }] },
  { items: [{ sku: 's', quantity: '1', unitPrice: '-1' }] },
  { items: [{ sku: 's', quantity: 1, unitPrice: '1000000000' }] },
  { items: [{ sku: 's', quantity: 1, unitPrice: '1.0000001' }] },
  { items: Array.from({ length: 101 }, () => ({ sku: 's', quantity: 1, unitPrice: '1' })) },
  ...[{ metadata: null }, { metadata: [] }, { metadata: { '1a': 'x' } }, { metadata: { a: 1, b: '' } }],
  { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 'v'])) },
  ...[{ amount: '1.00' }, { id: unknownId }, { status: 'PAID' }, { tenantId: 'other' }],
);

const brokenOrder: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(order, fc.array(damage, { minLength: 1, maxLength: 3 }))
      .map(([whole, damages]) => Object.assign({}, whole, ...damages) as unknown),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], 'order', 1, {}) },
);

const brokenJson = fc.constantFrom('', '{', '{"a":1,}', '{"__proto__":{}}', 'undefined');

const orderText = fc.oneof(
  { weight: 7, arbitrary: order.map((body) => JSON.stringify(body)) },
  { weight: 2, arbitrary: brokenOrder.map((body) => JSON.stringify(body)) },
  { weight: 1, arbitrary: brokenJson },
);

const goodKey = fc.constantFrom('k1', 'k2', 'k3', '"k1"', '"k2"', "it's,a;key=?", 'k'.repeat(255), '$where');
const badKey = fc.constantFrom('a b', '"open', '""', 'k'.repeat(256));
const key = fc.option(fc.oneof({ weight: 12, arbitrary: goodKey }, { weight: 1, arbitrary: badKey }), {
  nil: undefined,
  freq: 2,
});

/** Numbers pick one of what there is by then, so that they keep their meaning while a counterexample shrinks. */
const index = fc.nat({ max: 50 });

export const create: fc.Arbitrary<Choice> = fc
  .record({ body: orderText, key })
  .map(({ body, key }) => () => ({ kind: 'create', body, ...(key === undefined ? {} : { key }) }));

export const get: fc.Arbitrary<Choice> = fc
  .record({ which: index, spoilt: rarely(), tag: fc.option(fc.nat({ max: 6 })) })
  .map(({ which, spoilt, tag }) => (memory) => {
    const id = idOf(memory, which, spoilt);
    const current = `"${versionOf(memory, id)}"`;
    const tags = [current, `W/${current}`, `"7", ${current}`, '*', '"9"', current.slice(1, -1), 'W/"8" , "x,y"'];
    return { kind: 'get', id, ...(tag === null ? {} : { ifNoneMatch: tags[tag] ?? '' }) };
  });

export const history: fc.Arbitrary<Choice> = fc
  .record({ which: index, spoilt: rarely() })
  .map(({ which, spoilt }) => (memory) => ({ kind: 'history', id: idOf(memory, which, spoilt) }));

const changeText = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...statuses).map((status) => JSON.stringify({ status })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('{"status":"paid"}', '{"status":"SHIPPED"}', '{}', '[]', 'null', '{"status":["PAID"]}'),
  },
  { weight: 1, arbitrary: fc.constantFrom('{"status":"PAID","version":2}', '{"status":null,"reason":"x"}') },
  { weight: 1, arbitrary: brokenJson },
);

const brokenIfMatch = fc.constantFrom(
  ...[
    undefined,
    undefined,
    '*',
    'W/"1"',
    '"1","2"',
    '1,2',
    '0',
    '"0"',
    '01',
    '+1',
    '-1',
    '1.0',
    '"1',
    '9007199254740992',
  ],
  ...['', 'abc', '"abc"', '1e0'],
);

export const change: fc.Arbitrary<Choice> = fc
  .record({
    which: index,
    spoilt: rarely(),
    body: changeText,
    legal: fc.boolean(),
    key,
    by: fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1, 9007199254740990),
    quoted: fc.boolean(),
    broken: fc.option(brokenIfMatch, { nil: null, freq: 8 }).map((header) => ({ header })),
    isBroken: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  })
  .map(({ which, spoilt, body: drawn, legal, key, by, quoted, broken, isBroken }) => (memory) => {
    const id = idOf(memory, which, spoilt);
    const version = Math.min(Math.max(versionOf(memory, id) + by, 1), Number.MAX_SAFE_INTEGER);
    const right = quoted ? `"${version}"` : String(version);
    const ifMatch = isBroken ? (broken.header ?? undefined) : right;
    const status = memory.state.orders.find((order) => order.id === id)?.status ?? 'CREATED';
    const to = transitions[status][which % 2];
    const body = legal && to !== undefined ? JSON.stringify({ status: to }) : drawn;
    // The contract does not rank two bad headers, so one of them is good.
    const isReadable = ifMatch !== undefined && versionIn(ifMatch) !== undefined;
    const withKey = key !== undefined && (isReadable || keyIn(key) !== undefined);
    return {
      ...{ kind: 'change', id, body },
      ...(ifMatch === undefined ? {} : { ifMatch }),
      ...(withKey ? { key } : {}),
    };
  });

/** An earlier request with its key once more, spelt otherwise. */
export const replay: fc.Arbitrary<Choice> = fc
  .record({ which: index, spelling: fc.nat({ max: 7 }), fallback: create })
  .map(({ which, spelling, fallback }) => (memory) => {
    const earlier = earlierIn(memory, which);
    return earlier ? respelt(earlier, spelling) : fallback(memory);
  });

/** The key of an earlier request with something else of it changed. */
export const reuse: fc.Arbitrary<Choice> = fc
  .record({ which: index, other: index, what: fc.nat({ max: 3 }), fallback: create })
  .map(({ which, other, what, fallback }) => (memory) => {
    const earlier = earlierIn(memory, which);
    if (!earlier) return fallback(memory);
    if (what === 0) return { ...earlier, body: '{"status":"CANCELLED"}' };
    if (what === 1) return { ...earlier, body: '[{}]' };
    if (earlier.kind === 'create') return { ...earlier, kind: 'change', id: idOf(memory, other, false), ifMatch: '1' };
    return what === 2 ? { ...earlier, ifMatch: '2' } : { ...earlier, id: idOf(memory, other, false) };
  });

/** Most lists have few filters or none: the more filters, the fewer pages. */
const filters = fc.record({
  status: seldom(fc.uniqueArray(fc.constantFrom(...statuses), { minLength: 1, maxLength: 3 })),
  customerId: seldom(fc.constantFrom(...customers)),
  from: seldom(fc.tuple(index, fc.integer({ min: -1, max: 1 }), fc.boolean())),
  to: seldom(fc.tuple(index, fc.integer({ min: -1, max: 1 }), fc.boolean())),
});

const query: fc.Arbitrary<(memory: Memory) => readonly (readonly [string, string])[]> = filters.map(
  ({ status, customerId, from, to }) =>
    (memory) => [
      ...(status ?? []).map((each) => ['status', each] as const),
      ...(customerId === null ? [] : [['customerId', customerId] as const]),
      ...(from === null ? [] : [['createdFrom', timeNear(memory, ...from)] as const]),
      ...(to === null ? [] : [['createdTo', timeNear(memory, ...to)] as const]),
    ],
);

const limit = fc.constantFrom('1', '1', '2', '3', '20', '100');

const brokenParameters = fc.constantFrom<readonly (readonly [string, string])[]>(
  ...([[['limit', '0']], [['limit', '101']], [['limit', '1.5']], [['limit', '']], [['sort', 'id']]] as const),
  ...([[['status', 'paid']], [['createdFrom', '2026-11-24']], [['createdTo', '2026-11-24T10:00:00']]] as const),
  ...([
    [['customerId', ' ']],
    [['limit', '5']],
    [['Limit', '5']],
    [
      ['tenantId', 'other'],
      ['status', 'GONE'],
    ],
  ] as const),
);

export const list: fc.Arbitrary<Choice> = fc
  .record({ query, limit, more: seldom(brokenParameters) })
  .map(({ query, limit, more }) => (memory) => {
    return { kind: 'list', query: [...query(memory), ['limit', limit], ...(more ?? [])] };
  });

/** An earlier cursor, with its filters or with others, with another page size, or changed. */
export const page: fc.Arbitrary<Choice> = fc
  .record({ which: index, limit, others: query, how: fc.nat({ max: 5 }) })
  .map(({ which, limit, others, how }) => (memory) => {
    const cursors = [...memory.state.cursors];
    const [cursor, { filters }] = cursors[which % cursors.length] ?? ['made-up', { filters: '[]' }];
    const own = JSON.parse(filters) as [string, string][];
    const spoilt = `${cursor.slice(0, 20)}${cursor[20] === 'A' ? 'B' : 'A'}${cursor.slice(21)}`;
    const queries = [own, others(memory), own.slice(1), withCustomer(own, which)];
    const query = queries[how] ?? own.toReversed();
    return { kind: 'list', query: [...query, ['limit', limit], ['cursor', how === 0 ? spoilt : cursor]] };
  });

export const walk = fc.record({ query, limit: fc.constantFrom('1', '2', '5'), between: fc.oneof(create, change) });

function withCustomer(query: readonly (readonly [string, string])[], which: number): [string, string][] {
  const others = query
    .filter(([name]) => name !== 'customerId')
    .map(([name, value]): [string, string] => [name, value]);
  return [...others, ['customerId', customers[which % customers.length] ?? '']];
}

function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

function rarely(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
}

/** A known order's id; when it is spoilt, or there is none, something that is no order's. */
function idOf({ state }: Memory, which: number, spoilt: boolean): string {
  const id = state.orders[which % Math.max(state.orders.length, 1)]?.id ?? unknownId;
  if (!spoilt) return id;
  return [unknownId, 'malformed', id.toUpperCase(), `${id}0`, id.replaceAll('-', ''), '%20', '1'][which % 7] ?? '1';
}

/** Mostly one that succeeded. */
function earlierIn({ keyed, stored }: Memory, which: number): WriteRequest | undefined {
  const some = which % 4 === 0 || stored.length === 0 ? keyed : stored;
  return some[which % Math.max(some.length, 1)];
}

function versionOf({ state }: Memory, id: string): number {
  return state.orders.find((order: OrderOut) => order.id === id)?.version ?? 1;
}

/** The creation of a known order, or a millisecond beside it; in UTC, or as a clock in Kathmandu shows it. */
function timeNear({ state }: Memory, which: number, by: number, kathmandu: boolean): string {
  const known = state.orders[which % Math.max(state.orders.length, 1)]?.createdAt ?? '2026-11-24T10:00:00.000Z';
  const time = Date.parse(known) + by;
  if (!kathmandu) return new Date(time).toISOString();
  return new Date(time + (5 * 60 + 45) * 60_000).toISOString().replace('Z', '+05:45');
}

/** Equal in meaning: white space, order of members, escapes, quotes around key and version. */
function respelt(request: WriteRequest, spelling: number): WriteRequest {
  const key = keyIn(request.key ?? '') ?? '';
  const canQuote = key.length <= 255 && !/["\\]/.test(key);
  const spelt = {
    key: canQuote && spelling % 2 === 0 ? `"${key}"` : key,
    body: spelling >= 4 ? respeltJson(request.body) : request.body,
  };
  if (request.kind === 'create' || request.ifMatch === undefined) return { ...request, ...spelt };
  const version = request.ifMatch.replaceAll('"', '');
  const isRight = versionIn(request.ifMatch) !== undefined;
  return { ...request, ...spelt, ifMatch: isRight && spelling % 3 === 0 ? `"${version}"` : request.ifMatch };
}

function respeltJson(text: string): string {
  try {
    return ` ${spaced(JSON.parse(text))}\r\n`;
  } catch {
    return text;
  }
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(spaced).join(' ,\n')} ]`;
  if (typeof value === 'string') return escaped(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toReversed();
  return `{\t${members.map(([name, member]) => `${escaped(name)} : ${spaced(member)}`).join(',')} }`;
}

function escaped(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'));
  return text.length > 30 ? JSON.stringify(text) : `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}
