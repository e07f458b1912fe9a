import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import { ServerClock } from '../../src/database/server-clock.js';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { NatsSink } from '../../src/sinks/nats.sink.js';
import { Publisher } from '../../src/sinks/publisher.js';
import { SinkQueueRepository } from '../../src/sinks/sink-queue.repository.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { until } from '../support/database-server.js';
import { createOrders, EventLogView } from '../support/event-queue.js';
import { countIn, managing, messagesIn, startNats } from '../support/nats-server.js';
import type { NatsServer } from '../support/nats-server.js';
import { send } from '../support/send.js';
import { startService } from '../support/service-process.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

/** The loop is off, so that each test drives the rounds itself. */
function natsApp(url: string, config: Partial<Config> = {}): Promise<RunningApp> {
  return startApp({ config: { worker: 'off', eventSink: 'nats', natsUrl: url, ...config } });
}

/** Rounds until nothing is left that could be published now; failed ones are repeated at once. */
async function drain({ app }: RunningApp, log: EventLogView): Promise<void> {
  await until(async () => {
    await app
      .get(Publisher)
      .runOnce()
      .catch(() => 0);
    return (await log.pendingCount()) === 0;
  }, 60_000);
}

/** From now on the lease of whoever has claimed anything is over. */
function passLeases({ app }: RunningApp): void {
  const clock = app.get(ServerClock);
  const real = clock.now.bind(clock);
  jest.spyOn(clock, 'now').mockImplementation(async () => new Date((await real()).getTime() + 31_000));
}

function anEvent(overrides: Partial<CloudEvent> = {}): CloudEvent {
  return {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/tenants/acme',
    type: 'order.created',
    subject: 'orders/1',
    time: '2026-11-24T10:00:00.000Z',
    datacontenttype: 'application/json',
    sequence: '1',
    sequencetype: 'Integer',
    actor: 'anonymous',
    data: { note: 'x' },
    ...overrides,
  };
}

describe('With EVENT_SINK=nats', () => {
  let nats: NatsServer;
  let running: RunningApp;
  let log: EventLogView;

  beforeAll(async () => {
    nats = await startNats();
  });

  afterAll(() => nats.stop());

  beforeEach(async () => {
    await managing(nats.url, (manager) => manager.streams.delete('orders')).catch(() => undefined);
    running = await natsApp(nats.url);
    log = await EventLogView.open(running.mongodbUri);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await log.close();
    await running.close();
  });

  it('every committed event arrives, in the order of its order’s history, and leaves the queue', async () => {
    const [id] = await createOrders(running.url, 1);
    await send(running.url, 'PATCH', `/orders/${id}`, { body: { status: 'paid' }, headers: { 'if-match': '1' } });
    await createOrders(running.url, 3);
    expect(await running.app.get(Publisher).runOnce()).toBe(5);
    expect(await running.app.get(Publisher).runOnce()).toBe(0);

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
    // The webhooks' mark is theirs to take off.
    expect(await log.events.countDocuments({ pending: ['webhooks'], claim: { $exists: false } })).toBe(5);
  });

  it('an event that only the sink waited for has neither mark nor claim in the end', async () => {
    await createOrders(running.url, 2);
    await log.events.updateMany({}, { $pull: { pending: 'webhooks' } } as object);
    await running.app.get(Publisher).runOnce();
    expect(await log.events.countDocuments({ pending: { $exists: false }, claim: { $exists: false } })).toBe(2);
  });

  it('the fan-out may take its mark off while the sink has the event', async () => {
    await createOrders(running.url, 2);
    const queue = running.app.get(SinkQueueRepository);
    const { owner, events } = await queue.claim(100);
    await log.events.updateOne({}, { $pull: { pending: 'webhooks' } } as object);
    await queue.markPublished(owner, new Set(events.map(({ id }) => id)));
    expect(await log.events.countDocuments({ pending: { $exists: false }, claim: { $exists: false } })).toBe(1);
    expect(await log.events.countDocuments({ pending: ['webhooks'], claim: { $exists: false } })).toBe(1);
  });

  it('the stream is made with a file store and a window of an hour, and one that exists is left as it is', async () => {
    await createOrders(running.url, 1);
    await running.app.get(Publisher).runOnce();
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
    await expect(running.app.get(Publisher).runOnce()).rejects.toThrow('did not take');
    expect(await log.pendingCount()).toBe(1);
    expect(await countIn(nats, 'others')).toBe(0);
    await managing(nats.url, (manager) => manager.streams.delete('others'));
  });

  it('a tenant with a dot is not heard by whoever subscribes to the tenant before the dot', async () => {
    const sink = new NatsSink({ natsUrl: nats.url, natsStream: 'orders' } as Config);
    await sink.publish([anEvent(), anEvent({ source: '/tenants/acme.evil' })]);
    await sink.close();
    const subjects = (await messagesIn(nats)).map(({ subject }) => subject).sort();
    expect(subjects).toEqual(['orders.acme%2Eevil.order.created', 'orders.acme.order.created']);
  });

  it('a claim of a dead owner lapses by the server’s clock; published twice is one message', async () => {
    await createOrders(running.url, 3);
    const dead = running.app.get(SinkQueueRepository);
    const sink = new NatsSink({ natsUrl: nats.url, natsStream: 'orders' } as Config);
    // It publishes and dies before it can take the marks off.
    await sink.publish((await dead.claim(100)).events);
    await sink.close();
    expect(await running.app.get(Publisher).runOnce()).toBe(0);
    passLeases(running);
    expect(await running.app.get(Publisher).runOnce()).toBe(3);
    expect((await messagesIn(nats)).map((message) => message.json<CloudEvent>().id).sort()).toEqual(await log.ids());
  });

  it('an owner whose claim has lapsed takes no mark off what another has claimed since', async () => {
    await createOrders(running.url, 1);
    const queue = running.app.get(SinkQueueRepository);
    const late = await queue.claim(100);
    passLeases(running);
    const next = await queue.claim(100);
    expect(next.events).toEqual(late.events);
    await queue.markPublished(late.owner, new Set(late.events.map(({ id }) => id)));
    expect(await log.events.countDocuments({ pending: 'sink', 'claim.owner': next.owner })).toBe(1);
  });

  it('many claimants at once never get the same event', async () => {
    await createOrders(running.url, 30);
    const other = await natsApp(nats.url, { mongodbUri: running.mongodbUri });
    const queues = [running, other].map(({ app }) => app.get(SinkQueueRepository));
    const batches = await Promise.all([...queues, ...queues, ...queues].map((queue) => queue.claim(10)));
    const claimed = batches.flatMap(({ events }) => events.map(({ id }) => id));
    expect(claimed.length).toBeGreaterThanOrEqual(10);
    expect(new Set(claimed).size).toBe(claimed.length);
    await other.close();
  });

  it('history is replayed into a new stream by the documented command', async () => {
    await createOrders(running.url, 4);
    await drain(running, log);
    await log.events.updateMany({}, { $unset: { pending: '' } });
    await managing(nats.url, (manager) => manager.streams.delete('orders'));
    // As in docs/sinks.md.
    const since = new Date(Date.now() - 60_000);
    await log.events.updateMany({ time: { $gte: since } }, { $addToSet: { pending: 'sink' } } as object);
    await drain(running, log);
    expect((await messagesIn(nats)).map((message) => message.json<CloudEvent>().id).sort()).toEqual(await log.ids());
  });

  it('a service that dies between publishing and marking loses nothing and doubles nothing', async () => {
    await createOrders(running.url, 220);
    const proxy = await startTcpProxy(nats.port);
    // From its first event on it hears nothing from the server any more, so it can mark nothing.
    proxy.onRequest = (chunk) => (chunk.includes('HPUB orders.') ? 'pass-then-stall' : 'pass');
    const victim = await startService({
      MONGODB_URI: running.mongodbUri,
      EVENT_SINK: 'nats',
      NATS_URL: `nats://127.0.0.1:${proxy.port}`,
    });
    await until(async () => (await countIn(nats)) >= 100, 30_000);
    const [published, pending] = [await countIn(nats), await log.pendingCount()];
    await victim.kill9();
    await proxy.end();
    expect(pending).toBe(220);
    expect(published).toBe(100);

    const sentByOther = await running.app.get(Publisher).runOnce();
    expect(sentByOther).toBe(100);
    passLeases(running);
    await drain(running, log);
    expect((await messagesIn(nats)).map((message) => message.json<CloudEvent>().id).sort()).toEqual(await log.ids());
  });
});

describe('With a NATS server that fails', () => {
  it('killed half-way and restarted on its store: no event is lost', async () => {
    const nats = await startNats();
    const running = await natsApp(nats.url);
    const log = await EventLogView.open(running.mongodbUri);
    await createOrders(running.url, 250);
    expect(await running.app.get(Publisher).runOnce()).toBe(100);
    const underWay = running.app
      .get(Publisher)
      .runOnce()
      .catch(() => 0);
    await until(async () => (await countIn(nats)) > 100, 10_000);
    await nats.kill9();
    await underWay;
    const pending = await log.pendingCount();
    expect(pending).toBeGreaterThan(0);
    await expect(running.app.get(Publisher).runOnce()).rejects.toThrow('did not take');
    // What could not be published is nobody's: no lease has to pass before it is tried again.
    expect(await log.events.countDocuments({ claim: { $exists: true } })).toBe(0);
    await nats.start();
    await drain(running, log);
    expect((await messagesIn(nats)).map((message) => message.json<CloudEvent>().id).sort()).toEqual(await log.ids());
    await log.close();
    await running.close();
    await nats.stop();
  });

  it('absent at boot: the service is ready and takes orders; they arrive once it is there', async () => {
    const nats = await startNats({ started: false });
    const running = await natsApp(nats.url, { worker: 'on' });
    const log = await EventLogView.open(running.mongodbUri);
    expect((await send(running.url, 'GET', '/ready')).status).toBe(200);
    await createOrders(running.url, 5);
    const warnings = (): object[] =>
      running.logs.filter(({ msg }) => String(msg).startsWith('events cannot be published'));
    // Rounds of the test's own come on top of those of the loop.
    for (let round = 0; round < 5; round++)
      await running.app
        .get(Publisher)
        .runOnce()
        .catch(() => 0);
    await until(() => warnings().length > 0, 10_000);
    expect(warnings()).toHaveLength(1);
    await nats.start();
    await until(async () => (await log.pendingCount()) === 0, 40_000);
    expect(await countIn(nats)).toBe(5);
    expect(running.logs.filter(({ msg }) => msg === 'events are published again')).toHaveLength(1);
    await log.close();
    await running.close();
    await nats.stop();
  });

  it('an event above max_payload goes without its data instead of blocking the queue', async () => {
    const nats = await startNats({ maxPayload: 2_048 });
    const sink = new NatsSink({ natsUrl: nats.url, natsStream: 'orders' } as Config);
    const large = anEvent({ data: { note: 'x'.repeat(3_000) } });
    const { acknowledged, failure } = await sink.publish([large, anEvent({ subject: 'orders/2' })]);
    expect(failure).toBeUndefined();
    expect(acknowledged.size).toBe(2);
    const { data: _data, datacontenttype: _type, ...attributes } = large;
    expect((await messagesIn(nats)).map((message) => message.json())).toContainEqual({
      ...attributes,
      dataomitted: true,
    });
    await sink.close();
    await nats.stop();
  });
});
