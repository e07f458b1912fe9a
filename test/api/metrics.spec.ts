import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import { startDurableServer, until } from '../support/database-server.js';
import { parseExposition, scrape } from '../support/exposition.js';
import type { Samples } from '../support/exposition.js';
import { sendRaw } from '../support/raw-http.js';

let api: Api;
beforeAll(async () => {
  // The loops count their own transactions, and hand on what is to wait here.
  api = await Api.start({ config: { worker: 'off' } });
});
afterAll(async () => {
  await api.end();
});

/** What a metric grew by while something was done; requests end after their answer, so they are waited for. */
async function growth(work: () => Promise<unknown>): Promise<(name: string, labels?: object) => number> {
  const before = await scrapeQuiet();
  await work();
  const after = await scrapeQuiet();
  return (name, labels = {}) => after.sum(name, labels) - before.sum(name, labels);
}

/** All but the scrape itself have ended. */
async function scrapeQuiet(): Promise<Samples> {
  let samples = await scrape(api.running.url);
  await until(async () => {
    samples = await scrape(api.running.url);
    return samples.sum('http_server_active_requests') === 1;
  }, 10_000);
  return samples;
}

describe('GET /metrics', () => {
  it('is text for Prometheus, without a credential, and not counted against a limit', async () => {
    const limited = await startApp({ config: { authMode: 'api_key', rateLimitPerMinute: 1 } });
    try {
      for (let i = 0; i < 5; i++) {
        const { status, headers } = await fetch(`${limited.url}/metrics`);
        expect({ status, type: headers.get('content-type'), limit: headers.get('ratelimit') }).toEqual({
          status: 200,
          type: expect.stringMatching(/^text\/plain; version=0\.0\.4/),
          limit: null,
        });
      }
    } finally {
      await limited.close();
    }
  });

  it('is as the OpenAPI document has it', async () => {
    expect((await api.get('/metrics')).status).toBe(200);
    expect((await api.send('HEAD', '/metrics')).status).toBe(200);
    expect((await api.send('POST', '/metrics')).status).toBe(405);
  });

  it('tells the process and the event loop beside the service’s own', async () => {
    const { types } = await scrape(api.running.url);
    expect(types).toMatchObject({
      http_server_request_duration_seconds: 'histogram',
      http_server_active_requests: 'gauge',
      db_client_operation_duration_seconds: 'histogram',
      db_client_connections_usage: 'gauge',
      orders_created_total: 'counter',
      order_transitions_total: 'counter',
      idempotency_total: 'counter',
      transactions_total: 'counter',
      transaction_retries_total: 'counter',
      event_lag_seconds: 'histogram',
      events_oldest_undelivered_age_seconds: 'gauge',
      webhook_attempts_total: 'counter',
      webhook_attempt_duration_seconds: 'histogram',
      webhook_deliveries_dead_total: 'counter',
      nodejs_eventloop_lag_p99_seconds: 'gauge',
      process_resident_memory_bytes: 'gauge',
      process_cpu_seconds_total: 'counter',
    });
  });

  it('is text that promtool accepts', async () => {
    await api.orderThatWent('PAID');
    const input = await (await fetch(`${api.running.url}/metrics`)).text();
    // Our own parser is strict as well; Prometheus' tool is asked where it is installed.
    expect(() => parseExposition(input)).not.toThrow();
    const { error, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
    if (error) return;
    expect(`${stdout}${stderr}`.trim()).toBe('');
  });

  it('each application counts for itself', async () => {
    const other = await startApp();
    try {
      await api.create();
      expect((await scrape(other.url)).sum('orders_created_total')).toBe(0);
    } finally {
      await other.close();
    }
  });
});

describe('what is counted', () => {
  it('an order once it is committed, and no replay', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const grown = await growth(async () => {
      for (let i = 0; i < 3; i++) expect((await api.create({}, key)).status).toBe(201);
      expect((await api.create({ currency: 'EUR' }, key)).status).toBe(422);
      expect((await api.create({ currency: 'XXX' }, { 'idempotency-key': randomUUID() })).status).toBe(422);
      expect((await api.create()).status).toBe(201);
    });
    expect(grown('orders_created_total')).toBe(2);
    expect(grown('idempotency_total', { outcome: 'stored' })).toBe(1);
    expect(grown('idempotency_total', { outcome: 'replayed' })).toBe(2);
    expect(grown('idempotency_total', { outcome: 'reused' })).toBe(1);
    expect(grown('idempotency_total', { outcome: 'failed' })).toBe(1);
    expect(grown('transactions_total', { outcome: 'committed' })).toBe(2);
  });

  it('of ten requests with one key at the same time one order, one stored answer and nine replays', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const grown = await growth(() => Promise.all(Array.from({ length: 10 }, () => api.create({}, key))));
    expect(grown('orders_created_total')).toBe(1);
    expect(grown('idempotency_total', { outcome: 'stored' })).toBe(1);
    expect(grown('idempotency_total')).toBe(10);
  });

  it('of ten changes from one version one transition, however often the others were repeated', async () => {
    const { id } = await api.orderThatWent();
    const grown = await growth(() => Promise.all(Array.from({ length: 10 }, () => api.move(id, 'PAID', 1))));
    expect(grown('order_transitions_total')).toBe(1);
    expect(grown('order_transitions_total', { from: 'CREATED', to: 'PAID' })).toBe(1);
    expect(grown('transactions_total', { outcome: 'committed' })).toBe(1);
    expect(grown('transactions_total')).toBe(10);
    expect(
      grown('http_server_request_duration_seconds_count', {
        http_request_method: 'PATCH',
        http_route: '/orders/:id',
        http_response_status_code: '409',
      }),
    ).toBe(9);
  });

  it('a repetition after a conflict', async () => {
    const grown = await growth(async () => {
      // They meet in the unique index of the keys: all but the first have to look again.
      const key = { 'idempotency-key': randomUUID() };
      await Promise.all(Array.from({ length: 20 }, () => api.create({}, key)));
    });
    expect(grown('transaction_retries_total', { reason: 'conflict' })).toBeGreaterThan(0);
  });

  it('each command to the database, by name and collection, and the connections of the pool', async () => {
    const { id } = await api.orderThatWent();
    const grown = await growth(() => api.get(`/orders/${id}`));
    const find = { db_operation_name: 'find', db_collection_name: 'orders', error_type: '' };
    expect(grown('db_client_operation_duration_seconds_count', find)).toBe(1);
    const samples = await scrape(api.running.url);
    expect(samples.sum('db_client_connections_max')).toBe(50);
    expect(samples.sum('db_client_connections_usage')).toBeGreaterThan(0);
    expect(samples.sum('db_client_connections_pending_requests')).toBe(0);
    await Promise.all(Array.from({ length: 30 }, () => fetch(`${api.running.url}/orders`)));
    await until(async () => {
      const now = await scrape(api.running.url);
      return now.sum('db_client_connections_usage', { state: 'used' }) <= 1;
    }, 10_000);
  });

  it('the oldest event that nobody was told of, looked at every five seconds at most', async () => {
    await api.create();
    await until(async () => {
      const samples = await scrape(api.running.url);
      return samples.sum('events_oldest_undelivered_age_seconds', { destination: 'webhooks' }) > 0;
    }, 15_000);
    const finds = { db_operation_name: 'find', db_collection_name: 'order_events' };
    const grown = await growth(async () => {
      for (let i = 0; i < 20; i++) await scrape(api.running.url);
    });
    expect(grown('db_client_operation_duration_seconds_count', finds)).toBeLessThan(20);
  });
});

describe('series', () => {
  it('are bounded, whatever paths, methods and headers clients send', async () => {
    const warm = async (): Promise<void> => {
      for (const path of ['/orders/x', '/nowhere', '/orders/%zz', '/orders/']) await api.get(path);
      await sendRaw(api.running.url, 'BREW /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      await api.send('DELETE', '/orders');
    };
    await warm();
    const before = (await scrapeQuiet()).series('http_server_request_duration_seconds_count');
    for (let i = 0; i < 50; i++) {
      await api.get(`/hostile-${i}/${randomUUID()}`);
      await api.get(`/orders/hostile-${i}`);
      await api.get(`/orders/${randomUUID()}/events`).catch(() => undefined);
      await api.send('PROPFIND', `/hostile-${i}`);
    }
    const after = (await scrapeQuiet()).series('http_server_request_duration_seconds_count');
    const fresh = after.filter((each) => !before.includes(each));
    expect(fresh.length).toBeLessThanOrEqual(3);
    expect(after.join('\n')).not.toMatch(/hostile|BREW|PROPFIND/);
    expect(after).toContainEqual(expect.stringMatching(/http_request_method="_OTHER"/));
  });

  it('have no label for a tenant, an id, a key or a path, and no value of one', async () => {
    const secret = { 'idempotency-key': 'metrics-secret-key', 'x-request-id': 'metrics-secret-id' };
    const { body } = await api.create({ customerId: 'metrics-secret-customer' }, secret);
    await api.get(`/orders/${body.id}?metrics-secret=1`);
    await scrapeQuiet();
    const text = await (await fetch(`${api.running.url}/metrics`)).text();
    expect(text).not.toMatch(/metrics-secret|tenant|default/);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    const { labelNames } = parseExposition(text);
    expect([...labelNames].sort()).toEqual(
      [
        ...['http_request_method', 'http_route', 'http_response_status_code'],
        ...['db_operation_name', 'db_collection_name', 'error_type', 'state'],
        ...['from', 'to', 'outcome', 'reason', 'destination', 'le'],
        // Of prom-client's own.
        ...['kind', 'major', 'minor', 'patch', 'space', 'type', 'version'],
      ]
        .filter((name) => labelNames.has(name))
        .sort(),
    );
  });
});

describe('with ADMIN_PORT', () => {
  it('is served there and unknown elsewhere', async () => {
    const split = await startApp({ config: { adminPort: 0 } });
    try {
      const line = split.logs.find(({ msg }) => msg === 'the admin port is listening');
      const { hostname } = new URL(split.url);
      expect((await fetch(`http://${hostname}:${String(line?.['port'])}/metrics`)).status).toBe(200);
      expect((await fetch(`${split.url}/metrics`)).status).toBe(404);
    } finally {
      await split.close();
    }
  });
});

describe('while the database is away', () => {
  it('answers, without the ages that only the database knows, and counts that', async () => {
    const mongodbUri = 'mongodb://127.0.0.1:1/nowhere?directConnection=true';
    const lonely = await startApp({ config: { mongodbUri }, waitUntilReady: false });
    try {
      const samples = await scrape(lonely.url);
      expect(samples.series('events_oldest_undelivered_age_seconds')).toEqual([]);
      expect(samples.sum('events_backlog_read_failures_total')).toBe(1);
    } finally {
      await lonely.close();
    }
  });

  it('answers as well when the database died or stands still while it was asked', async () => {
    const server = await startDurableServer();
    const { startTcpProxy } = await import('../support/tcp-proxy.js');
    const proxy = await startTcpProxy(server.port);
    const mongodbUri = server.uri.replace(String(server.port), String(proxy.port));
    const widowed = await startApp({ config: { mongodbUri } });
    try {
      expect((await scrape(widowed.url)).series('events_oldest_undelivered_age_seconds').length).toBeGreaterThan(0);
      proxy.stall();
      // The look of the last five seconds is still known; the next one fails, within its bound.
      await until(async () => (await scrape(widowed.url, 5_000)).sum('events_backlog_read_failures_total') > 0, 20_000);
      expect((await scrape(widowed.url, 5_000)).series('events_oldest_undelivered_age_seconds')).toEqual([]);
    } finally {
      proxy.resume();
      await widowed.close();
      await proxy.end();
      await server.stop();
    }
  });
});
