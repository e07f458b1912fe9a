import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../src/database/embedded/readiness.js';
import { anOrder } from '../support/builders.js';
import { startService } from '../support/service-process.js';
import type { ServiceProcess } from '../support/service-process.js';
import { uniqueDatabaseUri, until } from '../support/database-server.js';
import { observabilityDir, promtool, startPrometheus } from '../support/prometheus-server.js';
import type { AlertRule, Prometheus } from '../support/prometheus-server.js';
import { send } from '../support/send.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
}

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { panels } = JSON.parse(readFileSync(join(observabilityDir, 'grafana/orders.json'), 'utf8')) as {
  panels: Panel[];
};
const queries = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ refId, expr }) => ({
    name: `${title} ${refId}`,
    // Grafana fills it in; here all that was scraped is younger than a minute or two.
    expr: expr.replaceAll('$__rate_interval', '2m'),
  })),
);

describe('the files, as Prometheus’ own tool judges them', () => {
  it.each([
    ['configuration for compose', ['check', 'config', 'prometheus.yml']],
    ['configuration for Kubernetes', ['check', 'config', 'prometheus-kubernetes.yml']],
    ['rules', ['check', 'rules', 'alerts.yml']],
    ['alerts that fire when they should, and only then', ['test', 'rules', 'alerts.test.yml']],
  ])('%s', (_, args) => {
    expect(() => promtool(...args)).not.toThrow();
  });
});

describe('what compose mounts', () => {
  it('exists', () => {
    const mounted = [...read('docker-compose.yml').matchAll(/- \.\/(deploy\/[^:]+):/g)].map(([, path]) => path!);
    expect(mounted).toHaveLength(6);
    expect(mounted.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('has each panel once, and asks the datasource that is provisioned', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const [, provisioned] = /uid: (\S+)/.exec(read('deploy/observability/grafana/datasource.yml'))!;
    const asked = panels.filter(({ type }) => type !== 'row').map(({ datasource }) => datasource?.uid);
    expect(new Set(asked)).toEqual(new Set([provisioned]));
  });
});

describe('a real Prometheus that scrapes the service', () => {
  let receiver: WebhookReceiver;
  let service: ServiceProcess;
  let prometheus: Prometheus;
  let rules: readonly AlertRule[];

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    service = await startService({
      ...{ MONGODB_URI: uniqueDatabaseUri(), WEBHOOK_ALLOW_PRIVATE: 'true', WEBHOOK_RETRY_SECONDS: '0' },
    });
    prometheus = await startPrometheus([new URL(service.url).host, `127.0.0.1:${await freePort()}`]);
    // A rate needs a figure from before.
    await until(async () => (await prometheus.query('orders_created_total')).length > 0, 60_000);
    await makeTraffic();
    await until(async () => (await value('sum(webhook_deliveries_dead_total)')) > 0, 60_000);
    // Of what appeared with the traffic too.
    await makeTraffic();
    await until(async () => (await value('sum(increase(webhook_deliveries_dead_total[2m]))')) > 0, 60_000);
    await until(
      async () =>
        (await value('sum(rate(http_server_request_duration_seconds_count{http_response_status_code="409"}[2m]))')) > 0,
      60_000,
    );
    rules = await prometheus.alertRules();
  });

  afterAll(async () => {
    await prometheus?.stop();
    await service?.terminate();
    await receiver?.close();
  });

  /** Of the only series that the expression has, else NaN. */
  async function value(expression: string): Promise<number> {
    return Number((await prometheus.query(expression))[0]?.value[1]);
  }

  /** Some of all that is counted: creations, replays, conflicts, refusals, moves, webhooks that arrive and that do not. */
  async function makeTraffic(): Promise<void> {
    const call = (method: string, path: string, body?: unknown, headers = {}): ReturnType<typeof send> =>
      send(service.url, method, path, { body, headers });
    receiver.on('/dead', () => ({ status: 500 }));
    for (const path of ['/alive', '/dead']) await call('POST', '/webhook-endpoints', { url: receiver.url(path) });
    for (let i = 0; i < 3; i++) {
      const key = { 'idempotency-key': randomUUID() };
      const answers = await Promise.all(Array.from({ length: 10 }, () => call('POST', '/orders', anOrder(), key)));
      const { id } = answers[0]!.body as { id: string };
      await Promise.all(
        Array.from({ length: 5 }, () => call('PATCH', `/orders/${id}`, { status: 'PAID' }, { 'if-match': '1' })),
      );
      await call('POST', '/orders', { ...anOrder(), currency: 'XXX' });
      await call('GET', `/orders/${id}`);
      await call('GET', '/orders');
      await call('GET', '/nowhere');
    }
  }

  it('answers every query of the dashboard, with data', async () => {
    const empty: string[] = [];
    for (const { name, expr } of queries) {
      const series = await prometheus.query(expr);
      if (!series.some((each) => Number.isFinite(Number(each.value[1])))) empty.push(name);
    }
    expect(empty).toEqual([]);
  });

  it('shows what was done', async () => {
    const shown = async (title: string): Promise<string[]> => {
      const found = queries.filter(({ name }) => name.startsWith(title));
      const series = (await Promise.all(found.map(({ expr }) => prometheus.query(expr)))).flat();
      return series.flatMap(({ metric }) => Object.values(metric));
    };
    expect(await shown('Idempotency keys')).toEqual(expect.arrayContaining(['stored', 'replayed']));
    expect(await shown('Created and moved')).toEqual(expect.arrayContaining(['CREATED', 'PAID']));
    expect(await shown('Latency, 99 %')).toEqual(expect.arrayContaining(['/orders', '/orders/:id']));
    expect(await shown('Tries to deliver')).toEqual(expect.arrayContaining(['delivered', 'failed']));
  });

  it('evaluates every alert, whose section the operations manual has', async () => {
    expect(rules.map(({ name }) => name).sort()).toEqual(
      [...read('deploy/observability/alerts.yml').matchAll(/- alert: (\S+)/g)].map(([, name]) => name!).sort(),
    );
    const manual = read('docs/operations.md');
    for (const { name, query, labels, annotations, lastError } of rules) {
      await expect(prometheus.query(query)).resolves.toBeDefined();
      expect({ name, lastError: lastError ?? '' }).toEqual({ name, lastError: '' });
      expect(labels['severity']).toMatch(/^(critical|warning)$/);
      expect(annotations['summary']).toBeTruthy();
      expect(annotations['runbook_url']).toBe(`docs/operations.md#${name.toLowerCase()}`);
      expect(manual.split('\n')).toContain(`### ${name}`);
    }
  });

  it('raises those that the traffic calls for', async () => {
    const raised = async (name: string): Promise<boolean> => {
      const { query } = rules.find((rule) => rule.name === name)!;
      return (await prometheus.query(query)).length > 0;
    };
    // An instance that is not there, and an endpoint that always fails.
    expect(await raised('OrdersInstanceDown')).toBe(true);
    expect(await raised('OrdersWebhooksDead')).toBe(true);
    // Conflicts and refusals are no errors.
    expect(await raised('OrdersErrors')).toBe(false);
  });

  it('has every alert tested as firing and as quiet', () => {
    const text = read('deploy/observability/alerts.test.yml');
    for (const { name } of rules) {
      const cases = [...text.matchAll(new RegExp(`alertname: ${name}\\b,?\\s+exp_alerts:(.*)`, 'g'))].map(
        ([, rest]) => rest,
      );
      expect({ name, quiet: cases.some((rest) => rest!.includes('[]')) }).toEqual({ name, quiet: true });
      expect({ name, firing: cases.some((rest) => !rest!.includes('[]')) }).toEqual({ name, firing: true });
    }
  });
});
