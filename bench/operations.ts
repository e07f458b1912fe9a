import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { Request } from 'autocannon';

export const operations = ['POST', 'POST replay', 'GET', 'PATCH', 'list'] as const;
export type Operation = (typeof operations)[number];

const json = { 'content-type': 'application/json' };
/** The orders that are listed: two pages. The database of the embedded kind sorts all that match, which is not measured. */
export const listedCustomer = 'cus_7';
const listedOrders = 40;

const order = {
  currency: 'USD',
  items: [
    { sku: 'SIM-CFD-1', description: 'CFD run, 1M cells', quantity: 2, unitPrice: '19.99' },
    { sku: 'SIM-FEA-2', quantity: 5, unitPrice: '1.005' },
  ],
  metadata: { project: 'wing-7' },
};
const body = JSON.stringify({ customerId: 'cus_42', ...order });
const listedBody = JSON.stringify({ customerId: listedCustomer, ...order });
const payment = JSON.stringify({ status: 'PAID' });
const expectedStatus: Readonly<Record<Operation, number>> = {
  POST: 201,
  'POST replay': 201,
  GET: 200,
  PATCH: 200,
  list: 200,
};

/** Orders of one program that later requests are about. */
export class KnownOrders {
  /** At version 1, each good for one PATCH. */
  private readonly unpaid: string[] = [];
  readonly replayedKey = randomUUID();
  private made: number;

  /** @param listedExist whether the orders to be listed are there already */
  constructor(listedExist = false) {
    this.made = listedExist ? listedOrders : 0;
  }

  add(id: string): void {
    this.unpaid.push(id);
  }

  /** Some order, a different one each time. */
  one(): string {
    const id = this.unpaid[Math.floor(Math.random() * this.unpaid.length)];
    if (id === undefined) throw new Error('an order was asked for before there was one');
    return id;
  }

  nextBody(): string {
    this.made += 1;
    return this.made > listedOrders ? body : listedBody;
  }

  takeUnpaid(): string {
    const id = this.unpaid.pop();
    if (id === undefined) throw new Error('more orders were to be changed than made');
    return id;
  }
}

function requestOf(operation: Operation, known: KnownOrders): Request {
  switch (operation) {
    case 'POST':
      return {
        method: 'POST',
        path: '/orders',
        headers: { ...json, 'idempotency-key': randomUUID() },
        body: known.nextBody(),
      };
    case 'POST replay':
      return { method: 'POST', path: '/orders', headers: { ...json, 'idempotency-key': known.replayedKey }, body };
    case 'GET':
      return { method: 'GET', path: `/orders/${known.one()}`, headers: {} };
    case 'PATCH':
      return {
        method: 'PATCH',
        path: `/orders/${known.takeUnpaid()}`,
        headers: { ...json, 'if-match': '"1"', 'idempotency-key': randomUUID() },
        body: payment,
      };
    case 'list':
      return { method: 'GET', path: `/orders?customerId=${listedCustomer}&limit=20`, headers: {} };
  }
}

export interface Load {
  readonly url: string;
  readonly known: KnownOrders;
  readonly amount: number;
  readonly connections: number;
}

export interface Served {
  readonly seconds: number;
  readonly durationsMs: readonly number[];
}

/** Sends so many requests of one kind and waits for every answer. */
export async function run(operation: Operation, { url, known, amount, connections }: Load): Promise<Served> {
  const durationsMs: number[] = [];
  const startedAt = performance.now();
  let endedAt = startedAt;
  const unexpected: string[] = [];
  const load = autocannon({
    url,
    connections: Math.min(connections, amount),
    amount,
    sampleInt: 100,
    requests: [
      {
        setupRequest: () => requestOf(operation, known),
        onResponse: (status, text, _context, headers) => {
          if (status !== expectedStatus[operation]) unexpected.push(`${status} ${text}`);
          const location = headers['location'] ?? headers['Location'];
          if (operation === 'POST' && location !== undefined) known.add(location.slice('/orders/'.length));
        },
      },
    ],
  });
  load.on('response', (_client, _status, _bytes, responseTimeMs) => {
    durationsMs.push(responseTimeMs);
    endedAt = performance.now();
  });
  const { errors } = await load;
  if (errors + unexpected.length > 0) {
    throw new Error(`${operation}: ${errors} errors, ${unexpected.length} unexpected answers, first: ${unexpected[0]}`);
  }
  return { seconds: (endedAt - startedAt) / 1_000, durationsMs };
}
