import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer, Sending } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';

let running: RunningApp;
let api: Api;
let orderId: string;
beforeAll(async () => {
  running = await startApp();
  api = new Api(running);
  orderId = (await api.orderThatWent()).id;
  await api.create({}, { 'idempotency-key': 'used' });
});
afterAll(async () => {
  api.close();
  await running.close();
});

const nobody = '/orders/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0';

async function refused(method: string, path: string, sending: Sending): Promise<string> {
  const { status, body }: Answer = await api.send(method, path, sending);
  return `${status} ${body.code}`;
}

/**
 * Ways to be refused, in the order of the contract's checks. Each stage's request has the faults of all later stages
 * as well; it must be refused for its own.
 */
const badJson: Sending = { raw: '{' };
const compressed: Sending = { raw: '{', headers: { 'content-encoding': 'gzip' } };
const form: Sending = { raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
const tooLarge: Sending = { raw: 'x'.repeat(262_145) };
const unreadable: readonly (readonly [string, Sending, string])[] = [
  ['not JSON', badJson, '400 malformed_json'],
  ['empty', { raw: '' }, '400 malformed_json'],
  ['compressed', compressed, '415 unsupported_media_type'],
  ['a form', form, '415 unsupported_media_type'],
  ['too large', tooLarge, '413 payload_too_large'],
];

describe('the route comes before the body', () => {
  it.each(unreadable)('on an unknown path, when the body is %s', async (_what, sending) => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE'])
      expect(await refused(method, '/nowhere', sending)).toBe('404 route_not_found');
  });

  it.each(unreadable)('with a wrong method, when the body is %s', async (_what, sending) => {
    expect(await refused('PUT', '/orders', sending)).toBe('405 method_not_allowed');
    expect(await refused('PATCH', '/orders', sending)).toBe('405 method_not_allowed');
    expect(await refused('POST', nobody, sending)).toBe('405 method_not_allowed');
  });

  it('before the headers', async () => {
    expect(await refused('PUT', nobody, { headers: { 'if-match': '*', 'idempotency-key': 'a b' } })).toBe(
      '405 method_not_allowed',
    );
  });
});

describe('the body’s readability comes before the headers', () => {
  it.each(unreadable)('of PATCH: the body is %s', async (_what, sending, refusal) => {
    expect(await refused('PATCH', nobody, sending)).toBe(refusal);
    const headers = { ...sending.headers, 'if-match': '*', 'idempotency-key': 'a b' };
    expect(await refused('PATCH', nobody, { ...sending, headers })).toBe(refusal);
  });

  it.each(unreadable)('of POST: the body is %s', async (_what, sending, refusal) => {
    const headers = { ...sending.headers, 'idempotency-key': 'a b' };
    expect(await refused('POST', '/orders', { ...sending, headers })).toBe(refusal);
  });

  it.each(unreadable)('and before a used key: the body is %s', async (_what, sending, refusal) => {
    const headers = { ...sending.headers, 'idempotency-key': 'used' };
    expect(await refused('POST', '/orders', { ...sending, headers })).toBe(refusal);
  });
});

describe('the headers come before', () => {
  it('the used key: 428 and 400', async () => {
    const used = { 'idempotency-key': 'used' };
    expect(await refused('PATCH', nobody, { json: { status: 'PAID' }, headers: used })).toBe(
      '428 precondition_required',
    );
    expect(await refused('PATCH', nobody, { json: { status: 'PAID' }, headers: { ...used, 'if-match': '*' } })).toBe(
      '400 invalid_header',
    );
  });

  it('the body’s validity: 428 and 400', async () => {
    expect(await refused('PATCH', nobody, { json: { status: 'NO' } })).toBe('428 precondition_required');
    expect(await refused('PATCH', nobody, { json: [], headers: { 'if-match': 'W/"1"' } })).toBe('400 invalid_header');
    expect(await refused('PATCH', nobody, { json: {}, headers: { 'if-match': '1', 'idempotency-key': '' } })).toBe(
      '400 invalid_header',
    );
    expect(await refused('POST', '/orders', { json: {}, headers: { 'idempotency-key': 'a b' } })).toBe(
      '400 invalid_header',
    );
  });

  it('the existence of the order: 428 before 404', async () => {
    expect(await refused('PATCH', nobody, { json: { status: 'PAID' } })).toBe('428 precondition_required');
    expect(await refused('PATCH', '/orders/malformed', { json: { status: 'PAID' } })).toBe('428 precondition_required');
    expect(await refused('PATCH', nobody, { json: { status: 'PAID' }, headers: { 'if-match': '*' } })).toBe(
      '400 invalid_header',
    );
  });
});

describe('the used key comes before', () => {
  const used = { 'idempotency-key': 'used', 'if-match': '1' };

  it.each([{}, [], null, 'text', { status: 'NO' }, anOrder({ customerId: 'another' })])(
    'the body’s validity: %j',
    async (json) => {
      expect(await refused('POST', '/orders', { json, headers: used })).toBe('422 idempotency_key_reused');
      expect(await refused('PATCH', `/orders/${orderId}`, { json, headers: used })).toBe('422 idempotency_key_reused');
    },
  );

  it('the existence, the version and the transition', async () => {
    expect(await refused('PATCH', nobody, { json: { status: 'PAID' }, headers: used })).toBe(
      '422 idempotency_key_reused',
    );
    expect(
      await refused('PATCH', `/orders/${orderId}`, { json: { status: 'PAID' }, headers: { ...used, 'if-match': '9' } }),
    ).toBe('422 idempotency_key_reused');
    expect(await refused('PATCH', `/orders/${orderId}`, { json: { status: 'FULFILLED' }, headers: used })).toBe(
      '422 idempotency_key_reused',
    );
  });
});

describe('the body’s validity comes before', () => {
  it.each([nobody, '/orders/malformed'])('the existence of %s', async (path) => {
    expect(await refused('PATCH', path, { json: { status: 'NO' }, headers: { 'if-match': '1' } })).toBe(
      '422 validation_failed',
    );
  });

  it('the version and the transition', async () => {
    expect(await refused('PATCH', `/orders/${orderId}`, { json: { status: 'NO' }, headers: { 'if-match': '9' } })).toBe(
      '422 validation_failed',
    );
  });
});

describe('existence, version, transition come in this order', () => {
  it('404 before 409', async () => {
    expect(await refused('PATCH', nobody, { json: { status: 'CREATED' }, headers: { 'if-match': '9' } })).toBe(
      '404 order_not_found',
    );
  });

  it('version before transition', async () => {
    expect(
      await refused('PATCH', `/orders/${orderId}`, { json: { status: 'FULFILLED' }, headers: { 'if-match': '9' } }),
    ).toBe('409 version_conflict');
    expect(
      await refused('PATCH', `/orders/${orderId}`, { json: { status: 'FULFILLED' }, headers: { 'if-match': '1' } }),
    ).toBe('409 invalid_transition');
  });
});

describe('of a list', () => {
  it('the path comes before the query', async () => {
    expect(await refused('GET', '/nowhere?limit=0', {})).toBe('404 route_not_found');
    expect(await refused('DELETE', '/orders?limit=0', {})).toBe('405 method_not_allowed');
  });
});
