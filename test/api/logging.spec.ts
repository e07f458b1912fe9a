import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer, Sending } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { sendRaw } from '../support/raw-http.js';

let running: RunningApp;
let api: Api;
let orderId: string;
beforeAll(async () => {
  running = await startApp();
  api = new Api(running);
  orderId = (await api.orderThatWent()).id;
});
afterAll(async () => {
  api.close();
  await running.close();
});

type Line = Record<string, unknown>;
let ids = 0;

const linesOf = (id: string): Line[] => running.logs.filter(({ requestId }) => requestId === id);

/** Sends a request under an id of its own. The completion line is written after the answer, so it is waited for. */
async function logged(
  method: string,
  path: string,
  sending: Sending = {},
): Promise<{ answer: Answer; completion: Line; lines: Line[] }> {
  const id = `log-${++ids}`;
  const answer = await api.send(method, path, { ...sending, headers: { ...sending.headers, 'x-request-id': id } });
  const giveUpAt = Date.now() + 5_000;
  const completions = (): Line[] => linesOf(id).filter(({ msg }) => msg === 'request completed');
  while (completions().length === 0) {
    if (Date.now() > giveUpAt) throw new Error(`no completion line for ${method} ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(completions()).toHaveLength(1);
  return { answer, completion: completions()[0]!, lines: linesOf(id) };
}

describe('the completion line', () => {
  it.each([
    ['GET', '/orders', {}, 200, '/orders', 'default'],
    ['POST', '/orders', { json: anOrder() }, 201, '/orders', 'default'],
    ['GET', '/orders/some', {}, 404, '/orders/:id', 'default'],
    ['GET', '/orders/some/events', {}, 404, '/orders/:id/events', 'default'],
    ['GET', '/nowhere', {}, 404, null, null],
    ['DELETE', '/orders', {}, 405, null, null],
    ['POST', '/orders', { json: {} }, 422, '/orders', 'default'],
    ['GET', '/orders?limit=0', {}, 422, '/orders', 'default'],
    ['POST', '/orders', { raw: '{' }, 400, '/orders', null],
    ['POST', '/orders', { raw: ' '.repeat(300_000) }, 413, '/orders', null],
    ['POST', '/orders', { raw: 'x', headers: { 'content-type': 'text/plain' } }, 415, '/orders', null],
    ['GET', '/healthz', {}, 200, '/healthz', null],
  ] as const)(
    'of %s %s %j has every member of the contract, status %d',
    async (method, path, sending, ...[status, route, tenantId]) => {
      const { answer, completion } = await logged(method, path, sending);
      expect(answer.status).toBe(status);
      expect(completion).toMatchObject({
        method,
        path: path.split('?')[0],
        route,
        status,
        tenantId,
        requestId: answer.headers['x-request-id'],
      });
      expect(typeof completion['durationMs']).toBe('number');
      expect(completion['durationMs']).toBeGreaterThanOrEqual(0);
      expect(Date.parse(new Date(completion['time'] as string | number).toISOString())).not.toBeNaN();
    },
  );

  it('is there for what the router itself refuses: malformed percent-encoding', async () => {
    const { completion } = await logged('GET', '/orders/%zz');
    expect(completion).toMatchObject({ method: 'GET', path: '/orders/%zz', status: 400 });
  });

  it('names the order where there is one', async () => {
    expect((await logged('GET', `/orders/${orderId}`)).completion).toMatchObject({ orderId });
    expect((await logged('GET', '/orders')).completion).not.toHaveProperty('orderId');
  });

  it('is a warning for what the client did wrong and information for the rest', async () => {
    expect((await logged('GET', '/orders')).completion['level']).toBe('info');
    expect((await logged('GET', '/orders/some')).completion['level']).toBe('warn');
  });

  it('is debug for a container’s health check', async () => {
    const headers = { 'user-agent': 'container-healthcheck/1.0' };
    expect((await logged('GET', '/healthz', { headers })).completion['level']).toBe('debug');
  });
});

describe('every log line of a request', () => {
  it('carries its request id', async () => {
    // Nothing of an earlier request is to come any more.
    await logged('GET', '/healthz');
    const before = running.logs.length;
    const { answer } = await logged('POST', '/orders', { json: anOrder(), headers: { 'idempotency-key': 'log' } });
    const ids = running.logs.slice(before).map(({ requestId }) => requestId);
    expect(new Set(ids)).toEqual(new Set([answer.headers['x-request-id']]));
  });

  it('does so as well when it tells of a failure, with its cause', async () => {
    const mongodbUri = 'mongodb://127.0.0.1:1/nowhere?directConnection=true';
    const lonely = await startApp({ config: { mongodbUri }, waitUntilReady: false });
    const lonelyApi = new Api(lonely);
    try {
      expect((await lonelyApi.get('/orders', { 'x-request-id': 'failed' })).status).toBe(503);
      // Nest's loggers write where the first application of a process does.
      const errors = [...running.logs, ...lonely.logs].filter(
        ({ requestId, err }) => requestId === 'failed' && err !== undefined,
      );
      expect(errors).toEqual([
        expect.objectContaining({
          err: expect.objectContaining({ message: expect.any(String), stack: expect.any(String) }),
        }),
      ]);
    } finally {
      lonelyApi.close();
      await lonely.close();
    }
  });
});

describe('no log line holds', () => {
  const secret = 'hunter2-hunter2';

  it('a value of a header, a query or a body, whatever becomes of the request', async () => {
    const headers = {
      ...{
        authorization: `Bearer ${secret}`,
        cookie: `session=${secret}`,
        'x-api-key': secret,
        'user-agent': secret,
        referer: `http://a/${secret}`,
      },
      ...{ 'x-forwarded-for': secret, origin: secret, 'proxy-authorization': secret },
    };
    const json = {
      ...anOrder({ customerId: secret, metadata: { key: secret } }),
      items: [{ ...anOrder().items[0]!, sku: secret, description: secret }],
    };
    const requests: readonly (readonly [string, string, Sending])[] = [
      ['GET', `/orders?customerId=${secret}`, {}],
      ['GET', `/orders?limit=${secret}`, {}],
      ['GET', `/orders?${secret}=1`, {}],
      ['GET', `/orders?cursor=${secret}`, {}],
      ['GET', `/orders?x=%zz${secret}`, {}],
      ['GET', `/orders/%zz?token=${secret}`, {}],
      ['GET', `/orders/some?token=${secret}`, {}],
      ['GET', `/nowhere?token=${secret}`, {}],
      ['DELETE', `/orders?token=${secret}`, {}],
      ['GET', `/healthz?token=${secret}`, {}],
      ['GET', `/docs?token=${secret}`, {}],
      ['GET', `/docs/nothing?token=${secret}`, {}],
      ['GET', `http://user:${secret}@host.example/orders/some?token=${secret}`, {}],
      ['POST', '/orders', { json }],
      ['POST', '/orders', { json, headers: { 'idempotency-key': secret } }],
      ['POST', '/orders', { json, headers: { 'idempotency-key': secret } }],
      ['POST', '/orders', { json: {}, headers: { 'idempotency-key': secret } }],
      ['POST', '/orders', { json: { ...json, [secret]: secret } }],
      ['POST', '/orders', { raw: `{"${secret}": ${secret}` }],
      ['POST', '/orders', { raw: secret, headers: { 'content-type': `text/${secret}` } }],
      ['POST', '/orders', { raw: secret, headers: { 'content-encoding': secret } }],
      ['POST', '/orders', { raw: secret.repeat(20_000) }],
      ['PATCH', `/orders/${orderId}`, { json: { status: secret }, headers: { 'if-match': '1' } }],
      ['PATCH', `/orders/${orderId}`, { json: { status: 'PAID' }, headers: { 'if-match': secret } }],
      ['GET', `/orders/${orderId}`, { headers: { 'if-none-match': `"${secret}"` } }],
    ];
    for (const [method, path, sending] of requests)
      await logged(method, path, { ...sending, headers: { ...headers, ...sending.headers } });
    await sendRaw(running.url, `GET /orders HTTP/1.1\r\nHost: a\r\nX-Large: ${secret}${'x'.repeat(20_000)}\r\n\r\n`);
    await sendRaw(
      running.url,
      `GET /orders?token=${secret} HTTP/1.1\r\nAuthorization: ${secret}\r\nConnection: close\r\n\r\n`,
    );
    await sendRaw(
      running.url,
      `GET /orders?token=${secret} HTTP/1.1\r\nHost: a\r\nExpect: ${secret}\r\nConnection: close\r\n\r\n`,
    );
    await sendRaw(running.url, `${secret} ${secret}\r\n\r\n`);
    const telling = running.logs.map((line) => JSON.stringify(line)).filter((line) => line.includes('hunter2'));
    expect(telling).toEqual([]);
  });

  it('a value that an unacceptable X-Request-Id had', async () => {
    await api.get('/orders', { 'x-request-id': `${secret} {"level":"fatal"}` });
    expect(JSON.stringify(running.logs)).not.toContain('fatal');
  });
});
