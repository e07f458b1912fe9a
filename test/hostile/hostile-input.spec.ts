import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/api.js';
import { anOrder } from '../support/builders.js';
import { get, orderWith, outcome, outcomes, post, Target } from './attack.js';

const order = JSON.stringify(anOrder());
const members = ['customerId', 'currency', 'items', 'metadata', 'sku', 'description', 'quantity', 'unitPrice'];
const pointerOf = (member: string): string =>
  ['sku', 'description', 'quantity', 'unitPrice'].includes(member) ? `#/items/0/${member}` : `#/${member}`;

let target: Target;
beforeAll(async () => (target = await Target.start()));
afterEach(() => target.mustBeUnharmed());
afterAll(() => target.stop());

const create = (raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> =>
  target.api.send('POST', '/orders', { raw, headers });
const move = (raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> =>
  target.api.send('PATCH', '/orders/some', { raw, headers: { 'if-match': '1', ...headers } });

/** A key that has made an order: any other body with it is `idempotency_key_reused`, valid or not. */
async function usedKey(): Promise<Record<string, string>> {
  const key = { 'idempotency-key': crypto.randomUUID() };
  expect((await target.api.create({}, key)).status).toBe(201);
  return key;
}

/** Refused as invalid, at these places, by POST; and by its key when that was used. */
async function mustBeInvalid(body: string, ...pointers: readonly string[]): Promise<void> {
  const answer = await create(body);
  expect(outcome(answer)).toBe('422 validation_failed');
  if (pointers.length > 0) expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  expect(outcome(await create(body, await usedKey()))).toBe('422 idempotency_key_reused');
}

describe('a body cut off', () => {
  it('anywhere is not JSON', async () => {
    const bytes = Buffer.from(JSON.stringify(anOrder({ customerId: 'cut 🚀 é', metadata: { k: '\\"' } })));
    for (let length = 0; length < bytes.length; length += 1) {
      expect([length, outcome(await create(bytes.subarray(0, length)))]).toEqual([length, '400 malformed_json']);
    }
    expect(await target.ordersOf('cut 🚀 é')).toBe(0);
  });
});

describe('nesting to the limit of a body', () => {
  const arrays = (bytes: number): string => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2);
  const objects = (bytes: number): string => `${'{"":'.repeat(bytes / 5)}1${'}'.repeat(bytes / 5)}`;

  it.each([
    ['arrays', arrays],
    ['objects', objects],
  ])('of %s, in the place of each member and of the whole', async (_what, nest) => {
    const deep = nest(250_000);
    await mustBeInvalid(deep);
    for (const member of members) await mustBeInvalid(orderWith(member, deep));
    await mustBeInvalid(orderWith('metadata', `{"k":${deep}}`), '#/metadata/k');
    await mustBeInvalid(orderWith('unknown', deep), '#/unknown');
    expect(outcome(await move(`{"status":${deep}}`))).toBe('422 validation_failed');
    expect(outcome(await move(deep, await usedKey()))).toBe('422 idempotency_key_reused');
  });

  it('that is not closed', async () => {
    for (const open of ['[', '{"":', '[{"":', '{"items":['])
      expect(outcome(await create(open.repeat(250_000 / open.length)))).toBe('400 malformed_json');
  });
});

describe('names of prototypes', () => {
  const levels: readonly (readonly [string, (member: string) => string])[] = [
    ['the body', (member) => `{${member},${order.slice(1)}`],
    ['an item', (member) => order.replace('[{', `[{${member},`)],
    ['metadata', (member) => `{"metadata":{${member}},${order.slice(1)}`],
    ['a value', (member) => orderWith('customerId', `{${member}}`)],
    ['a list in a value', (member) => orderWith('sku', `[[{${member}}]]`)],
    ['an unknown member', (member) => orderWith('unknown', `{"a":{${member}}}`)],
  ];

  it.each(levels)('__proto__ in %s is not JSON to us', async (_level, place) => {
    const values = ['{"polluted":true}', 'null', '1', '"x"', '[]', '{"__proto__":{"polluted":true}}'];
    const names = ['"__proto__"', '"\\u005f\\u005fproto\\u005f\\u005f"', '"__prot\\u006f__" '];
    for (const value of values)
      for (const name of names)
        expect([name, value, outcome(await create(place(`${name}:${value}`)))]).toEqual([
          ...[name, value, '400 malformed_json'],
        ]);
    expect(outcome(await create(place('"__proto__":{}'), await usedKey()))).toBe('400 malformed_json');
  });

  it.each(levels)('the others in %s are names like any other', async (_level, place) => {
    for (const name of [
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
      '__defineGetter__',
      'then',
    ])
      await mustBeInvalid(place(`"${name}":{"prototype":{"polluted":true}}`));
  });

  it('of the query', async () => {
    for (const name of [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
      'then',
      'length',
    ])
      for (const suffix of ['', '[polluted]', '.polluted', '[prototype][polluted]', '[]'])
        expect(await faultyParameters(`${encodeURIComponent(name + suffix)}=1`)).toEqual([name + suffix]);
  });
});

/** The parameters that are refused; fails when the query is not. */
async function faultyParameters(query: string): Promise<(string | undefined)[]> {
  const answer = await target.api.get(`/orders?${query}`);
  expect(outcome(answer)).toBe('422 validation_failed');
  return answer.body.errors!.map(({ parameter }) => parameter);
}

describe('operators of the database', () => {
  const operators = ['{"$gt":""}', '{"$ne":null}', '{"$where":"sleep(9999)"}', '{"$in":["PAID"]}', '[{"$gt":""}]'];

  it.each(members)('in the place of %s', async (member) => {
    for (const operator of operators) {
      const answer = await create(orderWith(member, operator));
      expect(outcome(answer)).toBe('422 validation_failed');
      const pointers = answer.body.errors!.map(({ pointer }) => pointer!);
      expect(pointers.every((pointer) => pointer.startsWith(pointerOf(member)))).toBe(true);
    }
  });

  it('in the place of a status and of a value of metadata', async () => {
    for (const operator of operators) {
      expect(outcome(await move(`{"status":${operator}}`))).toBe('422 validation_failed');
      await mustBeInvalid(orderWith('metadata', `{"k":${operator}}`), '#/metadata/k');
    }
  });

  it('and its paths and types as members', async () => {
    for (const name of [
      '$where',
      '$set',
      '$unset',
      '$expr',
      'items.0.sku',
      'a.$',
      '_id',
      '_bsontype',
      'tenantId',
      '$oid',
    ])
      await mustBeInvalid(orderWith(name, '"x"'), `#/${name}`);
    await mustBeInvalid(orderWith('metadata', '{"$where":"x"}'), '#/metadata/$where');
    const types = orderWith('metadata', '{"_bsontype":"ObjectId","a.b":"x"}');
    await mustBeInvalid(types, '#/metadata/_bsontype', '#/metadata/a.b');
    await mustBeInvalid(orderWith('unitPrice', '{"$numberDecimal":"1"}'), '#/items/0/unitPrice');
  });

  it('are texts where they stand in texts', async () => {
    const customerId = '{"$gt":""}';
    const created = await target.api.create({ customerId, metadata: { k: '$$ROOT' } });
    expect([created.body.customerId, created.body.metadata]).toEqual([customerId, { k: '$$ROOT' }]);
    expect(await target.ordersOf(customerId)).toBe(1);
    expect(await target.ordersOf('{"$ne":"nobody"}')).toBe(0);
  });

  it.each([
    ...['customerId[$ne]', 'customerId[]', 'customerId[0]', 'status[$in][]', 'status[]', 'status[0]', 'limit[$gt]'],
    ...['cursor[$gt]', 'createdFrom[$lt]', '$where', '$or[0][a]', 'tenantId', '_id', 'status.0'],
  ])('in the query: %s', async (name) => {
    expect(await faultyParameters(`${name}=PAID`)).toEqual([name]);
    expect(await faultyParameters(`${encodeURIComponent(name)}=PAID`)).toEqual([name]);
  });
});

describe('numbers', () => {
  it('of ten megabytes are too large', async () => {
    const answers = await target.exchange(post(orderWith('quantity', '9'.repeat(10_000_000)), ['Connection: close']));
    expect(outcome(answers[0])).toBe('413 payload_too_large');
  });

  it.each([
    ['digits', '9'.repeat(200_000)],
    ['negative digits', `-${'9'.repeat(200_000)}`],
    ['decimals', `1.${'0'.repeat(199_999)}1`.replace('1.', '1.5')],
    ['an exponent', `1e${'9'.repeat(200_000)}`],
    ['a tiny one', `1e-${'9'.repeat(200_000)}`],
  ])('of 200 kB: %s', async (_what, number) => {
    await mustBeInvalid(orderWith('quantity', number), '#/items/0/quantity');
    await mustBeInvalid(orderWith('unitPrice', number), '#/items/0/unitPrice');
    await mustBeInvalid(orderWith('unknown', number), '#/unknown');
    expect(outcome(await move(`{"status":${number}}`))).toBe('422 validation_failed');
  });

  it.each(['1e999', '-1e999', '-0', '-0.0', '0e5', '1e-400', '9007199254740993', '1.0000000001'])(
    'that are no quantity: %s',
    (number) => mustBeInvalid(orderWith('quantity', number), '#/items/0/quantity'),
  );

  it.each([
    ...['00', '01', '-01', '+1', '.5', '1.', '1.e1', '1e', '1e+', '-', '--1', '0x10', '1_0', 'Infinity', '-Infinity'],
    ...['NaN', '1n', '１', '1,0', '1 0', '0b1', '1f'],
  ])('that are none in JSON: %s', async (number) => {
    expect(outcome(await create(orderWith('quantity', number)))).toBe('400 malformed_json');
  });

  it('are integers however they are written', async () => {
    for (const number of ['1.0', '1e0', '10E-1', `1.${'0'.repeat(200_000)}`, `0.${'0'.repeat(99)}1e100`])
      expect(outcome(await create(orderWith('quantity', number)))).toBe('201');
  });

  it('in texts of 200 kB are no price', async () => {
    for (const price of ['9'.repeat(200_000), `0.${'0'.repeat(200_000)}1`, `1e${'9'.repeat(9_999)}`, '１.00', '٣'])
      await mustBeInvalid(orderWith('unitPrice', `"${price}"`), '#/items/0/unitPrice');
  });
});

describe('very many', () => {
  it('repetitions of a member: the last one counts', async () => {
    const repeated = `{${'"customerId":{"$gt":""},'.repeat(9_000)}${order.slice(1)}`;
    expect(outcome(await create(repeated))).toBe('201');
    expect(outcome(await create(`${order.slice(0, -1)}${',"items":[]'.repeat(9_000)}}`))).toBe('422 validation_failed');
  });

  it('unknown members, each of which is a fault', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => `"u${n}":0`).join(',');
    const top = await create(`{${many},${order.slice(1)}`);
    const inner = await create(order.replace('[{', `[{${many},`));
    expect([top.body.errors?.length, inner.body.errors?.length]).toEqual([20_000, 20_000]);
  });

  it('pairs of metadata and entries of a list', async () => {
    const pairs = Array.from({ length: 20_000 }, (_, n) => `"k${n}":""`).join(',');
    await mustBeInvalid(orderWith('metadata', `{${pairs}}`));
    for (const entry of ['0', '{}', '[]', 'null', '""', '{"sku":1}'])
      await mustBeInvalid(orderWith('items', `[${Array.from({ length: 20_000 }, () => entry).join(',')}]`));
  });

  it('bytes of one name or one text', async () => {
    const long = 'x'.repeat(250_000);
    await mustBeInvalid(`{"${long}":1,${order.slice(1)}`, `#/${long}`);
    for (const member of members) await mustBeInvalid(orderWith(member, `"${long}"`));
    await mustBeInvalid(orderWith('metadata', `{"${long}":"x"}`), `#/metadata/${long}`);
    await mustBeInvalid(orderWith('customerId', `"${' '.repeat(250_000)}"`), '#/customerId');
    await mustBeInvalid(orderWith('customerId', `"${'🚀'.repeat(60_000)}"`), '#/customerId');
  });

  it('parameters, as many as fit', async () => {
    const names = Array.from({ length: 2_000 }, (_, n) => `p${n}`);
    expect((await faultyParameters(names.join('&'))).sort()).toEqual(names.sort());
    expect(await faultyParameters('a&'.repeat(8_000))).toEqual(['a']);
    expect(await faultyParameters(`${'limit=1&'.repeat(1_900)}`)).toEqual(['limit']);
    expect((await target.api.get(`/orders?${'status=PAID&'.repeat(1_300)}`)).status).toBe(200);
    expect((await target.api.get(`/orders?${'&'.repeat(16_000)}`)).status).toBe(200);
    expect(await faultyParameters('='.repeat(16_000))).toHaveLength(1);
  });
});

describe('bytes that are no UTF-8', () => {
  it.each([
    ['UTF-16LE without a mark', Buffer.from(order, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${order}`, 'utf16le').swap16()],
    ['UTF-16BE without a mark', Buffer.from(order, 'utf16le').swap16()],
    ...(
      [
        ['an overlong quote', [0xc0, 0xa2]],
        ['an overlong form of three bytes', [0xe0, 0x80, 0xaf]],
        ['an overlong form of four bytes', [0xf0, 0x80, 0x80, 0xaf]],
        ['an overlong NUL', [0xc0, 0x80]],
        ['surrogates one by one', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
        ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
        ['a byte order mark of UTF-16', [0xfe, 0xff]],
        ['a sequence the text ends in', [0xf0, 0x9f, 0x9a]],
      ] as const
    ).map(([what, bytes]) => {
      const [start = '', end = ''] = orderWith('customerId', '"|"').split('|');
      return [what, Buffer.concat([Buffer.from(start), Buffer.from(bytes), Buffer.from(end)])] as const;
    }),
  ])('%s', async (_what, body) => {
    expect(outcome(await create(body))).toBe('400 malformed_json');
    expect(outcome(await create(body, await usedKey()))).toBe('400 malformed_json');
  });

  it('a NUL anywhere', async () => {
    for (const text of [`\0${order}`, `${order}\0`, order.replace('cus', '\0'), order.replace(':', '\0:')])
      expect(outcome(await create(text))).toBe('400 malformed_json');
    for (const member of members) await mustBeInvalid(orderWith(member, '"a\\u0000b"'));
  });

  it('lone surrogates, in every text and every name', async () => {
    for (const lone of ['\\ud83d', '\\ude80', '\\ude80\\ud83d', 'a\\udfffb']) {
      for (const member of members) await mustBeInvalid(orderWith(member, `"${lone}"`));
      await mustBeInvalid(orderWith('metadata', `{"k":"${lone}"}`), '#/metadata/k');
      await mustBeInvalid(orderWith('metadata', `{"${lone}":"k"}`));
      await mustBeInvalid(`{"${lone}":1,${order.slice(1)}`);
      await mustBeInvalid(order.replace('[{', `[{"${lone}":1,`));
      expect(outcome(await move(`{"status":"${lone}"}`))).toBe('422 validation_failed');
      expect(outcome(await move(`{"status":"PAID","${lone}":1}`))).toBe('422 validation_failed');
    }
  });

  it('surrogates in the target are malformed percent-encoding', async () => {
    for (const path of ['/orders?customerId=%ED%A0%80', '/orders?%ED%BF%BF=1', '/orders/%ED%A0%BD%ED%B8%80'])
      expect(outcome(await target.api.get(path))).toBe('400 malformed_request');
  });
});

describe('an id that is none', () => {
  const spellings = (id: string): string[] => [
    ...[
      id.toUpperCase(),
      `{${id}}`,
      `urn:uuid:${id}`,
      id.replaceAll('-', ''),
      ` ${id}`,
      `${id} `,
      `${id}\n`,
      `${id}\0`,
    ],
    ...[`${id}\u200b`, `\ufeff${id}`, id.replace('0', '０'), id.replaceAll('-', '‐'), id.replaceAll('-', '－')],
    ...[
      `${id},${id}`,
      `${id}/`,
      `${id}/events`,
      `"${id}"`,
      `${id};x=1`,
      `${id}?x`,
      `${id}#x`,
      id.slice(0, -1),
      `${id}0`,
    ],
  ];
  const others = [
    ...['\0', '%', '.', '..', '../orders', '../../etc/passwd', '..\\..\\x', '$where', '{"$gt":""}', '[object Object]'],
    ...[
      'null',
      'undefined',
      'NaN',
      '0',
      '-1',
      'constructor',
      '__proto__',
      "' OR 1=1 --",
      '<script>',
      '\r\nX-Evil: 1',
      '🚀',
    ],
    ...[
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      'x'.repeat(5_000),
      'ı',
      'ß',
      '٣',
    ],
  ];

  it('is not found, whatever it resembles', async () => {
    const order = await target.api.orderThatWent();
    for (const id of [...spellings(order.id), ...others]) {
      const path = `/orders/${encodeURIComponent(id)}`;
      const patched = await target.api.move(encodeURIComponent(id), 'PAID', 1);
      const answers = [await target.api.get(path), patched, await target.api.get(`${path}/events`)];
      expect([id, ...outcomes(answers)]).toEqual([id, ...answers.map(() => '404 order_not_found')]);
      expect(answers.map(({ headers }) => headers['x-evil'])).toEqual([undefined, undefined, undefined]);
    }
    expect((await target.api.get<{ version: number }>(`/orders/${order.id}`)).body.version).toBe(1);
  });

  it('is not found either when nothing is escaped', async () => {
    for (const id of ['..', '.', '../orders/x', '$where', '{"$gt":""}', '*', ';', ':id', '(.*)', '[$ne]', '\\', "'"]) {
      const answers = await target.exchange(get(`/orders/${id}`, ['Connection: close']), `/orders/${id}`, 'GET');
      expect([id, answers.length, answers[0]?.status]).toEqual([id, 1, 404]);
    }
  });
});

describe('the files of the docs', () => {
  it.each([
    ...['../package.json', '..%2fpackage.json', '%2e%2e/package.json', '%2e%2e%2fpackage.json', '..%5cpackage.json'],
    ...['....//package.json', '%252e%252e%252fpackage.json', '/etc/passwd', '%2fetc%2fpasswd', './', '.', '..', '%2e'],
    ...['%00', 'swagger-ui.css%00', 'swagger-ui.css%00.html', 'swagger-ui.css/', 'swagger-ui.css%2f..', '.env', '.git'],
    ...['index.html.', 'CON', 'package.js', '..;/package.json', '~root', 'swagger-ui.css\\..\\x', '%e2%80%ae'],
  ])('are not left by /docs/%s', async (path) => {
    const [answer] = await target.exchange(get(`/docs/${path}`, ['Connection: close']), `/docs/${path}`, 'GET');
    expect(['400 malformed_request', '404 route_not_found']).toContain(outcome(answer));
    const head = await target.api.send('HEAD', `/docs/${path}`);
    expect([head.status, head.text]).toEqual([answer?.status, '']);
  });

  it.each([
    ['If-Match', '"x"'],
    ['If-Unmodified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['Range', 'bytes=999999999-'],
    ['Range', 'bytes=5-1'],
    ['Range', `bytes=${'0-0,'.repeat(99)}0-0`],
    ['If-Range', '"x'],
    ['If-None-Match', '"'.repeat(99)],
    ['If-Modified-Since', 'never'],
    ['Accept-Encoding', 'gzip;q=nonsense, *;q=2'],
  ])('are given or refused in the one shape with %s: %s', async (name, value) => {
    for (const path of ['/docs/swagger-ui.css', '/docs', '/docs-json']) {
      const bytes = get(path, ['Connection: close', `${name}: ${value}`]);
      expect(outcomes(await target.exchange(bytes, '/docs/file', 'GET'))).toHaveLength(1);
    }
  });
});
