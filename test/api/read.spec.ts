import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';

let running: RunningApp;
let api: Api;
let order: OrderOut;
beforeAll(async () => {
  running = await startApp();
  api = new Api(running);
  order = await api.orderThatWent('PAID');
});
afterAll(async () => {
  api.close();
  await running.close();
});

const fetched = (ifNoneMatch?: string): ReturnType<Api['get']> =>
  api.get(`/orders/${order.id}`, ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch });

describe('GET /orders/{id}', () => {
  it('is what the last write answered, byte for byte', async () => {
    const written = await api.create({ metadata: { a: '1' } });
    const read = await api.get(`/orders/${written.body.id}`);
    expect({ status: read.status, text: read.text, etag: read.headers.etag }).toEqual({
      status: 200,
      text: written.text,
      etag: '"1"',
    });
    const moved = await api.move(written.body.id, 'CANCELLED', 1);
    const again = await api.get(`/orders/${written.body.id}`);
    expect({ text: again.text, etag: again.headers.etag }).toEqual({ text: moved.text, etag: '"2"' });
  });

  it.each([
    '"2"',
    'W/"2"',
    '*',
    '"1", "2"',
    '"2","3"',
    'W/"1", W/"2"',
    '"a,b" , "2"',
    ', "2",',
    '"1"\t,\t"2"',
    '"x", "y", "2", "z"',
  ])('is 304 without a body, with ETag, when If-None-Match has the version: %s', async (ifNoneMatch) => {
    const { status, headers, text } = await fetched(ifNoneMatch);
    expect({ status, etag: headers.etag, text }).toEqual({ status: 304, etag: '"2"', text: '' });
    expect(headers).not.toHaveProperty('content-type');
  });

  it.each(['"1"', '"3"', 'W/"1"', '"1", "3"', '""', '2', 'w/"2"', '"2', '"12"', '"2 "', '"*"', '*, "1"'])(
    'is 200 when If-None-Match does not have it: %s',
    async (ifNoneMatch) => {
      const { status, headers } = await fetched(ifNoneMatch);
      expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: '"2"' });
    },
  );

  it('takes several lines of If-None-Match as one list', async () => {
    expect((await api.get(`/orders/${order.id}`, { 'if-none-match': ['"1"', '"2"'] })).status).toBe(304);
  });

  it('takes no part in preconditions of writes: If-Match and Idempotency-Key are ignored', async () => {
    expect((await api.get(`/orders/${order.id}`, { 'if-match': '"nonsense', 'idempotency-key': 'a b' })).status).toBe(
      200,
    );
  });
});

describe('HEAD /orders/{id}', () => {
  it('is GET without a body', async () => {
    const [head, get] = [await api.send('HEAD', `/orders/${order.id}`), await fetched()];
    expect({ status: head.status, text: head.text, etag: head.headers.etag }).toEqual({
      status: 200,
      text: '',
      etag: '"2"',
    });
    expect(head.headers['content-type']).toBe(get.headers['content-type']);
    expect([get.headers['content-length'], undefined]).toContain(head.headers['content-length']);
  });

  it('is 304 and 404 as GET is, without a body', async () => {
    expect(await api.send('HEAD', `/orders/${order.id}`, { headers: { 'if-none-match': '"2"' } })).toMatchObject({
      status: 304,
      text: '',
    });
    expect(await api.send('HEAD', '/orders/unknown')).toMatchObject({ status: 404, text: '' });
  });
});

describe('an order that does not exist', () => {
  it.each([
    '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0',
    '00000000-0000-0000-0000-000000000000',
    ...[
      'unknown',
      '1',
      '-1',
      '%20',
      '%00',
      '%2F',
      '%2e%2e%2f',
      '{}',
      "'",
      '%22',
      '*',
      'ä'.normalize('NFC').replace('ä', '%C3%A4'),
      '$ne',
      '[object%20Object]',
    ],
    'x'.repeat(8_000),
  ])('is 404 order_not_found, whatever the id looks like: %s', async (id) => {
    for (const path of [`/orders/${id}`, `/orders/${id}/events`]) {
      expect((await api.get(path)).body).toMatchObject({ status: 404, code: 'order_not_found', instance: path });
    }
  });

  it('is 404 for another spelling of a real id: ids are opaque', async () => {
    const spellings = [
      order.id.toUpperCase(),
      order.id.replaceAll('-', ''),
      `{${order.id}}`,
      `${order.id}%20`,
      `urn:uuid:${order.id}`,
    ];
    for (const id of spellings) expect((await api.get(`/orders/${id}`)).body.code).toBe('order_not_found');
  });

  it('is 404 whatever If-None-Match says', async () => {
    expect((await api.get('/orders/unknown', { 'if-none-match': '*' })).status).toBe(404);
  });
});
