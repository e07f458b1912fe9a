import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import { EventBridgeSink } from '../../src/sinks/eventbridge.sink.js';
import type { RunningApp } from '../support/app.js';
import { anEvent, createOrders, drain, EventLogView, publishOnce, startQuietApp } from '../support/event-queue.js';
import { installationMs } from '../support/installed-once.js';
import { BusWithQueue, setAwsEnv, startMoto } from '../support/moto-server.js';
import type { MotoServer } from '../support/moto-server.js';
import { send } from '../support/send.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

describe('With EVENT_SINK=eventbridge', () => {
  let moto: MotoServer;
  let bus: BusWithQueue;
  let eventbridgeBus: string;
  let running: RunningApp;
  let log: EventLogView;
  let resetEnv: () => void;

  beforeAll(async () => {
    moto = await startMoto();
  }, installationMs);

  afterAll(() => moto.kill9());

  beforeEach(async () => {
    resetEnv = setAwsEnv(moto.url);
    eventbridgeBus = `bus-${crypto.randomUUID()}`;
    bus = await BusWithQueue.open(moto, eventbridgeBus);
    running = await startQuietApp({ eventSink: 'eventbridge', eventbridgeBus });
    log = await EventLogView.open(running.mongodbUri);
  });

  afterEach(async () => {
    await log.close();
    await running.close();
    bus.close();
    resetEnv();
  });

  it('every committed event arrives as the detail of an entry of its type, and leaves the queue', async () => {
    const [id] = await createOrders(running.url, 1);
    const paid = { body: { status: 'PAID' }, headers: { 'if-match': '1' } };
    expect((await send(running.url, 'PATCH', `/orders/${id}`, paid)).status).toBe(200);
    expect(await publishOnce(running)).toBe(2);
    expect(await publishOnce(running)).toBe(0);

    const { body } = await send(running.url, 'GET', `/orders/${id}/events`);
    const [created, changed] = (body as { items: unknown[] }).items;
    const source = 'order-processing-service';
    const arrived = await bus.all();
    expect(arrived).toHaveLength(2);
    expect(arrived).toContainEqual(
      expect.objectContaining({ source, 'detail-type': 'order.created', detail: created }),
    );
    expect(arrived).toContainEqual(expect.objectContaining({ source, 'detail-type': 'order.paid', detail: changed }));
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([0, 0]);
  });

  it('more than one call takes, and more than one round, arrive once each', async () => {
    await createOrders(running.url, 125);
    expect(await publishOnce(running)).toBe(100);
    expect(await publishOnce(running)).toBe(25);
    expect(await bus.ids()).toEqual(await log.ids());
  });

  it('an event above the limit goes without its data, and large ones go in calls of their own', async () => {
    const sink = new EventBridgeSink({ eventbridgeBus } as Config);
    const tooLarge = anEvent({ data: { note: 'ü'.repeat(130_000) } });
    const large = ['1', '2', '3'].map((sequence) => anEvent({ sequence, data: { note: 'x'.repeat(120_000) } }));
    const { acknowledged, failure } = await sink.publish([...large, tooLarge]);
    await sink.close();
    expect(failure).toBeUndefined();
    expect(acknowledged.size).toBe(4);
    const details = (await bus.all()).map(({ detail }) => detail);
    for (const event of large) expect(details).toContainEqual(event);
    expect(details).toContainEqual({ ...tooLarge, data: undefined, datacontenttype: undefined, dataomitted: true });
  });

  it('events wait while the bus does not exist, and arrive when it does', async () => {
    const late = `bus-${crypto.randomUUID()}`;
    const other = await startQuietApp({
      eventSink: 'eventbridge',
      eventbridgeBus: late,
      mongodbUri: running.mongodbUri,
    });
    await createOrders(other.url, 3);
    await expect(publishOnce(other)).rejects.toThrow('did not take');
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([3, 0]);
    await bus.create(late);
    await drain(other, log);
    expect(await bus.ids()).toEqual(await log.ids());
    await other.close();
  });

  it('no event is lost when the network fails half-way: what got no answer is sent again', async () => {
    const proxy = await startTcpProxy(moto.port);
    setAwsEnv(`http://127.0.0.1:${proxy.port}`);
    await createOrders(running.url, 60);
    let calls = 0;
    proxy.onRequest = (chunk) => {
      if (chunk.includes('AWSEvents.PutEvents')) calls++;
      return calls >= 3 ? 'pass-then-cut' : 'pass';
    };
    expect(await publishOnce(running)).toBe(0);
    expect(await log.pendingCount()).toBe(40);
    await proxy.close();
    await expect(publishOnce(running)).rejects.toThrow('did not take');
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([40, 0]);
    proxy.onRequest = () => 'pass';
    await proxy.open();
    await drain(running, log);
    await proxy.end();
    const arrived = await bus.ids();
    expect([...new Set(arrived)]).toEqual(await log.ids());
    // The third call was heard and not answered, and again when the SDK repeated it.
    expect(arrived.length).toBeGreaterThan(60);
  });

  it('no event is lost when the server is killed half-way and comes back', async () => {
    await createOrders(running.url, 150);
    expect(await publishOnce(running)).toBe(100);
    // It keeps nothing over its death, so the queue is emptied first.
    expect(await bus.all()).toHaveLength(100);
    await moto.kill9();
    await expect(publishOnce(running)).rejects.toThrow('did not take');
    expect([await log.pendingCount(), await log.claimCount()]).toEqual([50, 0]);
    await moto.start();
    await bus.create(eventbridgeBus);
    await drain(running, log);
    expect(await bus.ids()).toEqual(await log.ids());
  });
});
