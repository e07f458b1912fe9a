import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Transactions } from '../../src/database/transactions.js';
import { EventLog } from '../../src/events/event-log.js';
import { changeStatus } from '../../src/orders/domain/order.js';
import { OrdersRepository } from '../../src/orders/orders.repository.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { send } from '../support/send.js';
import type { Answer } from '../support/send.js';

const collections = ['orders', 'order_events', 'idempotency_keys'] as const;

let running: RunningApp;
let connection: Connection;

beforeAll(async () => {
  running = await startApp({ config: { worker: 'off' } });
  connection = running.app.get<Connection>(getConnectionToken());
});

afterAll(() => running.close());

/** Everything that is stored, to be compared. */
const stored = (): Promise<unknown[][]> =>
  Promise.all(collections.map((name) => connection.collection(name).find({}).sort({ _id: 1 }).toArray()));

/** While the work runs, the database refuses every write to the collection. */
async function whileRefusing<T>(collection: string, work: () => Promise<T>): Promise<T> {
  const db = connection.getClient().db(connection.name);
  const [info] = await db.listCollections({ name: collection }, { nameOnly: false }).toArray();
  const validator = info?.options?.['validator'] as unknown;
  expect(validator).toBeDefined();
  await db.command({ collMod: collection, validator: { tenantId: { $exists: false } } });
  try {
    return await work();
  } finally {
    await db.command({ collMod: collection, validator });
  }
}

const create = (key: string): Promise<Answer> =>
  send(running.url, 'POST', '/orders', { body: anOrder(), headers: { 'idempotency-key': key } });

const pay = (id: string, key: string): Promise<Answer> =>
  send(running.url, 'PATCH', `/orders/${id}`, {
    body: { status: 'PAID' },
    headers: { 'if-match': '1', 'idempotency-key': key },
  });

const idOf = ({ body }: Answer): string => (body as { id: string }).id;

describe.each(collections)('When nothing can be written to %s', (collection) => {
  it('a creation leaves nothing anywhere, and its key is free', async () => {
    const key = `create-without-${collection}`;
    const before = await stored();
    const refused = await whileRefusing(collection, () => create(key));
    expect(refused.body).toMatchObject({ status: 500, code: 'internal_error', recovery: 'retry_same_key' });
    expect(await stored()).toEqual(before);
    const again = await create(key);
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
  });

  it('a change leaves nothing anywhere, and its key is free', async () => {
    const key = `pay-without-${collection}`;
    const id = idOf(await create(`for-${key}`));
    const before = await stored();
    const refused = await whileRefusing(collection, () => pay(id, key));
    expect(refused.body).toMatchObject({ status: 500, code: 'internal_error', recovery: 'retry_same_key' });
    expect(await stored()).toEqual(before);
    const again = await pay(id, key);
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
  });

  it('its refusal tells a client nothing of the database', async () => {
    const { text } = await whileRefusing(collection, () => create(`secret-${collection}`));
    expect(text).not.toMatch(/mongo|document|valid|collection|bulk|121/i);
  });
});

describe('A write for a version that is gone', () => {
  it('writes nothing, the event beside it neither', async () => {
    const id = idOf(await create('stale'));
    expect((await pay(id, 'pay-stale')).status).toBe(200);
    const [transactions, orders, events] = [
      running.app.get(Transactions, { strict: false }),
      running.app.get(OrdersRepository, { strict: false }),
      running.app.get(EventLog, { strict: false }),
    ];
    const current = (await orders.find('default', id))!;
    const stale = { ...current, version: 1, status: 'CREATED' as const };
    const cancelled = changeStatus(stale, 'CANCELLED', 1, new Date());
    const before = await stored();
    // Nothing is read in this transaction, so no snapshot helps: the version in the filter alone decides.
    const writing = transactions.run(async () => {
      orders.replaceIfVersion('default', cancelled, 1);
      events.append({
        ...{ tenantId: 'default', orderId: id, sequence: 9, type: 'order.cancelled', time: new Date() },
        ...{ actor: 'anonymous', data: {} },
      });
    });
    await expect(writing).rejects.toThrow('held by another transaction');
    expect(await stored()).toEqual(before);
  });
});

describe('Outside of a transaction', () => {
  it('neither an order nor an event can be written: it is a bug', async () => {
    const events = running.app.get(EventLog, { strict: false });
    const orders = running.app.get(OrdersRepository, { strict: false });
    const order = (await orders.find('default', idOf(await create('outside'))))!;
    const event = { tenantId: 'default', orderId: order.id, sequence: 2, type: 'order.paid', time: new Date() };
    expect(() => events.append({ ...event, actor: 'anonymous', data: {} })).toThrow(/^Bug!/);
    expect(() => orders.insert('default', order)).toThrow(/^Bug!/);
    expect(() => orders.replaceIfVersion('default', order, 1)).toThrow(/^Bug!/);
  });
});
