import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from './config.ts';
import { OrdersClient } from './orders-client.ts';
import type { Answer, Order } from './orders-client.ts';

/** Makes an order, pays it, and watches the worker fulfil it. Takes ORDERS_URL, ORDERS_API_KEY, SIMULATION_SECONDS. */
const config = readConfig(process.env);
const client = new OrdersClient(config, new AbortController().signal);
const giveUpAt = Date.now() + (2 * config.simulationSeconds + 60) * 1_000;

const order = bodyOf(
  await client.call<Order>('POST', '/orders', {
    headers: { 'idempotency-key': randomUUID() },
    json: {
      customerId: 'cus_demo',
      currency: 'USD',
      items: [{ sku: 'SIM-CFD-1', description: 'CFD run, 1M cells', quantity: 2, unitPrice: '19.99' }],
    },
  }),
);
say(`${order.id} ${order.status}`);

let current = bodyOf(await client.changeStatus(order.id, 'PAID', order.version, `pay-${order.id}`));
say(`${order.id} ${current.status}, now it is the worker's turn`);
while (current.status === 'PAID' && Date.now() < giveUpAt) {
  await sleep(500);
  current = bodyOf(await client.get(order.id));
}
say(`${order.id} ${current.status}`);
if (current.status !== 'FULFILLED') {
  say('The order is not fulfilled. Does the worker run, and what does its log say?');
  process.exitCode = 1;
}

function bodyOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.body;
  throw new Error(`${answer.problem.status} ${answer.problem.code}: ${answer.problem.detail}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
