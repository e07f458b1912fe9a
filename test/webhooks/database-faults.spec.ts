import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { startDurableServer, until } from '../support/database-server.js';
import type { DurableServer } from '../support/database-server.js';
import { send } from '../support/send.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

let server: DurableServer | undefined;
let running: RunningApp | undefined;
let receiver: WebhookReceiver | undefined;

afterEach(async () => {
  await running?.close();
  await receiver?.close();
  await server?.stop();
});

describe('When the database is killed while webhooks are sent', () => {
  it('every event arrives after its return, and each under one id', async () => {
    [server, receiver] = await Promise.all([startDurableServer(), WebhookReceiver.start()]);
    receiver.on('/', async () => {
      await sleep(20);
      return {};
    });
    const retries = { webhookAllowPrivate: true, webhookRetrySeconds: [1, 1, 1, 1] };
    const config = { ...retries, worker: 'on', mongodbUri: server.uri } as const;
    running = await startApp({ config });
    const { url } = running;
    await until(async () => (await send(url, 'GET', '/ready')).status === 200, 20_000);
    await send(url, 'POST', '/webhook-endpoints', { body: { url: receiver.url('/') } });
    const orders = new Set<string>();
    const creations = Array.from({ length: 60 }, () => send(url, 'POST', '/orders', { body: anOrder() }));
    await receiver.untilReceived('/', 5);
    await server.kill9();
    for (const { status, body } of await Promise.all(creations)) {
      if (status === 201) orders.add((body as { id: string }).id);
    }
    await server.restart();
    await until(() => [...orders].every((id) => receiver!.received.some(({ text }) => text.includes(id))), 120_000);
    const ids = Map.groupBy(receiver.received, ({ text }) => (JSON.parse(text) as CloudEvent).subject);
    for (const tries of ids.values()) {
      expect(new Set(tries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    }
  });
});
