import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uniqueDatabaseUri } from '../support/database-server.js';
import { createOrders, drain, EventLogView, publishOnce, startQuietApp } from '../support/event-queue.js';
import { installationMs } from '../support/installed-once.js';
import { BusWithQueue, setAwsEnv, startMoto } from '../support/moto-server.js';
import type { MotoServer } from '../support/moto-server.js';
import { eventIdsIn, startNats } from '../support/nats-server.js';
import type { NatsServer } from '../support/nats-server.js';
import { installMoto, installNats } from '../support/test-tools.js';

const eventbridgeBus = 'orders';

describe('Switching sinks', () => {
  let nats: NatsServer;
  let moto: MotoServer;
  let bus: BusWithQueue;
  let resetEnv: () => void;

  beforeAll(() => Promise.all([installNats(), installMoto()]), installationMs);

  beforeEach(async () => {
    [nats, moto] = await Promise.all([startNats(), startMoto()]);
    resetEnv = setAwsEnv(moto.url);
    bus = await BusWithQueue.open(moto, eventbridgeBus);
  });

  afterEach(async () => {
    bus.close();
    resetEnv();
    await Promise.all([nats.stop(), moto.kill9()]);
  });

  it('loses nothing: what the old one did not take goes to the new one, and back again', async () => {
    const mongodbUri = uniqueDatabaseUri();
    const toNats = { eventSink: 'nats', natsUrl: nats.url, mongodbUri } as const;
    const log = await EventLogView.open(mongodbUri);

    const before = await startQuietApp(toNats);
    await createOrders(before.url, 20);
    await drain(before, log);
    const first = await log.ids();
    await nats.kill9();
    await createOrders(before.url, 20);
    await expect(publishOnce(before)).rejects.toThrow('did not take');
    await before.close();

    const between = await startQuietApp({ eventSink: 'eventbridge', eventbridgeBus, mongodbUri });
    await createOrders(between.url, 5);
    await drain(between, log);
    const second = (await log.ids()).filter((id) => !first.includes(id));
    expect(second).toHaveLength(25);
    expect(await bus.ids()).toEqual(second);
    await between.close();

    await nats.start();
    const after = await startQuietApp(toNats);
    await createOrders(after.url, 5);
    await drain(after, log);
    const third = (await log.ids()).filter((id) => !first.includes(id) && !second.includes(id));
    expect(await eventIdsIn(nats)).toEqual([...first, ...third].sort());
    expect(await bus.ids()).toEqual(second);
    await after.close();
    await log.close();
  });
});
