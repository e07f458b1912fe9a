import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer, ProblemBody, Sending } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { sendRaw } from '../support/raw-http.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const nobody = '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0';

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

describe('X-Request-Id', () => {
  it.each(['a', 'A-Za-z0-9._:-', '0', 'x'.repeat(128)])(
    'is the request’s own when it is acceptable: %s',
    async (id) => {
      expect((await api.get('/healthz', { 'x-request-id': id })).headers['x-request-id']).toBe(id);
    },
  );

  it.each(['', 'x'.repeat(129), 'a b', 'a/b', 'a,b', 'é', '{a}', 'a"'])('is a fresh UUID instead of %j', async (id) => {
    const answers = [
      await api.get('/healthz', { 'x-request-id': id }),
      await api.get('/healthz', { 'x-request-id': id }),
    ];
    const ids = answers.map(({ headers }) => headers['x-request-id']);
    for (const fresh of ids) expect(fresh).toMatch(uuid);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('is a fresh UUID when none was sent, and when two were', async () => {
    expect((await api.get('/healthz')).headers['x-request-id']).toMatch(uuid);
    expect((await api.get('/healthz', { 'x-request-id': ['a', 'b'] })).headers['x-request-id']).toMatch(uuid);
  });

  it.each([
    '/healthz',
    '/ready',
    '/health',
    '/docs',
    '/docs-json',
    '/orders',
    `/orders/${nobody}`,
    '/nowhere',
    '/orders/%zz',
    '/orders?x=%zz',
  ])('is on the answer of %s', async (path) => {
    expect((await api.get(path, { 'x-request-id': 'mine' })).headers['x-request-id']).toBe('mine');
  });

  it('stands in the error body and in every log line of the request', async () => {
    const { body } = await api.get(`/orders/${nobody}`, { 'x-request-id': 'find-me' });
    expect(body.requestId).toBe('find-me');
    expect(running.logs.filter(({ requestId }) => requestId === 'find-me')).not.toHaveLength(0);
  });
});

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly recovery: string;
  readonly provoke: () => Promise<Answer<Omit<ProblemBody, 'status'>>>;
  readonly instance: unknown;
}

const post = (sending: Sending): Promise<Answer> => api.send('POST', '/orders', sending);

/** One way to each refusal that can be had without another tenant, a broken database or a race. */
const refusals: readonly Refusal[] = [
  {
    status: 400,
    code: 'malformed_json',
    recovery: 'fix_request',
    instance: '/orders',
    provoke: () => post({ raw: '{' }),
  },
  {
    ...{ status: 400, code: 'invalid_header', recovery: 'fix_request', instance: '/orders' },
    provoke: () => post({ json: anOrder(), headers: { 'idempotency-key': 'a b' } }),
  },
  {
    status: 400,
    code: 'malformed_request',
    recovery: 'fix_request',
    instance: '/orders/%zz',
    provoke: () => api.get('/orders/%zz?secret=1'),
  },
  {
    status: 404,
    code: 'order_not_found',
    recovery: 'give_up',
    instance: `/orders/${nobody}`,
    provoke: () => api.get(`/orders/${nobody}?x=1`),
  },
  {
    ...{ status: 404, code: 'webhook_endpoint_not_found', recovery: 'give_up' },
    instance: `/webhook-endpoints/${nobody}`,
    provoke: () => api.get(`/webhook-endpoints/${nobody}?x=1`),
  },
  {
    ...{ status: 404, code: 'delivery_not_found', recovery: 'give_up', instance: `/deliveries/${nobody}/retry` },
    provoke: () => api.send('POST', `/deliveries/${nobody}/retry?x=1`),
  },
  {
    status: 404,
    code: 'route_not_found',
    recovery: 'fix_request',
    instance: '/nowhere',
    provoke: () => api.get('/nowhere?x=1'),
  },
  {
    status: 405,
    code: 'method_not_allowed',
    recovery: 'fix_request',
    instance: '/orders',
    provoke: () => api.send('DELETE', '/orders'),
  },
  {
    ...{
      status: 409,
      code: 'version_conflict',
      recovery: 'refetch_and_retry',
      instance: expect.stringMatching(/^\/orders\//),
    },
    provoke: async () => api.move((await api.orderThatWent()).id, 'PAID', 7),
  },
  {
    ...{
      status: 409,
      code: 'invalid_transition',
      recovery: 'give_up',
      instance: expect.stringMatching(/^\/orders\//),
    },
    provoke: async () => api.move((await api.orderThatWent()).id, 'FULFILLED', 1),
  },
  {
    ...{ status: 413, code: 'payload_too_large', recovery: 'fix_request', instance: '/orders' },
    provoke: () => post({ raw: ' '.repeat(262_145) }),
  },
  {
    ...{ status: 415, code: 'unsupported_media_type', recovery: 'fix_request', instance: '/orders' },
    provoke: () => post({ raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  },
  {
    status: 422,
    code: 'validation_failed',
    recovery: 'fix_request',
    instance: '/orders',
    provoke: () => api.get('/orders?limit=0'),
  },
  {
    ...{ status: 422, code: 'idempotency_key_reused', recovery: 'use_new_key', instance: '/orders' },
    provoke: async () => {
      await api.create({}, { 'idempotency-key': 'once' });
      return api.create({ customerId: 'another' }, { 'idempotency-key': 'once' });
    },
  },
  {
    ...{ status: 428, code: 'precondition_required', recovery: 'refetch_and_retry', instance: `/orders/${nobody}` },
    provoke: () => api.send('PATCH', `/orders/${nobody}`, { json: { status: 'PAID' } }),
  },
  {
    ...{ status: 431, code: 'headers_too_large', recovery: 'fix_request', instance: undefined },
    provoke: () => sendRaw(running.url, `GET /orders HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`),
  },
];

describe('every refusal', () => {
  it.each(refusals)('$code has the one shape', async ({ status, code, recovery, instance, provoke }) => {
    const answer = await provoke();
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(; charset=utf-8)?$/);
    const words = code.replaceAll('_', ' ').replace('json', 'JSON');
    expect(answer.body).toMatchObject({
      type: `urn:problem:orders:${code}`,
      title: words.charAt(0).toUpperCase() + words.slice(1),
      ...{ status, code, recovery, requestId: answer.headers['x-request-id'] },
      detail: expect.stringMatching(/\S/),
    });
    expect(answer.body.instance).toEqual(instance);
  });

  it.each(refusals)('$code tells nothing of the inside', async ({ provoke }) => {
    const { text } = await provoke();
    expect(text).not.toMatch(/node_modules|\.js|\.ts\b|Mongo|Fastify|FST_|HPE_|\bat \w+ \(|stack|Exception/);
  });

  it('has only members that belong to its code', async () => {
    const common = ['code', 'detail', 'instance', 'recovery', 'requestId', 'status', 'title', 'type'];
    const extras: Record<string, readonly string[]> = {
      version_conflict: ['currentStatus', 'currentVersion'],
      invalid_transition: ['allowed', 'from', 'to'],
      validation_failed: ['errors'],
    };
    for (const { code, instance, provoke } of refusals) {
      const members = [
        ...common.filter((name) => instance !== undefined || name !== 'instance'),
        ...(extras[code] ?? []),
      ];
      expect(Object.keys((await provoke()).body).sort()).toEqual(members.sort());
    }
  });
});

describe('version_conflict and invalid_transition', () => {
  it('tell what the order is', async () => {
    const order = await api.orderThatWent('PAID');
    const conflict = await api.move(order.id, 'FULFILLED', 1);
    expect(conflict.body).toMatchObject({ code: 'version_conflict', currentVersion: 2, currentStatus: 'PAID' });
    const forbidden = await api.move(order.id, 'CREATED', 2);
    expect(forbidden.body).toMatchObject({
      code: 'invalid_transition',
      from: 'PAID',
      to: 'CREATED',
      allowed: ['FULFILLED', 'CANCELLED'],
    });
  });
});

describe('HEAD', () => {
  it.each(['/orders', '/webhook-endpoints', '/healthz', '/ready', '/health'])(
    'is GET %s without a body',
    async (path) => {
      const [head, get] = [await api.send('HEAD', path), await api.send('GET', path)];
      expect(head.status).toBe(get.status);
      expect(head.text).toBe('');
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    },
  );
});

describe('a trailing slash', () => {
  it.each([
    '/orders/',
    '/healthz/',
    '/ready/',
    '/health/',
    `/orders/${nobody}/`,
    `/orders/${nobody}/events/`,
    '/webhook-endpoints/',
    '/docs/',
    '/docs-json/',
    '//orders',
  ])('makes %s another path, which does not exist', async (path) => {
    expect((await api.get(path)).body).toMatchObject({ status: 404, code: 'route_not_found', instance: path });
  });
});
