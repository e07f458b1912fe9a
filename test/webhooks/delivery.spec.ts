import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import type { DeliveryOut } from '../../src/webhooks/delivery.dto.js';
import type { WebhookEndpointOut } from '../../src/webhooks/webhook-endpoint.dto.js';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

let running: RunningApp;
let api: Api;
let receiver: WebhookReceiver;

beforeAll(async () => {
  [running, receiver] = await Promise.all([
    startApp({ config: { webhookAllowPrivate: true, webhookRetrySeconds: [0, 0] } }),
    WebhookReceiver.start(),
  ]);
  api = new Api(running);
});

afterAll(async () => {
  api?.close();
  await running?.close();
  await receiver?.close();
});

async function endpoint(path: string, more: object = {}): Promise<WebhookEndpointOut & { secret: string }> {
  const { status, body } = await api.send<WebhookEndpointOut & { secret: string }>('POST', '/webhook-endpoints', {
    json: { url: receiver.url(path), ...more },
  });
  expect(status).toBe(201);
  return body;
}

async function deliveries(id: string): Promise<readonly DeliveryOut[]> {
  const { body } = await api.get<{ items: DeliveryOut[] }>(`/webhook-endpoints/${id}/deliveries`);
  return body.items;
}

describe('a committed event', () => {
  it('reaches an endpoint as a signed CloudEvent', async () => {
    const { id, secret } = await endpoint('/signed', { eventTypes: ['order.created'] });
    const order = await api.orderThatWent('PAID');
    const [request] = await receiver.untilReceived('/signed', 1);
    const verified = new Webhook(secret).verify(request!.text, request!.headers as Record<string, string>) as CloudEvent;
    expect(verified).toMatchObject({ type: 'order.created', subject: `orders/${order.id}`, sequence: '1' });
    expect(request!.headers).toMatchObject({
      'content-type': 'application/cloudevents+json',
      'webhook-id': verified.id,
    });
    const history = await api.get<{ items: CloudEvent[] }>(`/orders/${order.id}/events`);
    expect(verified).toEqual(history.body.items[0]);
    console.log(await deliveries(id));
  });
});
