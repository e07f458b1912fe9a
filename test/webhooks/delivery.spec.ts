import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import type { Received } from '../support/webhook-receiver.js';
import { Webhooks } from '../support/webhooks.js';

let webhooks: Webhooks;

beforeAll(async () => {
  webhooks = await Webhooks.start();
});

afterAll(async () => {
  await webhooks?.close();
  await webhooks?.receiver.close();
  await Promise.allSettled(served.map(({ close }) => close()));
});

function verify(secret: string, { text, headers }: Received): CloudEvent {
  return new Webhook(secret).verify(text, headers as Record<string, string>) as CloudEvent;
}

describe('a committed event', () => {
  it('reaches an endpoint as the signed CloudEvent that the history shows', async () => {
    const { id, secret } = await webhooks.endpoint('/signed');
    const orderId = await webhooks.order('PAID');
    await webhooks.deliver();
    const requests = webhooks.receiver.at('/signed');
    const { items: history } = await webhooks.ask<{ items: CloudEvent[] }>('GET', `/orders/${orderId}/events`);
    expect(requests.map((request) => verify(secret, request))).toEqual(history);
    for (const [index, { headers }] of requests.entries()) {
      expect(headers).toMatchObject({
        'content-type': 'application/cloudevents+json',
        'webhook-id': history[index]!.id,
        'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/=]{44}$/),
      });
    }
    const deliveries = await webhooks.deliveries(id);
    expect(deliveries).toMatchObject([
      { eventType: 'order.created', status: 'delivered', subject: `orders/${orderId}`, nextAttemptAt: null },
      { eventType: 'order.paid', status: 'delivered', attempts: [{ status: 204, error: null, response: null }] },
    ]);
  });

  it('reaches only the endpoints whose filter it matches', async () => {
    await webhooks.endpoint('/paid-only', { eventTypes: ['order.paid', 'order.cancelled'] });
    const orderId = await webhooks.order('PAID', 'FULFILLED');
    await webhooks.deliver();
    const got = webhooks.receiver.at('/paid-only').map(({ text }) => JSON.parse(text) as CloudEvent);
    expect(got).toMatchObject([{ type: 'order.paid', subject: `orders/${orderId}` }]);
  });

  it('is neither sent twice by a second fan-out nor by a second round', async () => {
    await webhooks.endpoint('/once');
    await webhooks.order();
    for (let round = 0; round < 3; round++) await webhooks.deliver();
    expect(webhooks.receiver.at('/once')).toHaveLength(1);
  });
});

describe('a ping', () => {
  it('reaches its endpoint whatever the filter, and no other', async () => {
    const { id, secret } = await webhooks.endpoint('/ping', { eventTypes: ['order.fulfilled'] });
    await webhooks.endpoint('/no-ping');
    const { deliveryId } = await webhooks.ask<{ deliveryId: string }>('POST', `/webhook-endpoints/${id}/test`);
    await webhooks.deliver();
    const [request] = webhooks.receiver.at('/ping');
    expect(verify(secret, request!)).toMatchObject({
      type: 'ping',
      subject: `webhook-endpoints/${id}`,
      data: {},
      source: '/tenants/default',
    });
    expect(webhooks.receiver.at('/no-ping')).toHaveLength(0);
    expect(await webhooks.deliveries(id)).toMatchObject([{ id: deliveryId, status: 'delivered', eventType: 'ping' }]);
  });
});

describe('an answer', () => {
  it.each([200, 201, 202, 204, 299])('of %d is a success', async (status) => {
    const path = `/status-${status}`;
    webhooks.receiver.on(path, () => ({ status }));
    const { id } = await webhooks.endpoint(path);
    await webhooks.order();
    await webhooks.deliver();
    expect(await webhooks.deliveries(id)).toMatchObject([{ status: 'delivered', attempts: [{ status }] }]);
  });

  it.each([300, 301, 302, 303, 307, 308, 400, 401, 404, 409, 429, 500, 503])(
    'of %d is a failure, and no redirect is followed',
    async (status) => {
      const path = `/status-${status}`;
      webhooks.receiver.on(path, () => ({
        status,
        headers: { location: webhooks.receiver.url('/elsewhere') },
        body: 'why',
      }));
      const { id } = await webhooks.endpoint(path, { eventTypes: ['order.created'] });
      await webhooks.order();
      await webhooks.deliver();
      const [delivery] = await webhooks.deliveries(id);
      expect(delivery).toMatchObject({
        status: 'pending',
        attempts: [{ status, error: expect.stringContaining(String(status)), response: 'why' }],
      });
      expect(webhooks.receiver.at('/elsewhere')).toEqual([]);
      await webhooks.ask('DELETE', `/webhook-endpoints/${id}`);
    },
  );

  it('of a success counts whatever the length of its body, whose first 1 024 characters are kept', async () => {
    webhooks.receiver.on('/long', () => ({ status: 200, body: '😀'.repeat(2_000_000) }));
    const { id } = await webhooks.endpoint('/long');
    await webhooks.order();
    await webhooks.deliver();
    const [delivery] = await webhooks.deliveries(id);
    expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ response: '😀'.repeat(1_024) }] });
  });

  it('that never ends after its status is a success', async () => {
    const endless = await endlessServer();
    const { id } = await webhooks.ask<{ id: string }>('POST', '/webhook-endpoints', { url: endless.url });
    await webhooks.order();
    await webhooks.deliver();
    const [delivery] = await webhooks.deliveries(id);
    expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ status: 200, response: 'and so' }] });
    await webhooks.ask('DELETE', `/webhook-endpoints/${id}`);
    await endless.close();
  });
});

describe('no answer', () => {
  it.each([
    ['nobody listens', 'the connection was refused', refusingUrl],
    ['the connection is closed', 'the connection was closed before an answer', closingUrl],
    ['what comes is not HTTP', 'the answer is not HTTP', babblingUrl],
    ['the name does not exist', /the name cannot be resolved/, () => Promise.resolve('http://does-not-exist.invalid/')],
    [
      'the port speaks no TLS',
      /TLS failed|closed before an answer/,
      async () => (await babblingUrl()).replace('http', 'https'),
    ],
  ])('because %s is a failed try that tells so', async (_case, error, url) => {
    const { id } = await webhooks.ask<{ id: string }>('POST', '/webhook-endpoints', { url: await url() });
    await webhooks.order();
    await webhooks.deliver();
    const [delivery] = await webhooks.deliveries(id);
    expect(delivery).toMatchObject({
      status: 'pending',
      attempts: [{ status: null, response: null, error: expect.stringMatching(error) }],
    });
    await webhooks.ask('DELETE', `/webhook-endpoints/${id}`);
  });
});

describe('a receiver that cuts the connection after it took an earlier webhook', () => {
  it('sees one request for each try that the log shows', async () => {
    const { id } = await webhooks.endpoint('/cut', { eventTypes: ['order.created'] });
    await webhooks.order();
    await webhooks.deliver();
    webhooks.receiver.on('/cut', () => ({ cut: true }));
    await webhooks.order();
    await webhooks.deliver();
    expect(webhooks.receiver.at('/cut')).toHaveLength(2);
    expect(await webhooks.deliveries(id)).toMatchObject([
      { status: 'delivered', attempts: [{ status: 204 }] },
      { status: 'pending', attempts: [{ status: null, error: 'the connection was closed before an answer' }] },
    ]);
  });
});

/** Answers with the beginning of a body, and leaves it at that. */
function endlessServer(): Promise<Served> {
  return serve((socket) =>
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nand so')),
  );
}

interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}
const served: Served[] = [];

async function serve(onConnection: (socket: Socket) => void): Promise<Served> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  const made = { url, close };
  served.push(made);
  return made;
}

async function refusingUrl(): Promise<string> {
  const { url, close } = await serve(() => undefined);
  await close();
  return url;
}

async function closingUrl(): Promise<string> {
  return (await serve((socket) => socket.once('data', () => socket.destroy()))).url;
}

async function babblingUrl(): Promise<string> {
  return (await serve((socket) => socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')))).url;
}
