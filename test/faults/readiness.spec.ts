import mongoose from 'mongoose';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { startDurableServer, uniqueDatabaseUri, until } from '../support/database-server.js';
import { send } from '../support/send.js';
import type { Answer } from '../support/send.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

const unknownOrder = '/orders/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0';

const statusOf = async (running: RunningApp, path: string): Promise<number> =>
  (await send(running.url, 'GET', path)).status;

const create = (running: RunningApp, key: string): Promise<Answer> =>
  send(running.url, 'POST', '/orders', { body: anOrder(), headers: { 'idempotency-key': key } });

/** Where the service finds its database, for as long as the test knows it under the same address. */
function onPort(uri: string, port: number): string {
  const moved = new URL(uri);
  moved.port = String(port);
  return moved.href;
}

describe('A service that is started before its database', () => {
  it('listens and tells so, and becomes ready by itself when the database comes', async () => {
    const uri = uniqueDatabaseUri('late');
    const proxy = await startTcpProxy(Number(new URL(uri).port));
    await proxy.close();
    const running = await startApp({ config: { mongodbUri: onPort(uri, proxy.port) }, waitUntilReady: false });
    try {
      expect(await statusOf(running, '/healthz')).toBe(200);
      for (const path of ['/ready', '/health']) expect(await statusOf(running, path)).toBe(503);
      const refusals = await Promise.all([
        create(running, 'early'),
        send(running.url, 'GET', '/orders'),
        send(running.url, 'GET', unknownOrder),
        send(running.url, 'GET', `${unknownOrder}/events`),
        send(running.url, 'PATCH', unknownOrder, { body: { status: 'PAID' }, headers: { 'if-match': '1' } }),
      ]);
      for (const refusal of refusals) {
        expect(refusal.headers.get('content-type')).toMatch(/^application\/problem\+json/);
        expect(refusal.body).toMatchObject({
          type: 'urn:problem:orders:service_unavailable',
          status: 503,
          code: 'service_unavailable',
          requestId: refusal.headers.get('x-request-id'),
        });
        expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      }
      await proxy.open();
      await until(async () => (await statusOf(running, '/ready')) === 200, 20_000);
      const created = await create(running, 'early');
      expect(created.status).toBe(201);
      expect(created.headers.get('idempotent-replayed')).toBeNull();
      expect(await statusOf(running, unknownOrder)).toBe(404);
    } finally {
      await running.close();
      await proxy.end();
    }
  });

  it('can be ended while it still waits', async () => {
    const proxy = await startTcpProxy(1);
    await proxy.close();
    const uri = onPort('mongodb://127.0.0.1/nowhere?directConnection=true', proxy.port);
    const running = await startApp({ config: { mongodbUri: uri }, waitUntilReady: false });
    expect(await statusOf(running, '/ready')).toBe(503);
    await expect(running.close()).resolves.toBeUndefined();
    await expect(fetch(`${running.url}/healthz`)).rejects.toThrow();
  });
});

describe('A database that is lost', () => {
  it('turns /ready to 503 and /healthz not, and back to 200 when it returns with all it had', async () => {
    const database = await startDurableServer();
    const running = await startApp({ config: { mongodbUri: database.uri } });
    try {
      const before = await create(running, 'kept');
      await database.kill9();
      await until(async () => (await statusOf(running, '/ready')) === 503, 10_000);
      expect(await statusOf(running, '/health')).toBe(503);
      expect(await statusOf(running, '/healthz')).toBe(200);
      expect((await create(running, 'lost')).body).toMatchObject({ status: 503, code: 'service_unavailable' });
      await database.restart();
      await until(async () => (await statusOf(running, '/ready')) === 200, 20_000);
      expect(await statusOf(running, '/health')).toBe(200);
      expect((await create(running, 'kept')).text).toBe(before.text);
      expect((await create(running, 'lost')).status).toBe(201);
    } finally {
      await running.close();
      await database.stop();
    }
  });

  it('and comes back empty has its validators and indexes again before /ready is 200', async () => {
    const database = await startDurableServer();
    const running = await startApp({ config: { mongodbUri: database.uri } });
    let successor = database;
    try {
      expect((await create(running, 'forgotten')).status).toBe(201);
      await database.stop();
      await until(async () => (await statusOf(running, '/ready')) === 503, 10_000);
      successor = await startDurableServer({ port: database.port });
      await until(async () => (await statusOf(running, '/ready')) === 200, 20_000);
      const client = await new mongoose.mongo.MongoClient(database.uri).connect();
      const indexesOf = async (name: string): Promise<number> => (await client.db().collection(name).indexes()).length;
      const found = [await indexesOf('orders'), await indexesOf('idempotency_keys'), await indexesOf('order_events')];
      await expect(client.db().collection('orders').insertOne({})).rejects.toMatchObject({ code: 121 });
      await client.close();
      expect(found).toEqual([4, 3, 4]);
      expect((await create(running, 'forgotten')).headers.get('idempotent-replayed')).toBeNull();
      expect((await send(running.url, 'GET', '/orders')).body).toMatchObject({ items: { length: 1 } });
    } finally {
      await running.close();
      await successor.stop();
    }
  });
});
