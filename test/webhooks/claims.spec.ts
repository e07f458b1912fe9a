import { afterEach, describe, expect, it } from '@jest/globals';
import { Dispatcher } from '../../src/webhooks/dispatcher.js';
import { FanOut } from '../../src/webhooks/fan-out.js';
import { until } from '../support/database-server.js';
import { Webhooks } from '../support/webhooks.js';

let webhooks: Webhooks | undefined;
let other: Webhooks | undefined;

afterEach(async () => {
  await Promise.all([webhooks?.close(), other?.close()]);
  await webhooks?.receiver.close();
  webhooks = other = undefined;
});

/** Two instances on one database, with one endpoint that answers when it is let. */
async function two(): Promise<{
  first: Webhooks;
  second: Webhooks;
  endpointId: string;
  letAnswer: (status: number) => void;
}> {
  const first = (webhooks = await Webhooks.start({ webhookRetrySeconds: [60] }));
  const second = (other = await first.another({ webhookRetrySeconds: [60] }));
  const waiting: ((status: number) => void)[] = [];
  first.receiver.on('/slow', () => new Promise((resolve) => waiting.push((status) => resolve({ status }))));
  const { id } = await first.endpoint('/slow');
  return { first, second, endpointId: id, letAnswer: (status) => waiting.shift()!(status) };
}

describe('a claimed delivery', () => {
  it("is nobody else's until the lease has ended, and then anybody's, since its owner may be dead", async () => {
    const { first, second, endpointId, letAnswer } = await two();
    await first.order();
    await first.fanOut();
    await first.running.app.get(Dispatcher).runOnce();
    await first.receiver.untilReceived('/slow', 1);
    second.advance(44_000);
    await second.dispatch();
    expect(first.receiver.at('/slow')).toHaveLength(1);
    second.advance(16_000);
    expect(await second.running.app.get(Dispatcher).runOnce()).toBe(1);
    const [earlier, later] = await first.receiver.untilReceived('/slow', 2);
    expect(earlier!.headers['webhook-id']).toBe(later!.headers['webhook-id']);
    expect(earlier!.text).toBe(later!.text);
    // The first one's answer comes late, and must not overwrite what its successor does.
    letAnswer(500);
    await first.running.app.get(Dispatcher).idle();
    expect(await first.deliveries(endpointId)).toMatchObject([{ status: 'pending', attempts: [] }]);
    letAnswer(204);
    await second.running.app.get(Dispatcher).idle();
    expect(await first.deliveries(endpointId)).toMatchObject([{ status: 'delivered', attempts: [{ status: 204 }] }]);
  });

  it('is sent by one of two that look at the same time, again and again', async () => {
    const first = (webhooks = await Webhooks.start());
    const second = (other = await first.another());
    await first.endpoint('/raced');
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 5 }, () => first.order()));
      await Promise.all([first.fanOut(), second.fanOut()]);
      await Promise.all([first.dispatch(), second.dispatch()]);
    }
    const ids = first.receiver.at('/raced').map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(100);
    expect(new Set(ids).size).toBe(100);
  });

  it('is given back when the process ends before there is an answer, so that the next one sends it at once', async () => {
    const { first, second, endpointId, letAnswer } = await two();
    await first.order();
    await first.fanOut();
    const dispatcher = second.running.app.get(Dispatcher);
    await dispatcher.runOnce();
    await first.receiver.untilReceived('/slow', 1);
    await second.close();
    other = undefined;
    await first.running.app.get(Dispatcher).runOnce();
    await first.receiver.untilReceived('/slow', 2);
    letAnswer(204);
    letAnswer(204);
    await first.running.app.get(Dispatcher).idle();
    expect(await first.deliveries(endpointId)).toMatchObject([{ status: 'delivered', attempts: [{ status: 204 }] }]);
  });
});

describe('a slow endpoint', () => {
  it('occupies no more than its own places', async () => {
    const { first, letAnswer } = await two();
    await first.endpoint('/quick');
    for (let count = 0; count < 40; count++) await first.order();
    await first.fanOut();
    const dispatcher = first.running.app.get(Dispatcher);
    await until(async () => (await dispatcher.runOnce()) === 0 && first.receiver.at('/quick').length === 40, 20_000);
    expect(first.receiver.at('/slow')).toHaveLength(16);
    for (let count = 0; count < 16; count++) letAnswer(204);
    await first.receiver.untilReceived('/slow', 16);
  });
});

describe('more than a round looks at', () => {
  it('is sent round by round, and what comes after the backlog of those that do not answer is not held back', async () => {
    const first = (webhooks = await Webhooks.start());
    const mute = ['/mute-1', '/mute-2', '/mute-3', '/mute-4', '/mute-5'];
    const ends: (() => void)[] = [];
    for (const path of mute) {
      first.receiver.on(path, () => new Promise((resolve) => ends.push(() => resolve({ status: 204 }))));
      await first.endpoint(path);
    }
    for (let count = 0; count < 60; count++) await first.order();
    await first.fanOut();
    await first.endpoint('/quick');
    for (let count = 0; count < 3; count++) await first.order();
    await first.fanOut();
    const dispatcher = first.running.app.get(Dispatcher);
    await until(async () => (await dispatcher.runOnce()) === 0 && first.receiver.at('/quick').length === 3, 20_000);
    expect(mute.map((path) => first.receiver.at(path).length)).toEqual(mute.map(() => 16));
    for (const path of mute) first.receiver.on(path, () => ({ status: 204 }));
    for (const end of ends) end();
    await until(async () => {
      await dispatcher.runOnce();
      return mute.every((path) => first.receiver.at(path).length === 63);
    }, 20_000);
    await dispatcher.idle();
  });
});

describe('an endpoint that keeps failing', () => {
  it('is left alone with most of its backlog, and gets all of it once it answers', async () => {
    const first = (webhooks = await Webhooks.start({ webhookRetrySeconds: [60, 60, 60] }));
    first.receiver.on('/backlog', () => ({ status: 500 }));
    const { id } = await first.endpoint('/backlog');
    for (let count = 0; count < 120; count++) await first.order();
    await first.deliver();
    const tried = first.receiver.at('/backlog').length;
    expect(tried).toBeLessThan(60);
    first.receiver.on('/backlog', () => ({ status: 204 }));
    first.advance(360_000);
    await until(async () => {
      await first.dispatch();
      return first.receiver.at('/backlog').length === 120 + tried;
    }, 20_000);
    const waiting = await first.ask<{ items: unknown[] }>('GET', `/webhook-endpoints/${id}/deliveries?status=pending`);
    expect(waiting.items).toEqual([]);
  });
});

describe('an endpoint', () => {
  it('gets what was committed while it existed, and nothing of before', async () => {
    const first = (webhooks = await Webhooks.start());
    for (let round = 0; round < 10; round++) {
      const path = `/from-${round}`;
      const before = await first.order();
      const { id } = await first.endpoint(path, { eventTypes: ['order.created'] });
      const between = await first.order();
      await first.change(id, { eventTypes: ['order.cancelled'] });
      const after = await first.order('CANCELLED');
      await first.deliver();
      const bodies = first.receiver.at(path).map(({ text }) => text);
      expect(bodies).toHaveLength(2);
      expect(bodies.join()).not.toContain(before);
      expect(bodies.find((each) => each.includes('order.created'))).toContain(between);
      expect(bodies.find((each) => each.includes('order.cancelled'))).toContain(after);
      await first.ask('DELETE', `/webhook-endpoints/${id}`);
    }
  });

  it('gets each event once, however many hand them out at the same time', async () => {
    const first = (webhooks = await Webhooks.start());
    const second = (other = await first.another());
    const { id } = await first.endpoint('/handed-out');
    let count = 0;
    for (let round = 0; round < 10; round++) {
      const orders = Array.from({ length: 6 }, () => first.order('PAID'));
      const rounds = [first, second, first, second].map((each) => each.running.app.get(FanOut).runOnce());
      await Promise.all([...orders, ...rounds]);
      count += 12;
    }
    await Promise.all([first.fanOut(), second.fanOut()]);
    let found = 0;
    for (let cursor = ''; ;) {
      const page = await first.ask<{ items: unknown[]; nextCursor: string | null }>(
        'GET',
        `/webhook-endpoints/${id}/deliveries?limit=100${cursor}`,
      );
      found += page.items.length;
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(found).toBe(count);
  });
});
