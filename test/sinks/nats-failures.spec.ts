import { createServer } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { uniqueDatabaseUri, until } from '../support/database-server.js';
import { createOrders, drain, EventLogView, passLeases, publishOnce, startQuietApp } from '../support/event-queue.js';
import { installationMs } from '../support/installed-once.js';
import { countIn, eventIdsIn, startNats } from '../support/nats-server.js';
import type { NatsServer } from '../support/nats-server.js';
import { startService } from '../support/service-process.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import { installNats } from '../support/test-tools.js';

describe('No event is lost or doubled in NATS', () => {
  let nats: NatsServer;
  let mongodbUri: string;
  let log: EventLogView;
  let services: ServiceProcess[];

  beforeAll(() => installNats(), installationMs);

  beforeEach(async () => {
    nats = await startNats({ started: false });
    mongodbUri = uniqueDatabaseUri();
    log = await EventLogView.open(mongodbUri);
    services = [];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(services.map((service) => service.kill9()));
    await log.close();
    await nats.stop();
  });

  const serve = async (natsUrl = nats.url): Promise<ServiceProcess> => {
    const service = await startService({ MONGODB_URI: mongodbUri, EVENT_SINK: 'nats', NATS_URL: natsUrl });
    services.push(service);
    return service;
  };

  it('when its server is absent at boot: orders are taken, and their events arrive once it is there', async () => {
    let refused = 0;
    const absent = createServer((socket) => {
      refused++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => absent.listen(nats.port, '127.0.0.1', resolve));
    const service = await serve();
    await createOrders(service.url, 5);
    await until(() => refused >= 2, 60_000);
    await new Promise((resolve) => absent.close(resolve));
    await nats.start();
    await until(async () => (await log.pendingCount()) === 0, 60_000);
    expect(await eventIdsIn(nats)).toEqual(await log.ids());
    await service.terminate();
    const told = service.logs.map(({ msg }) => msg).filter((msg) => /^events /.test(String(msg)));
    // Each try was refused, and not each is told of.
    expect(told).toEqual(['events cannot be published, and wait in the log', 'events are published again']);
  });

  it('when its server is killed half-way and restarted on its store', async () => {
    await nats.start();
    const running = await startQuietApp({ eventSink: 'nats', natsUrl: nats.url, mongodbUri });
    await createOrders(running.url, 250);
    expect(await publishOnce(running)).toBe(100);
    const underWay = publishOnce(running).catch(() => 0);
    await until(async () => (await countIn(nats)) > 100, 60_000);
    await nats.kill9();
    await underWay;
    expect(await log.pendingCount()).toBeGreaterThan(0);
    await expect(publishOnce(running)).rejects.toThrow('did not take');
    // What could not be published is nobody's: no lease has to pass before it is tried again.
    expect(await log.claimCount()).toBe(0);
    await nats.start();
    await drain(running, log);
    expect(await eventIdsIn(nats)).toEqual(await log.ids());
    await running.close();
  });

  it('when a service dies between publishing and marking', async () => {
    await nats.start();
    const running = await startQuietApp({ eventSink: 'nats', natsUrl: nats.url, mongodbUri });
    await createOrders(running.url, 220);
    const proxy = await startTcpProxy(nats.port);
    // From its first event on it hears nothing from the server any more, so it can mark nothing.
    proxy.onRequest = (chunk) => (chunk.includes('HPUB orders.') ? 'pass-then-stall' : 'pass');
    const victim = await serve(`nats://127.0.0.1:${proxy.port}`);
    await until(async () => (await countIn(nats)) >= 100, 60_000);
    const [published, pending] = [await countIn(nats), await log.pendingCount()];
    await victim.kill9();
    await proxy.end();
    expect(pending).toBe(220);
    expect(published).toBe(100);

    expect(await publishOnce(running)).toBe(100);
    passLeases(running);
    await drain(running, log);
    expect(await eventIdsIn(nats)).toEqual(await log.ids());
    await running.close();
  });

  it('when two instances publish at once and their server is killed half-way', async () => {
    await nats.start();
    const [one, other] = [await serve(), await serve()];
    const made = Promise.all([createOrders(one.url, 200), createOrders(other.url, 200)]);
    await until(async () => (await countIn(nats)) > 50, 60_000);
    await nats.kill9();
    await made;
    expect(await log.pendingCount()).toBeGreaterThan(0);
    await nats.start();
    await until(async () => (await log.pendingCount()) === 0, 90_000);
    const ids = await log.ids();
    expect(ids).toHaveLength(400);
    expect(await eventIdsIn(nats)).toEqual(ids);
  });
});
