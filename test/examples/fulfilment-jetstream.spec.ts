import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream } from '@nats-io/jetstream';
import type { ConsumerInfo } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { until } from '../support/database-server.js';
import { createOrders } from '../support/event-queue.js';
import { historyOf, moveOrder, WorkerBench } from '../support/fulfilment-worker.js';
import { managing, startNats } from '../support/nats-server.js';
import type { NatsServer } from '../support/nats-server.js';

/** Long enough to be interrupted; no test waits for its end. */
const endless = { SIMULATION_SECONDS: '600' };

describe('The fulfilment worker, given JetStream,', () => {
  let nats: NatsServer;
  let running: RunningApp;
  let bench: WorkerBench;
  /** Another worker's, on the same stream. */
  let other: WorkerBench;

  beforeAll(async () => {
    nats = await startNats();
    running = await startApp({ config: { worker: 'off' } });
  });

  afterAll(async () => {
    await running.close();
    await nats.stop();
  });

  beforeEach(async () => {
    await managing(nats.url, (manager) => manager.streams.add({ name: 'orders', subjects: ['orders.>'] }));
    bench = await WorkerBench.make({ ORDERS_URL: running.url, NATS_URL: nats.url });
    other = await WorkerBench.make({ ORDERS_URL: running.url, NATS_URL: nats.url });
  });

  afterEach(async () => {
    await bench.clear();
    await other.clear();
    await managing(nats.url, (manager) => manager.streams.delete('orders'));
  });

  /** As the service does; `copies` have no message id in common, as after its window for duplicates. */
  const publish = async (event: CloudEvent, copies = 1): Promise<void> => {
    const connection = await connect({ servers: nats.url.replace('nats://', '') });
    for (let copy = 1; copy <= copies; copy++)
      await jetstream(connection).publish(`orders.default.${event.type}`, JSON.stringify(event));
    await connection.close();
  };

  const aPaidOrder = async (): Promise<{ id: string; paid: CloudEvent }> => {
    const [id] = (await createOrders(running.url, 1)) as [string];
    return { id, paid: await moveOrder(running.url, id, 'PAID', 1) };
  };

  const consumer = (): Promise<ConsumerInfo> =>
    managing(nats.url, (manager) => manager.consumers.info('orders', 'fulfilment'));

  const untilAllAcknowledged = (): Promise<void> =>
    until(async () => {
      const { num_pending, num_ack_pending } = await consumer();
      return num_pending + num_ack_pending === 0;
    }, 60_000);

  const typesOf = async (id: string): Promise<string[]> => (await historyOf(running.url, id)).map(({ type }) => type);
  const onceFulfilled = ['order.created', 'order.paid', 'order.fulfilled'];

  it('fulfils what was published before and after its start, and acknowledges it when it is done', async () => {
    const [before, after] = [await aPaidOrder(), await aPaidOrder()];
    await publish(before.paid);
    const worker = await bench.start();
    await publish(after.paid);
    for (const { id } of [before, after]) {
      await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
      expect(await typesOf(id)).toEqual(onceFulfilled);
    }
    await untilAllAcknowledged();
    expect(await worker.terminate()).toBe(0);
  });

  it('simulates once what is published three times', async () => {
    const { id, paid } = await aPaidOrder();
    const worker = await bench.start();
    await publish(paid, 3);
    await untilAllAcknowledged();
    expect((await consumer()).delivered.consumer_seq).toBeGreaterThanOrEqual(3);
    expect(worker.logged('simulation started')).toHaveLength(1);
    expect(await typesOf(id)).toEqual(onceFulfilled);
  });

  it('says that it is working while it simulates, and acknowledges nothing yet', async () => {
    const proxy = await bench.networkTo(nats.url);
    let saidWorking = 0;
    proxy.onRequest = (chunk) => {
      if (chunk.includes('+WPI')) saidWorking++;
      return 'pass';
    };
    const { paid } = await aPaidOrder();
    await bench.start({ ...endless, NATS_URL: proxy.url });
    await publish(paid);
    await until(() => saidWorking >= 2, 60_000);
    expect((await consumer()).num_ack_pending).toBe(1);
  });

  it('killed with -9 while it simulates, it gets the message again and does the work once', async () => {
    const { id, paid } = await aPaidOrder();
    const victim = await bench.start(endless);
    await publish(paid);
    await victim.untilLogged('simulation started', { orderId: id });
    await victim.kill9();
    const worker = await bench.start();
    const { deliveries } = await worker.untilLogged('message received', { orderId: id });
    expect(Number(deliveries)).toBeGreaterThan(1);
    await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
    await untilAllAcknowledged();
    expect(await typesOf(id)).toEqual(onceFulfilled);
  });

  it('takes no more than it can do, so that another worker does the rest', async () => {
    const [first, second] = [await aPaidOrder(), await aPaidOrder()];
    const busy = await bench.start({ ...endless, CONCURRENCY: '1' });
    await publish(first.paid);
    await busy.untilLogged('simulation started', { orderId: first.id });
    await publish(second.paid);
    const idle = await other.start();
    await idle.untilLogged('event finished', { orderId: second.id, outcome: 'fulfilled' });
    expect(busy.logged('message received')).toHaveLength(1);
  });

  it('another worker takes over, at once when the first one stops in good order', async () => {
    const { id, paid } = await aPaidOrder();
    const first = await bench.start(endless);
    await publish(paid);
    await first.untilLogged('simulation started', { orderId: id });
    const second = await other.start();
    expect(await first.terminate()).toBe(0);
    await second.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
    await untilAllAcknowledged();
  });

  it('stops the simulation of an order that is cancelled meanwhile', async () => {
    const { id, paid } = await aPaidOrder();
    const worker = await bench.start(endless);
    await publish(paid);
    await worker.untilLogged('simulation started', { orderId: id });
    await publish(await moveOrder(running.url, id, 'CANCELLED', 2));
    await worker.untilLogged('event finished', { orderId: id, outcome: 'cancelled' });
    await untilAllAcknowledged();
  });

  it('ends a message that is no event, and goes on with the next', async () => {
    const { id, paid } = await aPaidOrder();
    const worker = await bench.start({ CONCURRENCY: '1' });
    await publish({ ...paid, sequence: 'two' });
    await publish(paid);
    await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
    await untilAllAcknowledged();
    expect(worker.logged('a message is no event of an order')).toHaveLength(1);
  });

  it('goes on when the server was away for a while', async () => {
    const worker = await bench.start();
    await nats.kill9();
    const { id, paid } = await aPaidOrder();
    await nats.start();
    await publish(paid);
    await worker.untilLogged('event finished', { orderId: id, outcome: 'fulfilled' });
    await untilAllAcknowledged();
  });
});
