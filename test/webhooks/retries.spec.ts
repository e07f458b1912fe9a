import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeliveryOut } from '../../src/webhooks/delivery.dto.js';
import { Webhooks } from '../support/webhooks.js';
import type { EndpointWithSecret } from '../support/webhooks.js';

const minute = 60_000;
const day = 24 * 60 * minute;

let webhooks: Webhooks;

beforeAll(async () => {
  webhooks = await Webhooks.start({ webhookRetrySeconds: [60, 3_600] });
});

afterAll(async () => {
  await webhooks?.close();
  await webhooks?.receiver.close();
});

/** An endpoint at which one event has just failed for the first time. */
async function failing(path: string, more: object = {}): Promise<EndpointWithSecret> {
  const endpoint = await webhooks.endpoint(path, { eventTypes: ['order.created'], ...more });
  webhooks.receiver.on(path, () => ({ status: 500 }));
  await webhooks.order();
  await webhooks.deliver();
  return endpoint;
}

async function only(endpointId: string): Promise<DeliveryOut> {
  const [delivery, ...others] = await webhooks.deliveries(endpointId);
  expect(others).toEqual([]);
  return delivery!;
}

/** From the end of the last try to the next, in milliseconds. */
function waitOf({ attempts, nextAttemptAt }: DeliveryOut): number {
  const { at, durationMs } = attempts.at(-1)!;
  return new Date(nextAttemptAt!).getTime() - (new Date(at).getTime() + durationMs);
}

describe('a failed delivery', () => {
  it('is tried again by the schedule, with the same id and bytes, and is dead after the last', async () => {
    const { id } = await failing('/dies');
    expect(waitOf(await only(id))).toBeGreaterThan(47_000);
    expect(waitOf(await only(id))).toBeLessThan(73_000);
    webhooks.advance(45_000);
    await webhooks.dispatch();
    expect(webhooks.receiver.at('/dies')).toHaveLength(1);
    webhooks.advance(30_000);
    await webhooks.dispatch();
    expect(await only(id)).toMatchObject({ status: 'pending', attempts: [{ status: 500 }, { status: 500 }] });
    expect(waitOf(await only(id))).toBeGreaterThan(47 * minute);
    webhooks.advance(75 * minute);
    await webhooks.dispatch();
    const dead = await only(id);
    expect(dead).toMatchObject({ status: 'dead', nextAttemptAt: null });
    expect(dead.attempts).toHaveLength(3);
    webhooks.advance(10 * day);
    await webhooks.dispatch();
    const tries = webhooks.receiver.at('/dies');
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ text }) => text)).size).toBe(1);
    expect(new Set(tries.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([dead.eventId]));
  });

  it('waits as long as the receiver asks for', async () => {
    const { id } = await webhooks.endpoint('/later', { eventTypes: ['order.created'] });
    webhooks.receiver.on('/later', () => ({ status: 503, headers: { 'retry-after': '7200' } }));
    await webhooks.order();
    await webhooks.deliver();
    expect(waitOf(await only(id))).toBeGreaterThan(7_199_900);
    expect(waitOf(await only(id))).toBeLessThan(7_210_000);
  });

  it('goes to the url that the endpoint has by then', async () => {
    const { id } = await failing('/old-url');
    await webhooks.change(id, { url: webhooks.receiver.url('/new-url') });
    webhooks.advance(75_000);
    await webhooks.dispatch();
    expect(webhooks.receiver.at('/old-url')).toHaveLength(1);
    expect(webhooks.receiver.at('/new-url')).toHaveLength(1);
  });

  it('is not sent any more, and gone, when its endpoint was removed', async () => {
    const { id } = await failing('/removed');
    await webhooks.ask('DELETE', `/webhook-endpoints/${id}`);
    webhooks.advance(day);
    await webhooks.deliver();
    expect(webhooks.receiver.at('/removed')).toHaveLength(1);
  });

  it('is signed by the secrets that are valid at its time', async () => {
    const { id } = await failing('/rolled');
    await webhooks.ask('POST', `/webhook-endpoints/${id}/secret`);
    webhooks.advance(75_000);
    await webhooks.dispatch();
    const signatures = webhooks.receiver.at('/rolled').map(({ headers }) => String(headers['webhook-signature']));
    expect(signatures.map((each) => each.split(' ').length)).toEqual([1, 2]);
  });
});

describe('a retry by hand', () => {
  async function dead(path: string): Promise<EndpointWithSecret> {
    const endpoint = await failing(path);
    for (let round = 0; round < 2; round++) {
      webhooks.advance(75 * minute);
      await webhooks.dispatch();
    }
    expect(await only(endpoint.id)).toMatchObject({ status: 'dead' });
    return endpoint;
  }

  it('sends a dead delivery at once, and begins its schedule anew', async () => {
    const { id } = await dead('/by-hand');
    await webhooks.ask('POST', `/deliveries/${(await only(id)).id}/retry`);
    await webhooks.dispatch();
    const again = await only(id);
    expect(again.status).toBe('pending');
    expect(again.attempts).toHaveLength(4);
    expect(waitOf(again)).toBeLessThan(73_000);
  });

  it('of all dead ones since a time sends those, and leaves the others', async () => {
    const { id } = await dead('/all-dead');
    webhooks.receiver.on('/all-dead', () => ({ status: 204 }));
    const tomorrow = new Date(Date.now() + day).toISOString();
    const retry = `/webhook-endpoints/${id}/retry`;
    expect(await webhooks.ask('POST', retry, { since: tomorrow })).toEqual({ count: 0 });
    expect(await webhooks.ask('POST', retry, { since: '2020-01-01T00:00:00Z' })).toEqual({ count: 1 });
    await webhooks.dispatch();
    expect(await only(id)).toMatchObject({ status: 'delivered' });
    expect(await webhooks.ask('POST', retry, { since: '2020-01-01T00:00:00Z' })).toEqual({ count: 0 });
  });
});

describe('410', () => {
  it('disables the endpoint; its deliveries wait, however long, and go on when it is enabled', async () => {
    const endpoint = await webhooks.endpoint('/gone', { eventTypes: ['order.created'] });
    webhooks.receiver.on('/gone', () => ({ status: 410 }));
    await webhooks.order();
    await webhooks.deliver();
    expect(await webhooks.ask('GET', `/webhook-endpoints/${endpoint.id}`)).toMatchObject({ enabled: false });
    await webhooks.order();
    await webhooks.fanOut();
    for (let days = 0; days < 5; days++) {
      webhooks.advance(day);
      await webhooks.deliver();
    }
    expect(webhooks.receiver.at('/gone')).toHaveLength(1);
    expect(await webhooks.deliveries(endpoint.id)).toMatchObject([{ status: 'pending' }, { status: 'pending' }]);
    webhooks.receiver.on('/gone', () => ({ status: 204 }));
    await webhooks.change(endpoint.id, { enabled: true });
    await webhooks.dispatch();
    expect(await webhooks.deliveries(endpoint.id)).toMatchObject([{ status: 'delivered' }, { status: 'delivered' }]);
  });

  it('of an address that the endpoint has left meanwhile does not disable it', async () => {
    const { id } = await webhooks.endpoint('/left', { eventTypes: ['order.created'] });
    webhooks.receiver.on('/left', async () => {
      await webhooks.change(id, { url: webhooks.receiver.url('/moved-to') });
      return { status: 410 };
    });
    await webhooks.order();
    await webhooks.deliver();
    expect(await webhooks.ask('GET', `/webhook-endpoints/${id}`)).toMatchObject({ enabled: true });
    webhooks.advance(75_000);
    await webhooks.dispatch();
    expect(webhooks.receiver.at('/moved-to')).toHaveLength(1);
  });
});

describe('a disabled endpoint', () => {
  it('is sent nothing, and everything once it is enabled', async () => {
    const { id } = await webhooks.endpoint('/disabled', { enabled: false, eventTypes: ['order.created'] });
    for (let count = 0; count < 3; count++) await webhooks.order();
    for (let hours = 0; hours < 5; hours++) {
      await webhooks.deliver();
      webhooks.advance(60 * minute);
    }
    expect(webhooks.receiver.at('/disabled')).toEqual([]);
    expect((await webhooks.deliveries(id)).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
    await webhooks.change(id, { enabled: true });
    await webhooks.dispatch();
    expect(webhooks.receiver.at('/disabled')).toHaveLength(3);
  });
});
