import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SinkQueueRepository } from '../../src/sinks/sink-queue.repository.js';
import type { RunningApp } from '../support/app.js';
import { createOrders, EventLogView, passLeases, startQuietApp } from '../support/event-queue.js';

/** No sink is needed: nothing is published here. */
const config = { eventSink: 'nats', natsUrl: 'nats://127.0.0.1:1' } as const;

describe('The event log as the sink’s queue', () => {
  let running: RunningApp;
  let log: EventLogView;
  let queue: SinkQueueRepository;

  beforeEach(async () => {
    running = await startQuietApp(config);
    log = await EventLogView.open(running.mongodbUri);
    queue = running.app.get(SinkQueueRepository);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await log.close();
    await running.close();
  });

  it.each([
    ['before the claim', true],
    ['while the sink has the event', false],
  ])('leaves neither mark nor claim when the fan-out took its mark off %s', async (_when, before) => {
    await createOrders(running.url, 2);
    const fanOut = (): Promise<unknown> => log.events.updateMany({}, { $unset: { forWebhooks: '' } });
    if (before) await fanOut();
    const { owner, events } = await queue.claim(100);
    if (!before) await fanOut();
    await queue.markPublished(owner, new Set(events.map(({ id }) => id)));
    expect(
      await log.events.countDocuments({
        forWebhooks: { $exists: false },
        forSink: { $exists: false },
        claim: { $exists: false },
      }),
    ).toBe(2);
  });

  it('takes the sink’s mark off and leaves the webhooks’ where it is', async () => {
    await createOrders(running.url, 2);
    await log.events.updateMany({}, { $set: { forWebhooks: true, forSink: true } });
    const { owner, events } = await queue.claim(100);
    await queue.markPublished(owner, new Set(events.map(({ id }) => id)));
    expect(
      await log.events.countDocuments({ forWebhooks: true, forSink: { $exists: false }, claim: { $exists: false } }),
    ).toBe(2);
  });

  it('gives back what was refused to anybody, at once', async () => {
    await createOrders(running.url, 2);
    const { owner, events } = await queue.claim(100);
    expect((await queue.claim(100)).events).toEqual([]);
    await queue.release(
      owner,
      events.map(({ id }) => id),
    );
    expect((await queue.claim(100)).events).toEqual(events);
  });

  it('lets a claim lapse by the server’s clock, and takes no mark off for its late owner', async () => {
    await createOrders(running.url, 1);
    const late = await queue.claim(100);
    passLeases(running);
    const next = await queue.claim(100);
    expect(next.events).toEqual(late.events);
    await queue.markPublished(late.owner, new Set(late.events.map(({ id }) => id)));
    expect(await log.events.countDocuments({ forSink: true, 'claim.owner': next.owner })).toBe(1);
  });

  it('never gives the same event to two of many claimants at once', async () => {
    await createOrders(running.url, 30);
    const other = await startQuietApp({ ...config, mongodbUri: running.mongodbUri });
    const queues = [running, other].map(({ app }) => app.get(SinkQueueRepository));
    const batches = await Promise.all([...queues, ...queues, ...queues].map((each) => each.claim(10)));
    const claimed = batches.flatMap(({ events }) => events.map(({ id }) => id));
    expect(claimed.length).toBeGreaterThanOrEqual(10);
    expect(new Set(claimed).size).toBe(claimed.length);
    await other.close();
  });
});
