import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrder } from '../support/builders.js';
import { serviceBuildDir } from '../support/build-service.js';
import { uniqueDatabaseUri, until } from '../support/database-server.js';
import { startOtlpReceiver } from '../support/otlp-receiver.js';
import type { OtlpReceiver, ReceivedSpan } from '../support/otlp-receiver.js';
import { send } from '../support/send.js';
import { startService } from '../support/service-process.js';
import type { ServiceProcess } from '../support/service-process.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

const hook = ['--import', pathToFileURL(join(serviceBuildDir, 'tracing.js')).href];
const server = 2;
const client = 3;

let receiver: OtlpReceiver;
let service: ServiceProcess;
beforeAll(async () => {
  receiver = await startOtlpReceiver();
  service = await startService(
    {
      MONGODB_URI: uniqueDatabaseUri(),
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_SERVICE_NAME: 'orders-under-test',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      WEBHOOK_ALLOW_PRIVATE: 'true',
    },
    true,
    hook,
  );
});
afterAll(async () => {
  await service.terminate();
  await receiver.close();
});

interface Trace {
  readonly id: string;
  readonly parent: string;
  readonly headers: Record<string, string>;
}

function aTrace(): Trace {
  const [id, parent] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { id, parent, headers: { traceparent: `00-${id}-${parent}-01`, tracestate: 'vendor=value' } };
}

async function spansOf({ id }: Trace, isComplete: (spans: ReceivedSpan[]) => boolean): Promise<ReceivedSpan[]> {
  const found = (): ReceivedSpan[] => receiver.spans.filter(({ traceId }) => traceId === id);
  await until(() => isComplete(found()), 15_000);
  return found();
}

const hasServer = (spans: ReceivedSpan[]): boolean => spans.some(({ kind }) => kind === server);

describe('with a collector', () => {
  it('a POST is a span of the client’s trace, and its commands to the database are spans below it', async () => {
    const trace = aTrace();
    const { status } = await send(service.url, 'POST', '/orders', {
      body: anOrder(),
      headers: { ...trace.headers, 'idempotency-key': 'traced' },
    });
    expect(status).toBe(201);
    const spans = await spansOf(trace, hasServer);
    const [root, ...others] = spans.filter(({ kind }) => kind === server);
    expect(others).toEqual([]);
    expect(root).toMatchObject({
      name: 'POST /orders',
      parentSpanId: trace.parent,
      traceState: 'vendor=value',
      service: 'orders-under-test',
      attributes: { 'http.request.method': 'POST', 'http.route': '/orders', 'url.path': '/orders' },
    });
    const commands = spans.filter(({ kind }) => kind === client);
    const named = commands.map(({ attributes }) => attributes['db.operation.name']);
    expect(named).toEqual(expect.arrayContaining(['find', 'bulkWrite', 'commitTransaction']));
    expect(new Set(commands.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([root!.spanId]));
  });

  it('a request without a trace begins one', async () => {
    const before = receiver.spans.length;
    await send(service.url, 'GET', '/orders');
    await until(() => hasServer(receiver.spans.slice(before)), 15_000);
    const root = receiver.spans.slice(before).find(({ kind }) => kind === server)!;
    expect(root).toMatchObject({ name: 'GET /orders' });
    expect(root.parentSpanId ?? '').toBe('');
  });

  it('an event carries the span that made it, and the log lines its trace', async () => {
    const trace = aTrace();
    const headers = { ...trace.headers, 'x-request-id': 'traced-request' };
    const { body } = await send(service.url, 'POST', '/orders', { body: anOrder(), headers });
    const root = (await spansOf(trace, hasServer)).find(({ kind }) => kind === server)!;
    const history = await send(service.url, 'GET', `/orders/${(body as { id: string }).id}/events`);
    expect((history.body as { items: object[] }).items[0]).toMatchObject({
      traceparent: `00-${trace.id}-${root.spanId}-01`,
      tracestate: 'vendor=value',
    });
    await until(() => service.logs.some(({ requestId }) => requestId === 'traced-request'), 5_000);
    const lines = service.logs.filter(({ requestId }) => requestId === 'traced-request');
    expect(new Set(lines.map((line) => line['trace_id']))).toEqual(new Set([trace.id]));
  });

  it('a client that does not want its trace recorded is obeyed', async () => {
    const unwanted = aTrace();
    await send(service.url, 'GET', '/orders', {
      headers: { traceparent: `00-${unwanted.id}-${unwanted.parent}-00` },
    });
    const wanted = aTrace();
    await send(service.url, 'GET', '/orders', { headers: wanted.headers });
    await spansOf(wanted, hasServer);
    expect(receiver.spans.filter(({ traceId }) => traceId === unwanted.id)).toEqual([]);
  });

  it('a webhook continues the trace of the request, and its span hides what the URL may hold', async () => {
    const webhooks = await WebhookReceiver.start();
    try {
      const url = webhooks.url('/hooks/traced-path?token=traced-token');
      const endpoint = await send(service.url, 'POST', '/webhook-endpoints', { body: { url } });
      const trace = aTrace();
      await send(service.url, 'POST', '/orders', { body: anOrder(), headers: trace.headers });
      const [received] = await webhooks.untilReceived('/hooks/traced-path?token=traced-token', 1);
      const spans = await spansOf(trace, (found) =>
        found.some(({ name }) => name === 'POST' || name.includes('hooks')),
      );
      const post = spans.find(({ kind, attributes }) => kind === client && 'url.full' in attributes)!;
      expect(received!.headers['traceparent']).toBe(`00-${trace.id}-${post.spanId}-01`);
      const request = spans.find(({ kind }) => kind === server)!;
      expect(post.parentSpanId).toBe(request.spanId);
      expect(receiver.texts.join('\n')).not.toMatch(/traced-path|traced-token/);
      await send(service.url, 'DELETE', `/webhook-endpoints/${(endpoint.body as { id: string }).id}`);
    } finally {
      await webhooks.close();
    }
  });

  it('no span has a query, a value of a body or a credential, and probes have none at all', async () => {
    const trace = aTrace();
    const headers = { ...trace.headers, authorization: 'Bearer traced-secret' };
    await send(service.url, 'POST', '/orders', { body: anOrder({ customerId: 'traced-secret' }), headers });
    await send(service.url, 'GET', '/orders?customerId=traced-secret', { headers });
    for (const path of ['/healthz', '/ready', '/health']) await send(service.url, 'GET', path, { headers });
    await fetch(`${service.url}/metrics`, { headers });
    const spans = await spansOf(trace, (found) => found.filter(({ kind }) => kind === server).length === 2);
    expect(spans.length).toBeGreaterThan(3);
    expect(receiver.texts.join('\n')).not.toContain('traced-secret');
    const paths = receiver.spans.map(({ attributes }) => String(attributes['url.path']));
    expect(paths.filter((path) => /health|ready|metrics/.test(path))).toEqual([]);
  });
});

describe('without a collector', () => {
  it.each([
    ['no variable', {}],
    ['OTEL_SDK_DISABLED', { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }],
    ['OTEL_TRACES_EXPORTER=none', { OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }],
  ])('by %s, the hook loads no SDK, and a client’s trace is passed on as it came', async (_, variables) => {
    const plain = await startService({ MONGODB_URI: uniqueDatabaseUri(), ...variables }, true, [
      ...hook,
      // Tells on stderr what was loaded, at the end.
      '--import',
      `data:text/javascript,${encodeURIComponent(tellLoaded)}`,
    ]);
    const trace = aTrace();
    const { body } = await send(plain.url, 'POST', '/orders', { body: anOrder(), headers: trace.headers });
    const history = await send(plain.url, 'GET', `/orders/${(body as { id: string }).id}/events`);
    expect((history.body as { items: object[] }).items[0]).toMatchObject(trace.headers);
    await plain.terminate();
    expect(plain.stderr()).toMatch(/^loaded: 0\n$/);
  });
});

/** The API is a shell without the SDK, and prom-client loads it anyway. */
const tellLoaded = `
  import { createRequire } from 'node:module';
  const { cache } = createRequire('${pathToFileURL(serviceBuildDir).href}/x.js');
  process.on('exit', () => {
    const loaded = Object.keys(cache).filter((path) => /@opentelemetry.(?!api.)/.test(path));
    process.stderr.write('loaded: ' + loaded.length + '\\n');
  });
`;
