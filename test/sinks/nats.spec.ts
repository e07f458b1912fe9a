import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import type { Published } from '../../src/sinks/event-sink.js';
import { NatsSink } from '../../src/sinks/nats.sink.js';
import { SinkQueueRepository } from '../../src/sinks/sink-queue.repository.js';
import type { RunningApp } from '../support/app.js';
import {
  anEvent,
  createOrders,
  drain,
  EventLogView,
  passLeases,
  publishOnce,
  startQuietApp,
} from '../support/event-queue.js';
import { installationMs } from '../support/installed-once.js';
import { countIn, eventIdsIn, managing, messagesIn, startNats } from '../support/nats-server.js';
import type { NatsServer } from '../support/nats-server.js';
import { send } from '../support/send.js';

function sinkTo({ url }: NatsServer): NatsSink {
  return new NatsSink({ natsUrl: url, natsStream: 'orders' } as Config);
}

describe('With EVENT_SINK=nats', () => {
  let nats: NatsServer;
  let running: RunningApp;
  let log: EventLogView;

  beforeAll(async () => {
    nats = await startNats();
  }, installationMs);

  afterAll(() => nats.stop());

  beforeEach(async () => {
    await managing(nats.url, (manager) => manager.streams.delete('orders')).catch(() => undefined);
    running = await startQuietApp({ eventSink: 'nats', natsUrl: nats.url });
    log = await EventLogView.open(running.mongodbUri);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await log.close();
    await running.close();
  });

  it('every committed event arrives, in the order of its order’s history, and leaves the queue', async () => {
    const [id] = await createOrders(running.url, 1);
    const paid = { body: { status: 'PAID' }, headers: { 'if-match': '1' } };
    expect((await send(running.url, 'PATCH', `/orders/${id}`, paid)).status).toBe(200);
    await createOrders(running.url, 3);
    expect(await publishOnce(running)).toBe(5);
    expect(await publishOnce(running)).toBe(0);

    const { body } = await send(running.url, 'GET', `/orders/${id}/events`);
    const messages = await messagesIn(nats);
    expect(messages).toHaveLength(5);
    const history = messages.filter((message) => message.json<CloudEvent>().subject === `orders/${id}`);
    expect(history.map((message) => message.json())).toEqual((body as { items: unknown[] }).items);
    expect(history.map(({ subject }) => subject)).toEqual([
      'orders.default.order.created',
      'orders.default.order.paid',
    ]);
    for (const message of messages) {
      expect(message.header.get('content-type')).toBe('application/cloudevents+json');
      expect(message.header.get('Nats-Msg-Id')).toBe(message.json<CloudEvent>().id);
    }
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([0, 0]);
  });

  it('one call sends the events of an order by their sequence, whatever their ids say', async () => {
    const sink = sinkTo(nats);
    const events = ['2', '3', '1'].map((sequence) => anEvent({ sequence }));
    expect((await sink.publish(events)).acknowledged.size).toBe(3);
    await sink.close();
    expect((await messagesIn(nats)).map((message) => message.json<CloudEvent>().sequence)).toEqual(['1', '2', '3']);
  });

  it('the stream is made with a file store and a window of an hour, and one that exists is left as it is', async () => {
    await createOrders(running.url, 1);
    await publishOnce(running);
    const made = await managing(nats.url, (manager) => manager.streams.info('orders'));
    expect(made.config).toMatchObject({ subjects: ['orders.>'], storage: 'file', duplicate_window: 3_600e9 });

    await managing(nats.url, async (manager) => {
      await manager.streams.delete('orders');
      await manager.streams.add({ name: 'orders', subjects: ['orders.*.>'], storage: 'memory', max_msgs: 7 });
    });
    await createOrders(running.url, 1);
    await drain(running, log);
    const kept = await managing(nats.url, (manager) => manager.streams.info('orders'));
    expect(kept.config).toMatchObject({ subjects: ['orders.*.>'], storage: 'memory', max_msgs: 7 });
  });

  it('events wait when the subjects belong to another stream', async () => {
    await managing(nats.url, (manager) => manager.streams.add({ name: 'orders', subjects: ['elsewhere'] }));
    await managing(nats.url, (manager) => manager.streams.add({ name: 'others', subjects: ['orders.>'] }));
    await createOrders(running.url, 1);
    await expect(publishOnce(running)).rejects.toThrow('did not take');
    expect(await log.pendingCount()).toBe(1);
    expect(await countIn(nats, 'others')).toBe(0);
    await managing(nats.url, (manager) => manager.streams.delete('others'));
  });

  it('a tenant with a dot is not heard by whoever subscribes to the tenant before the dot', async () => {
    const sink = sinkTo(nats);
    await sink.publish([anEvent(), anEvent({ source: '/tenants/acme.evil' })]);
    await sink.close();
    const subjects = (await messagesIn(nats)).map(({ subject }) => subject).sort();
    expect(subjects).toEqual(['orders.acme%2Eevil.order.created', 'orders.acme.order.created']);
  });

  it('what a dead owner published and did not mark is published again, and is one message', async () => {
    await createOrders(running.url, 3);
    const sink = sinkTo(nats);
    await sink.publish((await running.app.get(SinkQueueRepository).claim(100)).events);
    await sink.close();
    expect(await publishOnce(running)).toBe(0);
    passLeases(running);
    expect(await publishOnce(running)).toBe(3);
    expect(await eventIdsIn(nats)).toEqual(await log.ids());
  });

  it('history is replayed into a new stream by the documented command', async () => {
    await createOrders(running.url, 4);
    await drain(running, log);
    await managing(nats.url, (manager) => manager.streams.delete('orders'));
    // As in docs/sinks.md.
    const since = new Date(Date.now() - 60_000);
    await log.events.updateMany({ time: { $gte: since } }, { $set: { forSink: true } });
    await drain(running, log);
    expect(await eventIdsIn(nats)).toEqual(await log.ids());
  });

  it.each([
    ['the server’s max_payload', { settings: 'max_payload: 2048' }, {}],
    ['the stream’s max_msg_size', {}, { max_msg_size: 2_048 }],
  ])('an event above %s goes without its data instead of blocking the queue', async (_limit, server, stream) => {
    const small = await startNats(server);
    await managing(small.url, (manager) => manager.streams.add({ name: 'orders', subjects: ['orders.>'], ...stream }));
    const sink = sinkTo(small);
    const large = anEvent({ data: { note: 'x'.repeat(3_000) } });
    const { acknowledged, failure } = await sink.publish([large, anEvent({ subject: 'orders/2' })]);
    expect(failure).toBeUndefined();
    expect(acknowledged.size).toBe(2);
    const sent = (await messagesIn(small)).map((message) => message.json<CloudEvent>());
    expect(sent).toContainEqual({ ...large, data: undefined, datacontenttype: undefined, dataomitted: true });
    await sink.close();
    await small.stop();
  });

  it.each([
    ['user and password', 'user: orders, password: "p@ss/word"', 'orders:p%40ss%2Fword', 'orders:wrong-one'],
    ['a token', 'token: "t0k/en@1"', 't0k%2Fen%401', 'wrong-one'],
  ])('a server that asks for %s gets them, and no failure repeats them', async (_what, authorization, right, wrong) => {
    const guarded = await startNats({ settings: `authorization: { ${authorization} }` });
    const publishAs = async (credentials: string): Promise<Published> => {
      const sink = sinkTo({ ...guarded, url: guarded.url.replace('//', `//${credentials}@`) });
      const published = await sink.publish([anEvent()]);
      await sink.close();
      return published;
    };
    const refused = await publishAs(wrong);
    expect(refused.acknowledged.size).toBe(0);
    expect(refused.failure).toMatchObject({ message: expect.stringMatching(/authorization/i) });
    expect(inspect(refused.failure, { depth: 10 })).not.toContain('wrong-one');
    expect((await publishAs(right)).acknowledged.size).toBe(1);
    await guarded.stop();
  });

  it('a server without JetStream, which confirms nothing, is a failure', async () => {
    const plain = await startNats({ jetStream: false });
    const sink = sinkTo(plain);
    const { acknowledged, failure } = await sink.publish([anEvent()]);
    expect(acknowledged.size).toBe(0);
    expect(failure).toBeInstanceOf(Error);
    await sink.close();
    await plain.stop();
  });
});
