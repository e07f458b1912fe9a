import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/database-server.js';
import { scrape } from '../support/exposition.js';
import { send } from '../support/send.js';
import { anOrder } from '../support/builders.js';
import { Webhooks } from '../support/webhooks.js';

const day = 86_400_000;

let webhooks: Webhooks;

beforeAll(async () => {
  webhooks = await Webhooks.start({ webhookRetrySeconds: [60] });
});

afterAll(async () => {
  await webhooks?.close();
  await webhooks?.receiver.close();
});

async function sums(...names: readonly (readonly [name: string, labels?: object])[]): Promise<number[]> {
  const samples = await scrape(webhooks.running.url);
  return names.map(([name, labels]) => samples.sum(name, labels));
}

describe('the metrics of webhooks', () => {
  it('count every try by its outcome, each event’s lag, and what was given up', async () => {
    const { receiver } = webhooks;
    receiver.on('/failing', () => ({ status: 500 }));
    await webhooks.endpoint('/taking');
    await webhooks.endpoint('/failing');
    const nobody = { url: 'http://127.0.0.1:1/' };
    await webhooks.ask('POST', '/webhook-endpoints', nobody);
    await webhooks.order('PAID');
    await webhooks.deliver();
    webhooks.advance(day);
    await webhooks.deliver();
    expect(
      await sums(
        ['webhook_attempts_total', { outcome: 'delivered' }],
        ['webhook_attempts_total', { outcome: 'failed' }],
        ['webhook_attempts_total', { outcome: 'unreachable' }],
        ['webhook_attempts_total'],
        ['webhook_attempt_duration_seconds_count'],
        ['webhook_deliveries_dead_total'],
        ['event_lag_seconds_count', { destination: 'webhooks' }],
        ['event_lag_seconds_count', { destination: 'sink' }],
      ),
    ).toEqual([2, 4, 4, 10, 10, 4, 2, 0]);
  });

  it('tell a blocked address', async () => {
    const guarded = await webhooks.another({ webhookAllowPrivate: false });
    try {
      await webhooks.order();
      await guarded.deliver();
      const samples = await scrape(guarded.running.url);
      expect(samples.sum('webhook_attempts_total', { outcome: 'blocked' })).toBe(3);
      expect(samples.sum('webhook_attempts_total')).toBe(3);
    } finally {
      await guarded.close();
    }
  });

  it('tell how long the oldest waits: for its fan-out, and as a delivery that is due', async () => {
    const oldest = async (destination: string): Promise<number> =>
      (await sums(['events_oldest_undelivered_age_seconds', { destination }]))[0]!;
    await webhooks.deliver();
    // What was read is kept for some seconds.
    await until(async () => (await oldest('webhooks')) === 0, 15_000);
    await webhooks.order();
    await until(async () => (await oldest('webhooks')) > 0, 15_000);
    await webhooks.fanOut();
    await until(async () => (await oldest('webhooks')) === 0 && (await oldest('deliveries')) > 0, 15_000);
  });
});

describe('a webhook of a traced request', () => {
  it('has its trace in the header and in the event, on every try', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { receiver } = webhooks;
    receiver.on('/traced', (_, nth) => ({ status: nth === 1 ? 500 : 204 }));
    await webhooks.endpoint('/traced');
    await send(webhooks.running.url, 'POST', '/orders', {
      body: anOrder(),
      headers: { traceparent, tracestate: 'a=1' },
    });
    await webhooks.deliver();
    webhooks.advance(day);
    await webhooks.deliver();
    const tries = receiver.at('/traced');
    expect(tries.map(({ headers }) => [headers['traceparent'], headers['tracestate']])).toEqual([
      [traceparent, 'a=1'],
      [traceparent, 'a=1'],
    ]);
    expect(JSON.parse(tries[0]!.text)).toMatchObject({ traceparent, tracestate: 'a=1' });
  });

  it('has none where the request had none', async () => {
    await webhooks.endpoint('/untraced');
    await webhooks.order();
    await webhooks.deliver();
    const [first] = webhooks.receiver.at('/untraced');
    expect(first!.headers['traceparent']).toBeUndefined();
    expect(JSON.parse(first!.text)).not.toHaveProperty('traceparent');
  });
});
