import { randomUUID } from 'node:crypto';
import type { Caller } from '../../src/auth/caller.js';
import { Transactions } from '../../src/database/transactions.js';
import { EventLog } from '../../src/events/event-log.js';
import { IdempotencyRepository } from '../../src/idempotency/idempotency.repository.js';
import type { IdempotencyDocument } from '../../src/idempotency/idempotency.schema.js';
import { changeStatus } from '../../src/orders/domain/order.js';
import type { Order } from '../../src/orders/domain/order.js';
import { OrdersRepository } from '../../src/orders/orders.repository.js';
import { OrdersService } from '../../src/orders/orders.service.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { scopes } from '../../src/auth/scopes.js';
import { anOrder } from '../support/builders.js';

const ours: Caller = { tenantId: 'acme', scopes, actor: 'anna' };
const theirs: Caller = { tenantId: 'Acme', scopes, actor: 'berta' };
const everything = { statuses: [] };

let running: RunningApp;
let transactions: Transactions;
let orders: OrdersRepository;
let events: EventLog;
let keys: IdempotencyRepository;
let service: OrdersService;
let ourOrder: Order;
let theirOrder: Order;

beforeAll(async () => {
  running = await startApp();
  const { app } = running;
  transactions = app.get(Transactions, { strict: false });
  orders = app.get(OrdersRepository, { strict: false });
  events = app.get(EventLog, { strict: false });
  keys = app.get(IdempotencyRepository, { strict: false });
  service = app.get(OrdersService, { strict: false });
});

// The same customer on both sides, so that nothing but the tenant parts them.
beforeEach(async () => {
  ourOrder = await service.create(ours, anOrder());
  theirOrder = await service.create(theirs, anOrder());
});

afterAll(() => running.close());

/** The same refusal as for an id that nobody has. */
const notFound = { code: 'order_not_found', detail: 'There is no such order.', extra: {} };

describe('Another tenant’s order', () => {
  it('is not found', async () => {
    expect(await orders.find(theirs.tenantId, ourOrder.id)).toBeUndefined();
    expect(await orders.find(ours.tenantId, ourOrder.id)).toEqual(ourOrder);
    await expect(service.get(theirs, ourOrder.id)).rejects.toMatchObject(notFound);
  });

  it.each([
    ['the current version', 'PAID', 1],
    ['an old version', 'PAID', 7],
    ['an illegal transition', 'CREATED', 1],
  ] as const)('cannot be changed, whatever is asked: %s', async (_what, to, version) => {
    await expect(service.changeStatus(theirs, ourOrder.id, to, version)).rejects.toMatchObject(notFound);
    expect(await service.get(ours, ourOrder.id)).toEqual(ourOrder);
    expect(await service.history(ours, ourOrder.id)).toHaveLength(1);
  });

  it('is not replaced, even by one who knows its id and version', async () => {
    const changed = changeStatus(ourOrder, 'PAID', 1, new Date());
    const replacing = transactions.run(async () => orders.replaceIfVersion(theirs.tenantId, changed, 1));
    await expect(replacing).rejects.toThrow('held by another transaction');
    expect(await orders.find(ours.tenantId, ourOrder.id)).toEqual(ourOrder);
  });

  it('is in no list', async () => {
    for (const filter of [
      everything,
      { statuses: ['CREATED', 'PAID'] as const },
      { statuses: [], customerId: ourOrder.customerId },
      { statuses: [], createdFrom: ourOrder.createdAt.getTime() },
      { statuses: [], createdTo: Date.now() + 60_000 },
    ]) {
      for (const { tenantId } of [ours, theirs]) {
        const page = await orders.page(tenantId, filter, undefined, 100);
        expect(page.length).toBeGreaterThan(0);
        expect(page.filter((order) => order.tenantId !== tenantId)).toEqual([]);
      }
    }
  });

  it('has no history', async () => {
    expect(await events.history(theirs.tenantId, ourOrder.id)).toEqual([]);
    await expect(service.history(theirs, ourOrder.id)).rejects.toMatchObject(notFound);
  });
});

describe('An event', () => {
  it('names the tenant and the actor that caused it', async () => {
    for (const [caller, { id }] of [
      [ours, ourOrder],
      [theirs, theirOrder],
    ] as const) {
      expect(await service.history(caller, id)).toMatchObject([
        { source: `/tenants/${caller.tenantId}`, actor: caller.actor, subject: `orders/${id}` },
      ]);
    }
  });
});

describe('Another tenant’s cursor', () => {
  it('is refused as a made-up one is', async () => {
    await service.create(ours, anOrder());
    const { nextCursor } = await service.list(ours, everything, 1);
    expect(nextCursor).not.toBeNull();
    const refusalOf = (caller: Caller, cursor: string): Promise<unknown> =>
      service.list(caller, everything, 1, cursor).catch((error: unknown) => error);
    const refusal = await refusalOf(theirs, nextCursor!);
    expect(refusal).toMatchObject({ code: 'validation_failed', extra: { errors: [{ parameter: 'cursor' }] } });
    expect(refusal).toEqual(await refusalOf(theirs, 'made-up'));
    expect((await service.list(ours, everything, 1, nextCursor!)).items).toHaveLength(1);
  });
});

describe('One key of two tenants', () => {
  const record = (tenantId: string, key: string, expiresAt = new Date(Date.now() + 60_000)): IdempotencyDocument => ({
    ...{ tenantId, key, expiresAt, fingerprint: `of ${tenantId}` },
    response: { status: 201, headers: {}, body: `"${tenantId}"` },
  });
  const store = (document: IdempotencyDocument): Promise<void> =>
    transactions.run(async () => keys.store(document, new Date()));

  it('is two keys', async () => {
    const key = randomUUID();
    await store(record(ours.tenantId, key));
    expect(await keys.find(theirs.tenantId, key, new Date())).toBeUndefined();
    await store(record(theirs.tenantId, key));
    for (const { tenantId } of [ours, theirs]) {
      expect(await keys.find(tenantId, key, new Date())).toMatchObject(record(tenantId, key, expect.any(Date) as Date));
    }
  });

  it('replaces the expired record of its own tenant only', async () => {
    const key = randomUUID();
    const past = new Date(Date.now() - 60_000);
    await store(record(ours.tenantId, key, past));
    await store(record(theirs.tenantId, key));
    const justBefore = new Date(past.getTime() - 1);
    expect(await keys.find(ours.tenantId, key, justBefore)).toMatchObject({ fingerprint: `of ${ours.tenantId}` });
  });

  it('is not held for the one while the other stores it', async () => {
    const key = randomUUID();
    await store(record(ours.tenantId, key));
    expect(await keys.isHeld(record(ours.tenantId, key), new Date())).toBe(true);
    expect(await keys.isHeld(record(theirs.tenantId, key), new Date())).toBe(false);
  });
});
