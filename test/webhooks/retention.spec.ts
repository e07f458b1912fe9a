import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { Retention } from '../../src/webhooks/retention.js';
import { Webhooks } from '../support/webhooks.js';

const day = 86_400_000;
let webhooks: Webhooks;

afterEach(async () => {
  await webhooks?.close();
  await webhooks?.receiver.close();
});

async function historyLength(orderId: string): Promise<number> {
  return (await webhooks.ask<{ items: unknown[] }>('GET', `/orders/${orderId}/events`)).items.length;
}

async function retain(): Promise<number> {
  const retention = webhooks.running.app.get(Retention);
  let removed = 0;
  for (let count; (count = await retention.runOnce()) > 0;) removed += count;
  return removed;
}

describe('With EVENT_RETENTION_DAYS=30', () => {
  beforeEach(async () => {
    webhooks = await Webhooks.start({ eventRetentionDays: 30, webhookRetrySeconds: [1] });
  });

  it('events and finished deliveries of 31 days ago go, and the order stays', async () => {
    const { id } = await webhooks.endpoint('/old');
    const orderId = await webhooks.order('PAID');
    await webhooks.deliver();
    webhooks.advance(29 * day);
    expect(await retain()).toBe(0);
    webhooks.advance(2 * day);
    expect(await retain()).toBe(4);
    expect(await webhooks.deliveries(id)).toEqual([]);
    expect(await historyLength(orderId)).toBe(0);
    expect(await webhooks.ask('GET', `/orders/${orderId}`)).toMatchObject({ status: 'PAID' });
  });

  it('what is still to be handed out or delivered stays, however old', async () => {
    const { id } = await webhooks.endpoint('/waiting', { enabled: false });
    await webhooks.order();
    await webhooks.deliver();
    const pendingId = await webhooks.order();
    webhooks.advance(400 * day);
    expect(await retain()).toBe(1);
    expect(await webhooks.deliveries(id)).toMatchObject([{ status: 'pending' }]);
    expect(await historyLength(pendingId)).toBe(1);
    await webhooks.change(id, { enabled: true });
    await webhooks.deliver();
    expect(webhooks.receiver.at('/waiting')).toHaveLength(2);
  });
});

describe('With a sink', () => {
  it('what the sink has not taken stays, and without one it is not waited for', async () => {
    webhooks = await Webhooks.start({ eventRetentionDays: 30 });
    const orderId = await webhooks.order();
    const client = await new mongoose.mongo.MongoClient(webhooks.running.mongodbUri).connect();
    await client
      .db()
      .collection('order_events')
      .updateMany({}, { $set: { forSink: true }, $unset: { forWebhooks: '' } });
    const sunk = await webhooks.another({ eventRetentionDays: 30, eventSink: 'nats', natsUrl: 'nats://127.0.0.1:1' });
    for (const each of [webhooks, sunk]) each.advance(31 * day);
    expect(await sunk.running.app.get(Retention).runOnce()).toBe(0);
    expect(await historyLength(orderId)).toBe(1);
    await sunk.close();
    expect(await retain()).toBe(1);
    await client.close();
  });
});

describe('With EVENT_RETENTION_DAYS=0', () => {
  it('everything stays for ever', async () => {
    webhooks = await Webhooks.start();
    const orderId = await webhooks.order();
    await webhooks.deliver();
    webhooks.advance(3_650 * day);
    expect(await retain()).toBe(0);
    expect(await historyLength(orderId)).toBe(1);
  });
});
