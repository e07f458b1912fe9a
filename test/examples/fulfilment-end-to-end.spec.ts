import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { until } from '../support/database-server.js';
import { createOrders } from '../support/event-queue.js';
import { historyOf, WorkerBench } from '../support/fulfilment-worker.js';
import { send } from '../support/send.js';

let running: RunningApp;
let bench: WorkerBench;

beforeAll(async () => {
  const config = { worker: 'on', webhookAllowPrivate: true, webhookRetrySeconds: [1, 1, 2, 2, 5, 5, 5, 5] } as const;
  running = await startApp({ config });
  bench = await WorkerBench.make({ ORDERS_URL: running.url, WEBHOOK_SECRET: '' });
});

afterAll(async () => {
  await bench?.clear();
  await running?.close();
});

describe('With the service sending and the worker receiving', () => {
  it('each paid order is fulfilled once, though the worker is killed in the middle', async () => {
    const first = await bench.start();
    const orders = await createOrders(running.url, 6);
    for (const id of orders) {
      const headers = { 'if-match': '1' };
      expect((await send(running.url, 'PATCH', `/orders/${id}`, { headers, body: { status: 'PAID' } })).status).toBe(
        200,
      );
    }
    await first.untilLogged('simulation started');
    await first.kill9();
    await bench.start();
    const types = async (id: string): Promise<string[]> => (await historyOf(running.url, id)).map(({ type }) => type);
    for (const id of orders) {
      await until(async () => (await types(id)).length === 3, 120_000);
      expect(await types(id)).toEqual(['order.created', 'order.paid', 'order.fulfilled']);
    }
  });
});
