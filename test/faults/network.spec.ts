import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { uniqueDatabaseUri, until } from '../support/database-server.js';
import { send } from '../support/send.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

describe('When the network to the database fails', () => {
  let proxy: TcpProxy;
  let running: RunningApp;

  beforeEach(async () => {
    const uri = new URL(uniqueDatabaseUri());
    proxy = await startTcpProxy(Number(uri.port));
    uri.port = String(proxy.port);
    running = await startApp({ config: { mongodbUri: uri.href, worker: 'off' } });
  });

  afterEach(async () => {
    proxy.resume();
    await running.close();
    await proxy.end();
  });

  const create = (key: string) =>
    send(running.url, 'POST', '/orders', { body: anOrder(), headers: { 'idempotency-key': key } });

  it('a commit whose answer was lost is found out, not done twice', async () => {
    for (let round = 0; round < 20; round++) {
      proxy.onRequest = cutAfter('commitTransaction');
      const first = await create(`lost-${round}`);
      proxy.onRequest = () => 'pass';
      const second = await create(`lost-${round}`);
      expect([201, 503]).toContain(first.status);
      expect(second.status).toBe(201);
      if (first.status === 201) expect(second.text).toBe(first.text);
      expect(second.headers.get('idempotent-replayed')).toBe('true');
    }
    expect((await send(running.url, 'GET', '/orders?limit=100')).body).toMatchObject({ items: { length: 20 } });
  });

  it('a connection that breaks anywhere in the transaction leaves all or nothing', async () => {
    const commands = ['find', 'bulkWrite', 'commitTransaction'];
    for (let round = 0; round < 30; round++) {
      proxy.onRequest = cutAfter(commands[round % commands.length] ?? '');
      await create(`cut-${round}`);
      proxy.onRequest = () => 'pass';
      const second = await create(`cut-${round}`);
      expect(second.status).toBe(201);
    }
    expect((await send(running.url, 'GET', '/orders?limit=100')).body).toMatchObject({ items: { length: 30 } });
  });

  it('a stall shorter than the deadline is waited for', async () => {
    proxy.stall();
    const pending = create('stall');
    await sleep(1_000);
    proxy.resume();
    expect((await pending).status).toBe(201);
  });

  it('a network that is gone gives 503 to every request in time, and all is well when it is back', async () => {
    const { id } = (await create('before')).body as { id: string };
    proxy.stall();
    const startedAt = Date.now();
    const answers = await Promise.all([
      create('during'),
      send(running.url, 'GET', `/orders/${id}`),
      send(running.url, 'GET', '/orders'),
      send(running.url, 'PATCH', `/orders/${id}`, { body: { status: 'PAID' }, headers: { 'if-match': '1' } }),
      send(running.url, 'GET', '/ready'),
    ]);
    // Far from the 5 s of the contract, so that a busy machine breaks nothing, and far from a hang.
    expect(Date.now() - startedAt).toBeLessThan(8_000);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
    expect((await send(running.url, 'GET', '/healthz')).status).toBe(200);
    proxy.resume();
    proxy.cut();
    await until(async () => (await send(running.url, 'GET', '/ready')).status === 200, 10_000);
    expect((await create('during')).status).toBe(201);
    const paid = await send(running.url, 'PATCH', `/orders/${id}`, {
      body: { status: 'PAID' },
      headers: { 'if-match': '1', 'idempotency-key': 'pay' },
    });
    // The PATCH of before may have been committed when the stall ended.
    expect([200, 409]).toContain(paid.status);
  });

  it('refused connections give 503, and readiness turns back by itself', async () => {
    await proxy.close();
    await until(async () => (await send(running.url, 'GET', '/ready')).status === 503, 5_000);
    expect((await create('refused')).status).toBe(503);
    await proxy.open();
    await until(async () => (await send(running.url, 'GET', '/ready')).status === 200, 10_000);
    expect((await create('refused')).status).toBe(201);
  });
});

/** Lets the command through once and then loses its answer. */
function cutAfter(command: string): TcpProxy['onRequest'] {
  let done = false;
  return (chunk) => {
    if (done || !chunk.includes(`${command}\0`)) return 'pass';
    done = true;
    return 'pass-then-cut';
  };
}
