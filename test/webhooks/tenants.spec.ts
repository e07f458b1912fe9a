import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { Dispatcher } from '../../src/webhooks/dispatcher.js';
import { FanOut } from '../../src/webhooks/fan-out.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { bearer, KeyMint } from '../support/keys.js';
import { rememberSecret } from '../support/secrets.js';
import { send } from '../support/send.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

let running: RunningApp;
let receiver: WebhookReceiver;
let mint: KeyMint;

beforeAll(async () => {
  running = await startApp({ config: { authMode: 'api_key', worker: 'off', webhookAllowPrivate: true } });
  [receiver, mint] = [await WebhookReceiver.start(), await KeyMint.on(running.mongodbUri)];
});

afterAll(async () => {
  await mint?.close();
  await running?.close();
  await receiver?.close();
});

describe('an event', () => {
  it("reaches its own tenant's endpoints and nobody else's, whatever their names have in common", async () => {
    const tenants = ['acme', 'Acme', 'acme.eu', 'acm'];
    const made = new Map<string, string>();
    for (const [index, tenant] of tenants.entries()) {
      const headers = bearer(await mint.create(tenant));
      const endpoint = { url: receiver.url(`/tenant-${index}`) };
      const { body } = await send(running.url, 'POST', '/webhook-endpoints', { headers, body: endpoint });
      rememberSecret((body as { secret: string }).secret.slice('whsec_'.length));
      const answer = await send(running.url, 'POST', '/orders', { headers, body: anOrder() });
      made.set(tenant, (answer.body as { id: string }).id);
    }
    while ((await running.app.get(FanOut).runOnce()) > 0);
    const dispatcher = running.app.get(Dispatcher);
    while ((await dispatcher.runOnce()) > 0) await dispatcher.idle();
    for (const [index, tenant] of tenants.entries()) {
      const events = receiver.at(`/tenant-${index}`).map(({ text }) => JSON.parse(text) as CloudEvent);
      expect(events).toMatchObject([{ source: `/tenants/${tenant}`, subject: `orders/${made.get(tenant)!}` }]);
    }
  });
});
