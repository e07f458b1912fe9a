import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { until } from '../support/database-server.js';
import { createOrders } from '../support/event-queue.js';
import { historyOf, moveOrder, WorkerBench } from '../support/fulfilment-worker.js';
import { rememberSecret } from '../support/secrets.js';
import { send } from '../support/send.js';

interface PackageJson {
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Kept {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

interface Listed {
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
}

const exampleDir = join(import.meta.dirname, '../../examples/fulfilment-worker');

/** Unset: the worker has to register its endpoint itself. */
const withoutSecret = { WEBHOOK_SECRET: '' };

function textOf(path: string): string {
  return readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
}

describe('The fulfilment worker’s folder', () => {
  it('asks for the packages and versions of this repository, so that it can be copied away', () => {
    const own = JSON.parse(textOf('examples/fulfilment-worker/package.json')) as PackageJson;
    const ours = JSON.parse(textOf('package.json')) as PackageJson;
    for (const [name, version] of Object.entries(own.dependencies)) expect(ours.dependencies[name]).toBe(version);
    const sources = readdirSync(exampleDir).filter((file) => file.endsWith('.ts'));
    const imported = sources.flatMap((file) =>
      [...textOf(`examples/fulfilment-worker/${file}`).matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => name!),
    );
    const packages = new Set(imported.filter((name) => !name.startsWith('node:')));
    expect([...packages].sort()).toEqual(Object.keys(own.dependencies).sort());
  });

  it('tells every variable in its README', () => {
    const read = [...textOf('examples/fulfilment-worker/config.ts').matchAll(/\('([A-Z_]{4,})'/g)].map(
      ([, name]) => name!,
    );
    const told = [...textOf('examples/fulfilment-worker/README.md').matchAll(/^\| `([A-Z_]+)`/gm)];
    expect(told.map(([, name]) => name!).sort()).toEqual([...new Set(read)].sort());
  });
});

describe('The fulfilment worker, when it starts,', () => {
  let running: RunningApp;
  let bench: WorkerBench;

  beforeAll(async () => {
    running = await startApp({ config: { worker: 'off', webhookAllowPrivate: true } });
  });

  afterAll(() => running.close());

  beforeEach(async () => {
    for (const { id } of await endpoints()) await send(running.url, 'DELETE', `/webhook-endpoints/${id}`);
    bench = await WorkerBench.make({ ORDERS_URL: running.url });
  });

  afterEach(() => bench.clear());

  const endpoints = async (): Promise<readonly Listed[]> => {
    const { body } = await send(running.url, 'GET', '/webhook-endpoints');
    return (body as { items: Listed[] }).items;
  };

  const keptEndpoint = async (): Promise<Kept> => {
    const kept = JSON.parse(await readFile(join(bench.dataDir, 'endpoint.json'), 'utf8')) as Kept;
    rememberSecret(kept.secret);
    return kept;
  };

  it('registers its endpoint, keeps the secret to itself, and takes what is signed with it', async () => {
    const worker = await bench.start(withoutSecret);
    const { id, url, secret } = await keptEndpoint();
    expect(await endpoints()).toMatchObject([{ id, url, eventTypes: ['order.paid', 'order.cancelled'] }]);
    expect(url).toBe(worker.logged('ready for webhooks')[0]?.['url']);
    expect((await stat(join(bench.dataDir, 'endpoint.json'))).mode & 0o777).toBe(0o600);

    const [order] = (await createOrders(running.url, 1)) as [string];
    const paid = await moveOrder(running.url, order, 'PAID', 1);
    expect(await bench.deliver(paid, { secret })).toBe(204);
    await worker.untilLogged('event finished', { orderId: order, outcome: 'fulfilled' });
    await worker.terminate();
  });

  it('the demo makes an order, pays it, and sees the worker fulfil it', async () => {
    await bench.start();
    const demo = spawn(process.execPath, [join(exampleDir, 'demo.ts')], { env: { ORDERS_URL: running.url } });
    let said = '';
    demo.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(demo, 'close');
    await until(() => said.includes('PAID') || demo.exitCode !== null, 60_000);
    const [id] = said.split(' ');
    // The test is the service's loop for webhooks.
    await bench.deliver((await historyOf(running.url, id!))[1]!);
    expect(await ended).toEqual([0, null]);
    expect(said).toContain('FULFILLED');
  });

  it('uses what it kept, and tells the service when it listens elsewhere', async () => {
    await (await bench.start(withoutSecret)).terminate();
    const { id, secret } = await keptEndpoint();
    const worker = await bench.start({ ...withoutSecret, WEBHOOK_URL: 'http://127.0.0.1:1/elsewhere' });
    expect(await endpoints()).toMatchObject([{ id, url: 'http://127.0.0.1:1/elsewhere' }]);
    expect(await keptEndpoint()).toMatchObject({ id, secret });
    expect(worker.logged('endpoint registered')).toEqual([]);
  });

  it('registers anew when the service has forgotten its endpoint', async () => {
    await (await bench.start(withoutSecret)).terminate();
    const { id } = await keptEndpoint();
    await send(running.url, 'DELETE', `/webhook-endpoints/${id}`);
    await bench.start(withoutSecret);
    expect((await keptEndpoint()).id).not.toBe(id);
    expect(await endpoints()).toHaveLength(1);
  });

  it('takes a new secret for its endpoint when it has lost the old one', async () => {
    const url = { WEBHOOK_URL: 'http://127.0.0.1:1/lost' };
    await (await bench.start({ ...withoutSecret, ...url })).terminate();
    const { id, secret } = await keptEndpoint();
    await rm(join(bench.dataDir, 'endpoint.json'));
    await bench.start({ ...withoutSecret, ...url });
    const next = await keptEndpoint();
    expect(next.id).toBe(id);
    expect(next.secret).not.toBe(secret);
    expect(await endpoints()).toHaveLength(1);
  });

  it('leaves one endpoint when the answer to its registration is lost', async () => {
    const proxy = await bench.networkTo(running.url);
    let cut = false;
    proxy.onRequest = (chunk) => {
      const isFirst = !cut && chunk.includes('POST /webhook-endpoints');
      cut ||= isFirst;
      return isFirst ? 'pass-then-cut' : 'pass';
    };
    const worker = await bench.start({ ...withoutSecret, ORDERS_URL: proxy.url });
    expect(worker.logged('the endpoint may not be registered')).toHaveLength(1);
    expect(await endpoints()).toMatchObject([{ id: (await keptEndpoint()).id }]);
  });

  it('says what is missing when the service wants a credential or refuses the URL', async () => {
    const strict = await startApp({ config: { worker: 'off', mongodbUri: running.mongodbUri } });
    const refused = await bench.start({ ...withoutSecret, ORDERS_URL: strict.url }, false);
    expect(await refused.ended).toBe(1);
    expect(String(refused.logs.at(-1)?.['reason'])).toContain('WEBHOOK_ALLOW_PRIVATE=true');
    await strict.close();

    const guarded = await startApp({ config: { worker: 'off', authMode: 'api_key' } });
    const unknown = await bench.start({ ...withoutSecret, ORDERS_URL: guarded.url }, false);
    expect(await unknown.ended).toBe(1);
    expect(String(unknown.logs.at(-1)?.['reason'])).toContain('ORDERS_API_KEY');
    await guarded.close();
  });

  it('names every variable that is wrong and repeats no secret', async () => {
    const secret = 'whsec_no-base64-at-all!';
    rememberSecret(secret);
    const wrong = {
      WEBHOOK_SECRET: secret,
      PORT: '80.5',
      CONCURRENCY: '0',
      ORDERS_URL: 'orders',
      NATS_URL: 'http://x',
    };
    const worker = await bench.start(wrong, false);
    expect(await worker.ended).toBe(1);
    for (const name of Object.keys(wrong)) expect(String(worker.logs.at(-1)?.['reason'])).toContain(name);
  });

  it('refuses a data folder that another worker has open', async () => {
    await bench.start();
    const second = await bench.start({}, false);
    expect(await second.ended).toBe(1);
    expect(String(second.logs.at(-1)?.['reason'])).toContain('another worker');
  });
});
