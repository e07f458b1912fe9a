import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer, Sending } from '../support/api.js';
import { anEndpoint, createEndpoint } from '../support/webhook-data.js';

const nobody = '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0';
const mergePatch = 'application/merge-patch+json';
const since = '2026-11-24T10:00:00Z';

let api: Api;
let id: string;
beforeAll(async () => {
  api = await Api.start();
  id = (await createEndpoint(api)).body.id;
});
afterAll(async () => {
  await api.end();
});

async function answered(method: string, path: string, sending: Sending = {}): Promise<string> {
  const { status, body }: Answer = await api.send(method, path, sending);
  return `${status} ${body?.code ?? ''}`.trim();
}

const paths: readonly (readonly [string, string])[] = [
  ['/webhook-endpoints', 'GET, HEAD, POST'],
  [`/webhook-endpoints/${nobody}`, 'DELETE, GET, HEAD, PATCH'],
  [`/webhook-endpoints/${nobody}/secret`, 'POST'],
  [`/webhook-endpoints/${nobody}/test`, 'POST'],
  [`/webhook-endpoints/${nobody}/deliveries`, 'GET, HEAD'],
  [`/webhook-endpoints/${nobody}/retry`, 'POST'],
  [`/deliveries/${nobody}/retry`, 'POST'],
];

describe('the paths of webhooks', () => {
  it.each(paths)('%s takes %s and nothing else', async (path, allow) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((each) => !allow.includes(each))) {
      const answer = await api.send(method, path, { raw: '{' });
      expect([method, answer.status, answer.body.code, answer.headers.allow]).toEqual([
        ...[method, 405, 'method_not_allowed', allow],
      ]);
    }
  });

  it.each([
    ...paths.map(([path]) => `${path}/`),
    ...['/deliveries', `/deliveries/${nobody}`, '/webhooks', `/webhook-endpoints/${nobody}/secrets`],
    ...[`/webhook-endpoints/${nobody}/retry/x`, `/deliveries/${nobody}/retry/x`, '/Webhook-Endpoints'],
  ])('there is no path %s', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE'])
      expect(await answered(method, path, { raw: '{' })).toBe('404 route_not_found');
  });
});

const writes: readonly (readonly [string, string])[] = [
  ['POST', '/webhook-endpoints'],
  ['PATCH', '/webhook-endpoints/:id'],
  ['POST', '/webhook-endpoints/:id/secret'],
  ['POST', '/webhook-endpoints/:id/test'],
  ['POST', '/webhook-endpoints/:id/retry'],
  ['POST', '/deliveries/:id/retry'],
];
const withoutBody = /secret$|test$|^\/deliveries/;

describe('a body that cannot be read comes first:', () => {
  it.each(writes)('%s %s', async (method, path) => {
    for (const at of [nobody, id, 'malformed'].map((each) => path.replace(':id', each))) {
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      expect(await answered(method, at, { raw: '{' })).toBe('400 malformed_json');
      expect(await answered(method, at, { raw: '{"__proto__":1}' })).toBe('400 malformed_json');
      expect(await answered(method, at, { raw: Buffer.from([0x22, 0xff, 0x22]) })).toBe('400 malformed_json');
      expect(await answered(method, at, { raw: 'x'.repeat(262_145) })).toBe('413 payload_too_large');
      expect(await answered(method, at, { raw: 'a=b', headers: form })).toBe('415 unsupported_media_type');
      expect(await answered(method, at, { raw: '{}', headers: { 'content-encoding': 'gzip' } })).toBe(
        '415 unsupported_media_type',
      );
    }
  });

  it('of DELETE too, which needs none', async () => {
    expect(await answered('DELETE', `/webhook-endpoints/${nobody}`, { raw: '{' })).toBe('400 malformed_json');
    expect(await answered('DELETE', `/webhook-endpoints/${nobody}`, { raw: '' })).toBe(
      '404 webhook_endpoint_not_found',
    );
  });

  it.each(writes)('an empty one, where one is needed: %s %s', async (method, path) => {
    for (const sending of [{}, { raw: '' }, { headers: { 'content-type': 'application/json' } }]) {
      const answer = await answered(method, path.replace(':id', nobody), sending);
      expect(answer).toMatch(withoutBody.test(path) ? /^404 \w+_not_found$/ : /^400 malformed_json$/);
    }
  });
});

describe('a merge patch by its own media type', () => {
  it.each(writes)('is for PATCH alone: %s %s', async (method, path) => {
    const sending = { json: {}, headers: { 'content-type': mergePatch } };
    const answer = await answered(method, path.replace(':id', nobody), sending);
    expect(answer).toBe(method === 'PATCH' ? '404 webhook_endpoint_not_found' : '415 unsupported_media_type');
  });

  it('is not for orders', async () => {
    const headers = { 'content-type': mergePatch, 'if-match': '1' };
    expect(await answered('PATCH', `/orders/${nobody}`, { json: { status: 'PAID' }, headers })).toBe(
      '415 unsupported_media_type',
    );
  });

  it('has to be UTF-8', async () => {
    for (const charset of ['utf-8', 'UTF8', '"utf-8"'])
      expect(
        await answered('PATCH', `/webhook-endpoints/${id}`, {
          json: {},
          headers: { 'content-type': `${mergePatch};charset=${charset}` },
        }),
      ).toBe('200');
    expect(
      await answered('PATCH', `/webhook-endpoints/${id}`, {
        json: {},
        headers: { 'content-type': `${mergePatch};charset=latin1` },
      }),
    ).toBe('415 unsupported_media_type');
  });
});

describe('what a request says is judged before what exists', () => {
  it.each([nobody, 'malformed'])('of the endpoint %s', async (unknown) => {
    const path = `/webhook-endpoints/${unknown}`;
    expect(await answered('PATCH', path, { json: { url: null } })).toBe('422 validation_failed');
    expect(await answered('PATCH', path, { json: { more: 1 } })).toBe('422 validation_failed');
    expect(await answered('POST', `${path}/retry`, { json: {} })).toBe('422 validation_failed');
    expect(await answered('GET', `${path}/deliveries?status=lost`)).toBe('422 validation_failed');
    expect(await answered('GET', `${path}/deliveries?limit=0`)).toBe('422 validation_failed');
    expect(await answered('GET', `${path}/deliveries?cursor=${'A'.repeat(44)}`)).toBe('422 validation_failed');
  });

  const malformed = [
    nobody.toUpperCase(),
    nobody.replaceAll('-', ''),
    `{${nobody}}`,
    'x',
    '0',
    '%00',
    '%F0%9F%98%80',
    'x'.repeat(3_000),
  ];

  it.each([nobody, ...malformed])('and then there is no endpoint %s', async (unknown) => {
    const path = `/webhook-endpoints/${encodeURI(decodeURI(unknown))}`;
    for (const [method, at, sending] of [
      ['GET', path, {}],
      ['PATCH', path, { json: {} }],
      ['PATCH', path, { json: anEndpoint() }],
      ['DELETE', path, {}],
      ['POST', `${path}/secret`, {}],
      ['POST', `${path}/test`, {}],
      ['GET', `${path}/deliveries`, {}],
      ['POST', `${path}/retry`, { json: { since } }],
    ] as const) {
      const { status, body } = await api.send(method, at, sending);
      expect([method, at, status, body.code, body.recovery]).toEqual([
        ...[method, at, 404, 'webhook_endpoint_not_found', 'give_up'],
      ]);
    }
    expect(await answered('HEAD', path)).toBe('404');
  });
});

describe('a query', () => {
  it('is ignored where no parameter has a meaning', async () => {
    expect(await answered('GET', `/webhook-endpoints/${id}?x=1&limit=0`)).toBe('200');
    expect(await answered('POST', `/webhook-endpoints/${id}/test?x=1`)).toBe('202');
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=',
    'limit=1&limit=1',
    'cursor=x',
    'status=dead',
    'x=1',
    '=1',
    '__proto__=1',
  ])('is refused by the list of endpoints: ?%s', async (query) => {
    const { status, body } = await api.get(`/webhook-endpoints?${query}`);
    expect([status, body.errors?.map(({ parameter }) => parameter)]).toEqual([422, [query.split('=', 1)[0]]]);
  });
});
