import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { newWebhookSecret } from '../../src/webhooks/webhook-secret.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { until } from '../support/database-server.js';
import { createOrders } from '../support/event-queue.js';
import { historyOf, moveOrder, WorkerBench } from '../support/fulfilment-worker.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

/** Long enough to be interrupted; no test waits for its end. */
const endless = { SIMULATION_SECONDS: '600' };

interface LossyNetwork {
  readonly proxy: TcpProxy;
  readonly url: string;
  untilChangeIsLost(): Promise<void>;
  loseNoMore(): void;
}

describe('The fulfilment worker, given webhooks,', () => {
  let running: RunningApp;
  let bench: WorkerBench;

  beforeAll(async () => {
    running = await startApp({ config: { worker: 'off' } });
  });

  afterAll(() => running.close());

  beforeEach(async () => {
    bench = await WorkerBench.make({ ORDERS_URL: running.url });
  });

  afterEach(() => bench.clear());

  const aPaidOrder = async (): Promise<{ id: string; paid: CloudEvent }> => {
    const [id] = (await createOrders(running.url, 1)) as [string];
    return { id, paid: await moveOrder(running.url, id, 'PAID', 1) };
  };

  const typesOf = async (id: string): Promise<string[]> => (await historyOf(running.url, id)).map(({ type }) => type);
  const onceFulfilled = ['order.created', 'order.paid', 'order.fulfilled'];

  /** All that were answered for the order; paying it was the first one. */
  const patchesOf = (id: string): object[] =>
    running.logs.filter((line) => line['method'] === 'PATCH' && line['path'] === `/orders/${id}`);

  /** Between worker and service; it loses every change of an order, so that a test can act before one arrives. */
  const startLossyNetwork = async (): Promise<LossyNetwork> => {
    const proxy = await bench.networkTo(running.url);
    let lost = false;
    // Headers and body are two chunks: with the one, the other has to be lost as well.
    proxy.onRequest = (chunk) => {
      lost ||= chunk.includes('PATCH /orders');
      return lost ? 'drop' : 'pass';
    };
    return {
      proxy,
      url: proxy.url,
      untilChangeIsLost: () => until(() => lost, 60_000),
      loseNoMore: () => void (proxy.onRequest = () => 'pass'),
    };
  };

  it('fulfils a paid order once, with progress in its log', async () => {
    const { id, paid } = await aPaidOrder();
    const worker = await bench.start();
    expect(await bench.deliver(paid)).toBe(204);
    await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
    expect(await typesOf(id)).toEqual(onceFulfilled);
    const percents = worker.logged('simulation progress', { orderId: id }).map(({ percent }) => percent);
    expect(percents).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(await worker.terminate()).toBe(0);
  });

  it('simulates and changes once what is delivered five times at once, and once more when all is done', async () => {
    const { id, paid } = await aPaidOrder();
    const worker = await bench.start();
    expect(await Promise.all(Array.from({ length: 5 }, () => bench.deliver(paid)))).toEqual([204, 204, 204, 204, 204]);
    await worker.untilLogged('event finished', { orderId: id });
    expect(await bench.deliver(paid)).toBe(204);
    // What comes after it in the queue is done: so a second run of the first would have been seen.
    const other = await aPaidOrder();
    await bench.deliver(other.paid);
    await worker.untilLogged('event finished', { orderId: other.id });
    expect(worker.logged('simulation started', { orderId: id })).toHaveLength(1);
    expect(patchesOf(id)).toHaveLength(2);
    expect(await typesOf(id)).toEqual(onceFulfilled);
  });

  it('does nothing with what the service has not signed', async () => {
    const { paid } = await aPaidOrder();
    const worker = await bench.start();
    const long = 6 * 60_000;
    expect(await bench.deliver(paid, { secret: newWebhookSecret() })).toBe(401);
    expect(await bench.deliver(paid, { body: JSON.stringify(paid, null, 1) })).toBe(401);
    expect(await bench.deliver(paid, { time: new Date(Date.now() - long) })).toBe(401);
    const other = await aPaidOrder();
    await bench.deliver(other.paid);
    await worker.untilLogged('event finished', { orderId: other.id });
    expect(worker.logged('simulation started')).toHaveLength(1);
  });

  it('takes each of several secrets, as when one is rolled', async () => {
    const next = newWebhookSecret();
    const worker = await bench.start({ WEBHOOK_SECRET: `${next} ${bench.secret}` });
    const { id, paid } = await aPaidOrder();
    expect(await bench.deliver(paid)).toBe(204);
    expect(await bench.deliver(paid, { secret: next })).toBe(204);
    await worker.untilLogged('event finished', { orderId: id });
  });

  it('accepts and ignores events of other types, and refuses what is no event', async () => {
    const worker = await bench.start();
    const { id, paid } = await aPaidOrder();
    const ping = { ...paid, id: crypto.randomUUID(), type: 'ping', subject: 'webhook-endpoints/1' };
    const created = (await historyOf(running.url, id))[0]!;
    expect(await bench.deliver(ping)).toBe(204);
    expect(await bench.deliver(created)).toBe(204);
    expect(await bench.deliver({ ...paid, sequence: 'two' })).toBe(400);
    expect(worker.logged('simulation started')).toEqual([]);
  });

  it('killed with -9 while it simulates, it does the work after its restart, once', async () => {
    const { id, paid } = await aPaidOrder();
    const victim = await bench.start(endless);
    await bench.deliver(paid);
    await victim.untilLogged('simulation started', { orderId: id });
    await victim.kill9();
    const worker = await bench.start();
    await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
    expect(await bench.deliver(paid)).toBe(204);
    expect(worker.logged('simulation started')).toHaveLength(1);
    expect(await typesOf(id)).toEqual(onceFulfilled);
  });

  it('told to stop while it simulates, it ends cleanly and goes on later', async () => {
    const { id, paid } = await aPaidOrder();
    const first = await bench.start(endless);
    await bench.deliver(paid);
    await first.untilLogged('simulation started', { orderId: id });
    expect(await first.terminate()).toBe(0);
    const worker = await bench.start();
    await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
  });

  it('killed with -9 when the order was changed and it has not heard so, it gets the first answer again', async () => {
    const { id, paid } = await aPaidOrder();
    const proxy = await bench.networkTo(running.url);
    // The change reaches the service, and no answer comes back.
    proxy.onRequest = (chunk) => (chunk.includes('PATCH /orders') ? 'pass-then-stall' : 'pass');
    const victim = await bench.start({ ORDERS_URL: proxy.url });
    await bench.deliver(paid);
    await until(async () => (await typesOf(id)).includes('order.fulfilled'), 60_000);
    expect(victim.logged('order fulfilled')).toEqual([]);
    await victim.kill9();

    const worker = await bench.start();
    await worker.untilLogged('order fulfilled', { orderId: id, replayed: true });
    await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
    // The result was kept, so a long simulation is not repeated for a lost answer.
    expect(worker.logged('simulation started')).toEqual([]);
    expect(worker.logs.filter(({ level }) => level === 'error')).toEqual([]);
    expect(await typesOf(id)).toEqual(onceFulfilled);
  });

  it('does not even start for an order that was cancelled before', async () => {
    const { id, paid } = await aPaidOrder();
    await moveOrder(running.url, id, 'CANCELLED', 2);
    const worker = await bench.start();
    await bench.deliver(paid);
    await worker.untilLogged('event finished', { orderId: id, outcome: 'cancelled' });
    expect(worker.logged('simulation started')).toEqual([]);
  });

  it('stops the simulation of an order that is cancelled meanwhile, and only that one', async () => {
    const [first, second] = [await aPaidOrder(), await aPaidOrder()];
    const worker = await bench.start(endless);
    for (const { id, paid } of [first, second]) {
      await bench.deliver(paid);
      await worker.untilLogged('simulation started', { orderId: id });
    }
    expect(await bench.deliver(await moveOrder(running.url, first.id, 'CANCELLED', 2))).toBe(204);
    await worker.untilLogged('simulation stopped', { orderId: first.id });
    await worker.untilLogged('event finished', { orderId: first.id, outcome: 'cancelled' });
    expect(patchesOf(first.id)).toHaveLength(2);
    expect(worker.logged('event finished', { orderId: second.id })).toEqual([]);
  });

  it('throws the result away when it learns of the cancellation only by the refusal of its change', async () => {
    const { id, paid } = await aPaidOrder();
    const network = await startLossyNetwork();
    const worker = await bench.start({ ORDERS_URL: network.url });
    await bench.deliver(paid);
    await network.untilChangeIsLost();
    await moveOrder(running.url, id, 'CANCELLED', 2);
    network.loseNoMore();
    network.proxy.cut();
    await worker.untilLogged('event finished', { orderId: id, outcome: 'cancelled' });
    await worker.untilLogged('the order has moved on', { orderId: id, code: 'version_conflict' });
    expect(await typesOf(id)).toEqual(['order.created', 'order.paid', 'order.cancelled']);
  });

  it('waits for a service that is away, and then goes on', async () => {
    const { id, paid } = await aPaidOrder();
    const network = await startLossyNetwork();
    const worker = await bench.start({ ORDERS_URL: network.url });
    await bench.deliver(paid);
    await network.untilChangeIsLost();
    await network.proxy.close();
    await worker.untilLogged('the service gave no answer yet', { method: 'PATCH' });
    network.loseNoMore();
    await network.proxy.open();
    await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
    expect(worker.logged('simulation started')).toHaveLength(1);
  });
});
