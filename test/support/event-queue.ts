import { jest } from '@jest/globals';
import mongoose from 'mongoose';
import type { Config } from '../../src/config/config.js';
import { ServerClock } from '../../src/database/server-clock.js';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { Publisher } from '../../src/sinks/publisher.js';
import { startApp } from './app.js';
import type { RunningApp } from './app.js';
import { anOrder } from './builders.js';
import { until } from './database-server.js';
import { send } from './send.js';

/** An application whose loops are off, so that each test drives the publisher's rounds itself. */
export function startQuietApp(config: Partial<Config>): Promise<RunningApp> {
  return startApp({ config: { worker: 'off', ...config } });
}

/** One round of its publisher. */
export function publishOnce({ app }: RunningApp): Promise<number> {
  return app.get(Publisher).runOnce();
}

/** Rounds until nothing waits for the sink any more; failed ones are repeated at once. */
export async function drain(running: RunningApp, log: EventLogView): Promise<void> {
  await until(async () => {
    await publishOnce(running).catch(() => 0);
    return (await log.pendingCount()) === 0;
  }, 60_000);
}

/** From now on the lease of whoever has claimed anything is over. */
export function passLeases({ app }: RunningApp): void {
  const clock = app.get(ServerClock);
  const real = clock.now.bind(clock);
  jest.spyOn(clock, 'now').mockImplementation(async () => new Date((await real()).getTime() + 31_000));
}

export function anEvent(overrides: Partial<CloudEvent> = {}): CloudEvent {
  return {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/tenants/acme',
    type: 'order.created',
    subject: 'orders/1',
    time: '2026-11-24T10:00:00.000Z',
    datacontenttype: 'application/json',
    sequence: '1',
    sequencetype: 'Integer',
    actor: 'anonymous',
    data: { note: 'x' },
    ...overrides,
  };
}

/** Makes so many orders, eight at a time, and returns their ids. */
export async function createOrders(url: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  const make = async (): Promise<void> => {
    for (let made = ids.push(''); made <= count; made = ids.push('')) {
      const { status, body } = await send(url, 'POST', '/orders', { body: anOrder() });
      if (status !== 201) throw new Error(`an order could not be made: ${status}`);
      ids[made - 1] = (body as { id: string }).id;
    }
  };
  await Promise.all(Array.from({ length: 8 }, make));
  return ids.slice(0, count);
}

/** The event log as its operator sees it. The webhooks' marks on it are looked at by nobody here. */
export class EventLogView {
  private constructor(private readonly client: mongoose.mongo.MongoClient) {}

  static async open(uri: string): Promise<EventLogView> {
    return new EventLogView(await new mongoose.mongo.MongoClient(uri).connect());
  }

  get events(): mongoose.mongo.Collection {
    return this.client.db().collection('order_events');
  }

  pendingCount(): Promise<number> {
    return this.events.countDocuments({ forSink: true });
  }

  claimCount(): Promise<number> {
    return this.events.countDocuments({ claim: { $exists: true } });
  }

  /** Sorted. */
  async ids(): Promise<string[]> {
    const found = await this.events
      .find({}, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => String(_id));
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
