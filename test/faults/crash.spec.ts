import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { anOrder } from '../support/builders.js';
import { startDurableServer, until } from '../support/database-server.js';
import type { DurableServer } from '../support/database-server.js';
import { send } from '../support/send.js';
import { startService } from '../support/service-process.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

const rounds = Number(process.env['ROUNDS'] ?? 5);

/** Each point at which the process can die while it handles a request, seen from the wire. */
const crashPoints: readonly (readonly [string, string, 'drop' | 'pass'])[] = [
  ['before the key is looked up', 'find', 'drop'],
  ['before the writes reach the database', 'bulkWrite', 'drop'],
  ['when the writes were made and nothing is committed', 'bulkWrite', 'pass'],
  ['before the commit reaches the database', 'commitTransaction', 'drop'],
  ['when the commit was made and nobody was answered', 'commitTransaction', 'pass'],
];

describe('A service that is killed with -9', () => {
  let proxy: TcpProxy;
  let direct: mongoose.mongo.MongoClient;
  let database: DurableServer;
  let uri: URL;

  // A server of its own: ending everybody's open transactions must not disturb other tests.
  beforeAll(async () => {
    database = await startDurableServer();
  });

  afterAll(() => database.stop());

  beforeEach(async () => {
    uri = new URL(database.uri);
    uri.pathname = `/crash-${randomUUID()}`;
    proxy = await startTcpProxy(database.port);
    direct = await new mongoose.mongo.MongoClient(uri.href).connect();
  });

  afterEach(async () => {
    await direct.close();
    await proxy.end();
  });

  const start = (): Promise<ServiceProcess> => {
    const proxied = new URL(uri.href);
    proxied.port = String(proxy.port);
    return startService({ MONGODB_URI: proxied.href });
  };

  /** The server ends what a dead client left open when its time is up; the test does not wait for that. */
  const endOpenTransactions = async (): Promise<void> => {
    await direct.db('admin').command({ killAllSessions: [] });
  };

  it.each(crashPoints)('%s leaves order, event and key, or none of them', async (_name, command, verdict) => {
    for (let round = 0; round < rounds; round++) {
      const key = `crash-${round}`;
      const service = await start();
      killAt(proxy, service, command, verdict);
      await send(service.url, 'POST', '/orders', { body: anOrder(), headers: { 'idempotency-key': key } }).catch(
        () => undefined,
      );
      await service.ended;
      proxy.onRequest = () => 'pass';
      await endOpenTransactions();
      const before = await counts(direct.db(), key);
      expect([0, 1]).toContain(before.keys);

      const successor = await start();
      const again = await send(successor.url, 'POST', '/orders', {
        body: anOrder(),
        headers: { 'idempotency-key': key },
      });
      await successor.kill9();
      expect(again.status).toBe(201);
      expect(again.headers.get('idempotent-replayed')).toBe(before.keys === 1 ? 'true' : null);
      expect(await counts(direct.db(), key)).toEqual({ orders: round + 1, events: round + 1, keys: 1 });
    }
  });

  it.each(crashPoints)('%s leaves a change and its event, or neither', async (_name, command, verdict) => {
    for (let round = 0; round < rounds; round++) {
      const first = await start();
      const order = (await send(first.url, 'POST', '/orders', { body: anOrder() })).body as { id: string };
      const change = { body: { status: 'PAID' }, headers: { 'if-match': '1', 'idempotency-key': `pay-${order.id}` } };
      killAt(proxy, first, command, verdict);
      await send(first.url, 'PATCH', `/orders/${order.id}`, change).catch(() => undefined);
      await first.ended;
      proxy.onRequest = () => 'pass';
      await endOpenTransactions();

      const successor = await start();
      const between = (await send(successor.url, 'GET', `/orders/${order.id}`)).body as { version: number };
      const history = (await send(successor.url, 'GET', `/orders/${order.id}/events`)).body as { items: unknown[] };
      expect(history.items).toHaveLength(between.version);
      const again = await send(successor.url, 'PATCH', `/orders/${order.id}`, change);
      expect(again.status).toBe(200);
      expect(again.body).toMatchObject({ status: 'PAID', version: 2 });
      await successor.kill9();
    }
  });
});

describe('What a killed service left open', () => {
  it('is ended by its successor, so that key and order are free again within seconds', async () => {
    const database = await startDurableServer();
    const proxy = await startTcpProxy(database.port);
    const proxied = new URL(database.uri);
    proxied.port = String(proxy.port);
    const service = await startService({ MONGODB_URI: proxied.href });
    const create = (url: string) =>
      send(url, 'POST', '/orders', { body: anOrder(), headers: { 'idempotency-key': 'left-open' } });
    killAt(proxy, service, 'bulkWrite', 'pass');
    await create(service.url).catch(() => undefined);
    await service.ended;

    const successor = await startService({ MONGODB_URI: database.uri });
    try {
      const statuses: number[] = [];
      await until(async () => {
        statuses.push((await create(successor.url)).status);
        return statuses.at(-1) === 201;
        // The server itself would keep it for 60 s.
      }, 25_000);
      expect(statuses.slice(0, -1).filter((status) => status !== 409)).toEqual([]);
      const list = (await send(successor.url, 'GET', '/orders')).body as { items: unknown[] };
      expect(list.items).toHaveLength(1);
    } finally {
      await successor.kill9();
      await proxy.end();
      await database.stop();
    }
  });
});

describe('A database that is killed with -9', () => {
  it('loses nothing that was acknowledged, and the service finds it again by itself', async () => {
    const database = await startDurableServer();
    const service = await startService({ MONGODB_URI: database.uri });
    const acknowledged: string[] = [];
    try {
      for (let round = 0; round < 3; round++) {
        const key = `database-${round}`;
        const create = () =>
          send(service.url, 'POST', '/orders', { body: anOrder(), headers: { 'idempotency-key': key } });
        const pending = Promise.all([create(), create(), create()]);
        await database.kill9();
        const during = await pending;
        for (const answer of during) expect([201, 503]).toContain(answer.status);
        expect((await send(service.url, 'GET', '/healthz')).status).toBe(200);
        await until(async () => (await send(service.url, 'GET', '/ready')).status === 503, 5_000);
        await database.restart();
        await until(async () => (await send(service.url, 'GET', '/ready')).status === 200, 10_000);
        const after = await create();
        expect(after.status).toBe(201);
        for (const answer of during) if (answer.status === 201) expect(answer.text).toBe(after.text);
        acknowledged.push((after.body as { id: string }).id);
      }
      const list = (await send(service.url, 'GET', '/orders?limit=100')).body as { items: { id: string }[] };
      expect(list.items.map(({ id }) => id)).toEqual(acknowledged.toReversed());
    } finally {
      await service.kill9();
      await database.stop();
    }
  });
});

/** Kills the service when the command is on its way: not handed to the database, or handed to it. */
function killAt(proxy: TcpProxy, service: ServiceProcess, command: string, verdict: 'drop' | 'pass'): void {
  proxy.onRequest = (chunk) => {
    if (!chunk.includes(`${command}\0`)) return 'pass';
    proxy.onRequest = () => 'drop';
    // Time for the database to do what it was handed before the dying process closes its sockets.
    setTimeout(() => void service.kill9(), verdict === 'pass' ? 30 : 0);
    return verdict;
  };
}

async function counts(db: mongoose.mongo.Db, key: string): Promise<{ orders: number; events: number; keys: number }> {
  return {
    orders: await db.collection('orders').countDocuments({}),
    events: await db.collection('order_events').countDocuments({ type: 'order.created' }),
    keys: await db.collection('idempotency_keys').countDocuments({ key }),
  };
}
