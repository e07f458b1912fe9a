import type mongoose from 'mongoose';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { startDurableServer, until } from '../support/database-server.js';
import type { DurableServer } from '../support/database-server.js';
import { FailPoints } from '../support/server-fail-points.js';
import type { CommandFailure } from '../support/server-fail-points.js';
import { send } from '../support/send.js';
import type { Answer } from '../support/send.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

const failures: readonly (readonly [string, CommandFailure])[] = [
  ['WriteConflict (112)', { errorCode: 112 }],
  ['ShutdownInProgress (91)', { errorCode: 91 }],
  ['PrimarySteppedDown (189)', { errorCode: 189 }],
  ['InterruptedAtShutdown (11600)', { errorCode: 11600 }],
  ['MaxTimeMSExpired (50)', { errorCode: 50 }],
  ['ShutdownInProgress (91), labelled', { errorCode: 91, errorLabels: ['TransientTransactionError'] }],
  ['a closed connection', { closeConnection: true }],
];

const matrix = ['find', 'bulkWrite', 'commitTransaction', 'abortTransaction'].flatMap((command) =>
  failures.flatMap(([name, failure]) => [1, 2].map((times) => [name, times, command, failure] as const)),
);

let database: DurableServer;
let proxy: TcpProxy;
let failPoints: FailPoints;
let running: RunningApp;
let db: mongoose.mongo.Db;
let cases = 0;

beforeAll(async () => {
  database = await startDurableServer();
  proxy = await startTcpProxy(database.port);
  failPoints = await FailPoints.on(database.uri);
  db = failPoints.client.db();
  const uri = new URL(database.uri);
  uri.port = String(proxy.port);
  running = await startApp({ config: { mongodbUri: uri.href, worker: 'off' } });
});

afterEach(async () => {
  proxy.onRequest = () => 'pass';
  await failPoints.disarm();
});

afterAll(async () => {
  await running.close();
  await failPoints.close();
  await proxy.end();
  await database.stop();
});

const create = (customerId: string, key: string): Promise<Answer> =>
  send(running.url, 'POST', '/orders', { body: anOrder({ customerId }), headers: { 'idempotency-key': key } });

const pay = (id: string, key: string): Promise<Answer> =>
  send(running.url, 'PATCH', `/orders/${id}`, {
    body: { status: 'PAID' },
    headers: { 'if-match': '1', 'idempotency-key': key },
  });

/** Counts from now on how often the service sends the command. */
function countOf(command: string): () => number {
  let count = 0;
  proxy.onRequest = (chunk) => {
    if (chunk.includes(`${command}\0`)) count++;
    return 'pass';
  };
  return () => count;
}

/** An abort comes only of a transaction that failed, so its failure needs another one before it. */
async function arm(command: string, failure: CommandFailure, times: number): Promise<void> {
  if (command === 'abortTransaction') {
    await failPoints.arm(['bulkWrite', 'abortTransaction'], failure, times + 1);
  } else {
    await failPoints.arm([command], failure, times);
  }
}

function expectDoneOrUnavailable(answer: Answer, done: number): void {
  expect([done, 503]).toContain(answer.status);
  if (answer.status !== 503) return;
  expect(answer.body).toMatchObject({ code: 'service_unavailable', recovery: 'wait_and_retry' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
}

function expectReplay(second: Answer, first: Answer, done: number): void {
  expect(second.status).toBe(done);
  if (first.status !== done) return;
  expect(second.text).toBe(first.text);
  expect(second.headers.get('idempotent-replayed')).toBe('true');
}

describe('A creation and a change take effect once', () => {
  it.each(matrix)('when %s strikes %d times at %s', async (_name, times, command, failure) => {
    const customerId = `cus_${++cases}`;
    const sent = countOf(command === 'abortTransaction' ? 'bulkWrite' : command);
    await arm(command, failure, times);
    const created = await create(customerId, `create-${customerId}`);
    await failPoints.disarm();
    expect(sent()).toBeGreaterThan(0);
    expectDoneOrUnavailable(created, 201);
    const replayed = await create(customerId, `create-${customerId}`);
    expectReplay(replayed, created, 201);

    const { id } = replayed.body as { id: string };
    const sentForChange = countOf(command === 'abortTransaction' ? 'bulkWrite' : command);
    await arm(command, failure, times);
    const paid = await pay(id, `pay-${customerId}`);
    await failPoints.disarm();
    expect(sentForChange()).toBeGreaterThan(0);
    expectDoneOrUnavailable(paid, 200);
    expectReplay(await pay(id, `pay-${customerId}`), paid, 200);

    expect(await db.collection('orders').countDocuments({ customerId })).toBe(1);
    expect(await db.collection('order_events').countDocuments({ 'data.customerId': customerId })).toBe(2);
    for (const key of [`create-${customerId}`, `pay-${customerId}`])
      expect(await db.collection('idempotency_keys').countDocuments({ key })).toBe(1);
    const history = (await send(running.url, 'GET', `/orders/${id}/events`)).body as { items: { sequence: string }[] };
    expect(history.items.map(({ sequence }) => sequence)).toEqual(['1', '2']);
    expect((await send(running.url, 'GET', `/orders/${id}`)).body).toMatchObject({ status: 'PAID', version: 2 });
  });

  it('all in all: as many creations as orders and as keys of creations', async () => {
    const orders = await db.collection('orders').countDocuments({});
    expect(orders).toBe(cases);
    expect(await db.collection('order_events').countDocuments({ type: 'order.created' })).toBe(orders);
    expect(await db.collection('idempotency_keys').countDocuments({ 'response.status': 201 })).toBe(orders);
  });
});

describe('A refused change leaves nothing behind', () => {
  it.each(failures)('when the abort of its transaction meets %s', async (name, failure) => {
    const { id } = (await create(`refused ${name}`, `refused ${name}`.replaceAll(' ', '_'))).body as { id: string };
    const aborts = countOf('abortTransaction');
    await failPoints.arm(['abortTransaction'], failure, 2);
    const refused = await send(running.url, 'PATCH', `/orders/${id}`, {
      body: { status: 'FULFILLED' },
      headers: { 'if-match': '1' },
    });
    expect(refused.body).toMatchObject({ status: 409, code: 'invalid_transition' });
    await until(() => aborts() > 0, 10_000);
    await failPoints.disarm();
    expect((await pay(id, `pay-${id}`)).status).toBe(200);
  });
});

describe('A command that is blocked for longer than the deadline', () => {
  let hasty: RunningApp;

  beforeAll(async () => {
    hasty = await startApp({ config: { mongodbUri: running.mongodbUri, databaseTimeoutMs: 1_000, worker: 'off' } });
  });

  afterAll(() => hasty.close());

  const newOrder = async (): Promise<string> =>
    ((await create('blocked', `blocked-${++cases}`)).body as { id: string }).id;

  const change = (id: string, key?: string): Promise<Answer> =>
    send(hasty.url, 'PATCH', `/orders/${id}`, {
      body: { status: 'PAID' },
      headers: { 'if-match': '1', ...(key === undefined ? {} : { 'idempotency-key': key }) },
    });

  it.each(['/orders', '/orders/:id', '/orders/:id/events'])('GET %s is 503 when it is a find', async (route) => {
    const path = route.replace(':id', await newOrder());
    // So many that the service's own loops cannot use it up.
    await failPoints.arm(['find'], { blockConnection: true, blockTimeMS: 4_000 }, 20);
    const answer = await send(hasty.url, 'GET', path);
    expectDoneOrUnavailable(answer, 503);
    expect(answer.status).toBe(503);
    await failPoints.disarm();
    expect((await send(hasty.url, 'GET', path)).status).toBe(200);
  });

  it.each(['find', 'bulkWrite'])('PATCH is 503 when it is the %s, and its transaction is ended', async (command) => {
    const id = await newOrder();
    const kills = countOf('killSessions');
    await failPoints.arm([command], { blockConnection: true, blockTimeMS: 4_000 }, 20);
    expectDoneOrUnavailable(await change(id), 503);
    await failPoints.disarm();
    await until(() => kills() > 0, 10_000);
    // Far below the 60 s after which the server would end the transaction by itself.
    await until(async () => (await change(id, `after-${id}`)).status === 200, 20_000);
    const history = (await send(hasty.url, 'GET', `/orders/${id}/events`)).body as { items: unknown[] };
    expect(history.items).toHaveLength(2);
  });

  it('a creation is 503 when it is the bulkWrite, and its key is free again', async () => {
    const key = `blocked-creation-${++cases}`;
    const creation = (): Promise<Answer> =>
      send(hasty.url, 'POST', '/orders', { body: anOrder({ customerId: key }), headers: { 'idempotency-key': key } });
    const kills = countOf('killSessions');
    await failPoints.arm(['bulkWrite'], { blockConnection: true, blockTimeMS: 4_000 }, 1);
    expectDoneOrUnavailable(await creation(), 503);
    await failPoints.disarm();
    await until(() => kills() > 0, 10_000);
    await until(async () => (await creation()).status === 201, 20_000);
    expect(await db.collection('orders').countDocuments({ customerId: key })).toBe(1);
  });

  it('a creation is 503 when it is the commit, whose result the same key then finds out', async () => {
    const key = 'blocked-commit';
    await failPoints.arm(['commitTransaction'], { blockConnection: true, blockTimeMS: 2_000 }, 3);
    const first = await create('blocked-commit', key);
    expect(first.status).toBe(503);
    expectDoneOrUnavailable(first, 201);
    await failPoints.disarm();
    const second = await create('blocked-commit', key);
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await db.collection('orders').countDocuments({ customerId: 'blocked-commit' })).toBe(1);
  });
});
