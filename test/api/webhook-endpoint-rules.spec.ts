import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { startApp } from '../support/app.js';
import { anEndpoint, createEndpoint } from '../support/webhook-data.js';

let api: Api;
let id: string;
beforeAll(async () => {
  api = await Api.start();
  id = (await createEndpoint(api)).body.id;
});
afterAll(async () => {
  await api.end();
});

/** What a 422 complains of, and why. */
function faultsOf({ status, body }: Answer): Record<string, string> {
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'validation_failed' });
  return Object.fromEntries(body.errors!.map(({ pointer, detail }) => [pointer!, detail]));
}

const post = (json: unknown): Promise<Answer> => api.send('POST', '/webhook-endpoints', { json });
const patch = (json: unknown): Promise<Answer> => api.send('PATCH', `/webhook-endpoints/${id}`, { json });

/** Pointers of the faults, which have to be the same in a new endpoint and in a change of one. */
async function pointersOf(members: Readonly<Record<string, unknown>>): Promise<string[]> {
  const ofChange = Object.keys(faultsOf(await patch(members)));
  expect(Object.keys(faultsOf(await post(anEndpoint(members))))).toEqual(ofChange);
  return ofChange;
}

describe('the url of an endpoint', () => {
  it.each([
    ...[
      '',
      ' ',
      '/hooks',
      'example.com',
      '//example.com/',
      'https:',
      'https://',
      'https:/example.com/',
      'ftp://example.com/',
    ],
    ...['http://example.com/', 'HTTP://example.com/', 'file:///etc/passwd', 'data:,x', 'javascript:alert(1)'],
    ...[
      'https://user@example.com/',
      'https://user:pass@example.com/',
      'https://:@example.com/',
      'https://example.com/#',
    ],
    ...[
      'https://example.com/#top',
      `https://example.com/${'x'.repeat(2_029)}`,
      'https://example.com/\n',
      'https://exa mple.com/',
    ],
    ...['https://example.com:99999/', 'https://[::1', 'https:\\\\example.com\\', 'https://1.2.3.4.5/'],
    ...[1, true, {}, [], ['https://example.com/'], null],
  ])('cannot be %j', async (url) => {
    expect(await pointersOf({ url })).toEqual(['#/url']);
  });

  it.each([
    ...[
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '127.0.0.1.',
      '0',
      '0.0.0.0',
      '10.0.0.1',
      '172.16.0.1',
    ],
    ...[
      '192.168.0.1',
      '100.64.0.1',
      '169.254.169.254',
      '0xa9fea9fe',
      '192.0.2.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '[::]',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:8.8.8.8]',
      '[fe80::1]',
      '[fc00::1]',
      '[ff02::1]',
      '[2001:db8::1]',
    ],
    ...['[2002:7f00:1::]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::1]', '[2001::1]', '%31%32%37.0.0.1', '１２７.0.0.1'],
  ])('cannot lead to %s: it is no public address, however it is written', async (host) => {
    const url = `https://${host}:8443/hooks`;
    const detail = 'must not name an address outside of the public internet';
    expect(faultsOf(await post({ url }))).toEqual({ '#/url': detail });
    expect(faultsOf(await patch({ url }))).toEqual({ '#/url': detail });
  });

  it.each([
    ...[
      'https://example.com',
      'https://8.8.8.8/',
      'https://[2606:4700::1111]/',
      'https://localhost/',
      'https://exämple.com/ü',
    ],
    ...['https://internal.example:8443/a?b=@', `https://example.com/${'x'.repeat(2_028)}`],
  ])('can be %s: names are judged when they are connected to', async (url) => {
    expect(await createEndpoint(api, { url })).toMatchObject({ status: 201, body: { url } });
    expect(await patch({ url })).toMatchObject({ status: 200, body: { url } });
  });

  it('is required of a new one, and a change cannot take it away', async () => {
    expect(Object.keys(faultsOf(await post({})))).toEqual(['#/url']);
    expect(faultsOf(await patch({ url: null }))).toEqual({ '#/url': expect.any(String) });
  });
});

describe('with WEBHOOK_ALLOW_PRIVATE=true', () => {
  it('http and private addresses are taken, and nothing else more', async () => {
    const open = await startApp({
      config: { worker: 'off', webhookAllowPrivate: true, mongodbUri: api.running.mongodbUri },
    });
    const openApi = new Api(open);
    try {
      for (const url of ['http://127.0.0.1:9/', 'http://example.com/', 'https://[::1]/', 'http://localhost:3000/a'])
        expect(await createEndpoint(openApi, { url })).toMatchObject({ status: 201, body: { url } });
      for (const url of ['ftp://127.0.0.1/', 'http://u@127.0.0.1/', 'http://127.0.0.1/#', '127.0.0.1', '/hooks'])
        expect(Object.keys(faultsOf(await openApi.send('POST', '/webhook-endpoints', { json: { url } })))).toEqual([
          '#/url',
        ]);
    } finally {
      openApi.close();
      await open.close();
    }
  });
});

describe('the members of an endpoint', () => {
  it.each([
    ['eventTypes', 'order.paid', '#/eventTypes'],
    ['eventTypes', { 0: 'order.paid' }, '#/eventTypes'],
    ['eventTypes', ['order.paid', 'order.paid'], '#/eventTypes/1'],
    ['eventTypes', ['order.paid', 'order.lost'], '#/eventTypes/1'],
    ['eventTypes', ['ping'], '#/eventTypes/0'],
    ['eventTypes', ['*'], '#/eventTypes/0'],
    ['eventTypes', ['Order.Paid'], '#/eventTypes/0'],
    ['eventTypes', [null], '#/eventTypes/0'],
    ['eventTypes', [{ constructor: 1 }], '#/eventTypes/0'],
    ['eventTypes', Array.from({ length: 1_000 }, () => 'order.paid'), '#/eventTypes'],
    ['description', '', '#/description'],
    ['description', ' \u00a0', '#/description'],
    ['description', 'a\nb', '#/description'],
    ['description', '\ud800', '#/description'],
    ['description', 'x'.repeat(501), '#/description'],
    ['description', 1, '#/description'],
    ['description', ['x'], '#/description'],
    ['description', {}, '#/description'],
    ['description', { constructor: 'x' }, '#/description'],
    ...['ordered', 'enabled'].flatMap((name) =>
      ['true', 1, 0, [], {}].map((value): [string, unknown, string] => [name, value, `#/${name}`]),
    ),
  ])('%s cannot be %j', async (name, value, pointer) => {
    expect(await pointersOf({ [name]: value })).toEqual([pointer]);
  });

  it.each([
    ...['id', 'secret', 'secrets', 'tenantId', 'createdAt', 'updatedAt', 'version', 'URL', 'constructor', 'toString'],
    ...['$set', 'a/b', ''],
  ])('are known: %j is not', async (name) => {
    const pointer = `#/${name.replaceAll('/', '~1')}`;
    expect(decodeURIComponent((await pointersOf({ [name]: 'x' }))[0]!)).toBe(pointer);
  });

  it('are not null in a new one', async () => {
    const nulls = { eventTypes: null, description: null, ordered: null, enabled: null };
    expect(Object.keys(faultsOf(await post(anEndpoint(nulls)))).sort()).toEqual(
      Object.keys(nulls)
        .map((name) => `#/${name}`)
        .sort(),
    );
  });

  it('count their length in code points', async () => {
    expect((await createEndpoint(api, { description: '😀'.repeat(500) })).status).toBe(201);
  });

  it('are told of all at once', async () => {
    const all = {
      url: 'x',
      eventTypes: ['y', 'order.paid', 'order.paid'],
      description: '',
      ordered: 1,
      enabled: 'no',
      more: 1,
    };
    expect((await pointersOf(all)).sort()).toEqual([
      ...['#/description', '#/enabled', '#/eventTypes/0', '#/eventTypes/2', '#/more', '#/ordered', '#/url'],
    ]);
  });

  it.each([[[]], ['text'], [1], [null], [true]])('are those of an object: %j is none', async (json) => {
    expect(Object.keys(faultsOf(await post(json)))).toEqual(['#']);
    expect(Object.keys(faultsOf(await patch(json)))).toEqual(['#']);
  });
});
