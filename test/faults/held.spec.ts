import { jest } from '@jest/globals';
import mongoose from 'mongoose';
import { IdempotencyRepository } from '../../src/idempotency/idempotency.repository.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { send } from '../support/send.js';
import type { Answer } from '../support/send.js';

const { MongoClient, UUID } = mongoose.mongo;

let running: RunningApp;
let foreign: mongoose.mongo.MongoClient;
let session: mongoose.mongo.ClientSession;

beforeAll(async () => {
  running = await startApp({ config: { worker: 'off' } });
  foreign = await new MongoClient(running.mongodbUri).connect();
});

beforeEach(() => {
  session = foreign.startSession();
  session.startTransaction();
});

afterEach(async () => {
  jest.restoreAllMocks();
  if (session.inTransaction()) await session.abortTransaction();
  await session.endSession();
});

afterAll(async () => {
  await foreign.close();
  await running.close();
});

const create = (key: string): Promise<Answer> =>
  send(running.url, 'POST', '/orders', { body: anOrder(), headers: { 'idempotency-key': key } });

const pay = (id: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(running.url, 'PATCH', `/orders/${id}`, { body: { status: 'PAID' }, headers: { 'if-match': '1', ...headers } });

const newOrder = async (): Promise<string> =>
  ((await send(running.url, 'POST', '/orders', { body: anOrder() })).body as { id: string }).id;

/** Writes to the order in a transaction that stays open, without touching its version. */
async function hold(id: string): Promise<void> {
  const orders = foreign.db().collection<{ _id: mongoose.mongo.UUID }>('orders');
  await orders.updateOne({ _id: new UUID(id) }, { $set: { updatedAt: new Date() } }, { session });
}

/** Stores the key in a transaction that stays open. */
async function holdKey(key: string): Promise<void> {
  const record = {
    tenantId: 'default',
    key,
    fingerprint: 'of another request',
    response: { status: 201, headers: {}, body: '{}' },
    expiresAt: new Date(Date.now() + 3_600_000),
  };
  await foreign.db().collection('idempotency_keys').insertOne(record, { session });
}

describe('An order that another transaction holds', () => {
  it.each([
    ['without a key', {}],
    ['with a key', { 'idempotency-key': 'held-order' }],
  ])('makes a change %s 503, not a false conflict, and lets it through when released', async (_name, headers) => {
    const id = await newOrder();
    await hold(id);
    const refused = await pay(id, headers);
    expect(refused.body).toMatchObject({ status: 503, code: 'service_unavailable', recovery: 'wait_and_retry' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    await session.abortTransaction();
    const done = await pay(id, headers);
    expect(done.body).toMatchObject({ status: 'PAID', version: 2 });
    expect(done.headers.get('idempotent-replayed')).toBeNull();
  });

  it('is waited for: a change goes through when the other transaction ends soon', async () => {
    const id = await newOrder();
    await hold(id);
    const pending = pay(id);
    await session.abortTransaction();
    expect((await pending).status).toBe(200);
  });

  it('is read as it was committed last', async () => {
    const id = await newOrder();
    const before = await send(running.url, 'GET', `/orders/${id}`);
    await hold(id);
    const during = await send(running.url, 'GET', `/orders/${id}`);
    expect(during.status).toBe(200);
    expect(during.text).toBe(before.text);
  });
});

describe('A key that another transaction is about to store', () => {
  it('makes a creation 409 idempotency_in_progress, and is free when that transaction failed', async () => {
    const key = 'held-key';
    await holdKey(key);
    const refused = await create(key);
    expect(refused.body).toMatchObject({ status: 409, code: 'idempotency_in_progress', recovery: 'retry_same_key' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    await session.abortTransaction();
    const done = await create(key);
    expect(done.status).toBe(201);
    expect(done.headers.get('idempotent-replayed')).toBeNull();
  });

  it('makes a change 409 idempotency_in_progress, and changes nothing', async () => {
    const id = await newOrder();
    const key = 'held-key-of-change';
    await holdKey(key);
    expect((await pay(id, { 'idempotency-key': key })).body).toMatchObject({
      status: 409,
      code: 'idempotency_in_progress',
    });
    expect((await send(running.url, 'GET', `/orders/${id}`)).body).toMatchObject({ status: 'CREATED', version: 1 });
    await session.abortTransaction();
    expect((await pay(id, { 'idempotency-key': key })).status).toBe(200);
  });
});

describe('A retry that overtakes the commit of its own first attempt', () => {
  /** The first attempt commits right after the retry has looked its key up in vain. */
  function commitAfterLookUp(attempt: () => Promise<Answer>): Promise<Answer> {
    const keys = running.app.get(IdempotencyRepository, { strict: false });
    const find = keys.find.bind(keys);
    return new Promise((resolve, reject) => {
      jest.spyOn(keys, 'find').mockImplementationOnce(async (...look) => {
        const found = await find(...look);
        await attempt().then(resolve, reject);
        return found;
      });
    });
  }

  it('gets the answer of the first, though the version is gone', async () => {
    const id = await newOrder();
    const headers = { 'idempotency-key': `overtaken-${id}` };
    const first = commitAfterLookUp(() => pay(id, headers));
    const retry = await pay(id, headers);
    expect(retry.status).toBe(200);
    expect(retry.headers.get('idempotent-replayed')).toBe('true');
    expect(retry.text).toBe((await first).text);
  });

  it('gets the order of the first and makes none', async () => {
    const key = 'overtaken-creation';
    const first = commitAfterLookUp(() => create(key));
    const retry = await create(key);
    expect(retry.status).toBe(201);
    expect(retry.headers.get('idempotent-replayed')).toBe('true');
    expect(retry.text).toBe((await first).text);
  });

  it('is refused when it is another request than the one that has just used its key', async () => {
    const id = await newOrder();
    const headers = { 'idempotency-key': `stolen-${id}` };
    const first = commitAfterLookUp(() =>
      send(running.url, 'PATCH', `/orders/${id}`, {
        body: { status: 'CANCELLED' },
        headers: { 'if-match': '1', ...headers },
      }),
    );
    expect((await pay(id, headers)).body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect((await first).status).toBe(200);
  });
});
