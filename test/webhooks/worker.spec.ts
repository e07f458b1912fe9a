import { afterEach, describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { until } from '../support/database-server.js';
import { send } from '../support/send.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

const config = { webhookAllowPrivate: true } as const;
const running: RunningApp[] = [];
let receiver: WebhookReceiver | undefined;

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
  await receiver?.close();
});

async function start(worker: 'on' | 'off' | 'only', mongodbUri?: string): Promise<RunningApp> {
  const made = await startApp({ config: { ...config, worker, ...(mongodbUri ? { mongodbUri } : {}) } });
  running.push(made);
  return made;
}

async function endpointAndOrder({ url }: RunningApp, path: string): Promise<void> {
  await send(url, 'POST', '/webhook-endpoints', { body: { url: receiver!.url(path) } });
  const { status } = await send(url, 'POST', '/orders', { body: anOrder() });
  expect(status).toBe(201);
}

describe('WORKER', () => {
  it('on: the process sends what it commits, though nobody turns its loops', async () => {
    receiver = await WebhookReceiver.start();
    await endpointAndOrder(await start('on'), '/on');
    await receiver.untilReceived('/on', 1);
  });

  it('off: it sends nothing; only: another one does, whether it was there before or comes later', async () => {
    receiver = await WebhookReceiver.start();
    const api = await start('off');
    await endpointAndOrder(api, '/split');
    const worker = await start('only', api.mongodbUri);
    await receiver.untilReceived('/split', 1);
    await worker.close();
    running.splice(running.indexOf(worker), 1);
    await endpointAndOrder(api, '/later');
    // Long enough for a loop that ought not to be there.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(receiver.at('/later')).toEqual([]);
    await start('only', api.mongodbUri);
    await receiver.untilReceived('/later', 1);
    await receiver.untilReceived('/split', 2);
  });

  it('only: everything but health and metrics is unknown, whatever the method', async () => {
    const { url } = await start('only');
    for (const path of ['/healthz', '/ready', '/health']) {
      // A busy machine may be too slow for a probe's second.
      await until(async () => (await send(url, 'GET', path)).status === 200, 30_000);
    }
    for (const path of [
      '/orders',
      '/orders/1',
      '/webhook-endpoints',
      '/deliveries/1/retry',
      '/docs',
      '/docs-json',
      '/',
    ]) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const { status, body } = await send(url, method, path);
        expect({ status, body }).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
      }
    }
  });
});
