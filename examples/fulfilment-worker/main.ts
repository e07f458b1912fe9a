import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { registeredSecret } from './endpoint.ts';
import { fulfil } from './fulfilment.ts';
import type { Means } from './fulfilment.ts';
import { Inbox } from './inbox.ts';
import { consumeOrders } from './jetstream-consumer.ts';
import { JobQueue } from './job-queue.ts';
import { log, reasonOf } from './log.ts';
import type { OrderEvent } from './order-event.ts';
import { OrdersClient } from './orders-client.ts';
import { simulate } from './simulation.ts';
import { webhookServer } from './webhook-server.ts';

/** Where events come from; `close` ends that. */
interface Source {
  close(): Promise<void>;
}

const stopping = new AbortController();

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const inbox = new Inbox(config.dataDir);
  const orders = new OrdersClient(config, stopping.signal);
  const means: Means = { orders, inbox, simulate: (event, signal) => simulateLogged(event, signal, config) };
  const queue = new JobQueue(inbox, (event, signal) => fulfil(event, signal, means), config.concurrency);
  const source = config.natsUrl === undefined ? await receive(config, queue, orders) : await consume(config, queue);
  const stop = async (): Promise<void> => {
    stopping.abort(new Error('the worker stops'));
    await queue.stop();
    await source.close();
    inbox.close();
    log('info', 'stopped');
    process.exit(0);
  };
  // Until here a signal ends the process at once, which is as safe as any other death.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop().catch(fail));
}

/** Variant 1: webhooks. */
async function receive(config: Config, queue: JobQueue, orders: OrdersClient): Promise<Source> {
  let { webhookSecrets } = config;
  const server = webhookServer({ secrets: () => webhookSecrets, accept: (event) => accept(event, queue) });
  server.listen(config.port);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = config.webhookUrl ?? `http://127.0.0.1:${port}`;
  log('info', 'listening', { port, pid: process.pid });
  queue.resume();
  if (webhookSecrets.length === 0) webhookSecrets = [await registeredSecret(config, orders, url)];
  log('info', 'ready for webhooks', { url });
  return {
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Variant 2: JetStream. Nothing is resumed, since the stream delivers again what was not acknowledged. */
async function consume(config: Config, queue: JobQueue): Promise<Source> {
  const source = await consumeOrders(config, queue, stopping.signal);
  void source.closed.then(
    (reason) => stopping.signal.aborted || fail(reason ?? new Error('NATS closed the connection')),
  );
  return source;
}

/** Other types are nothing to us, whatever the endpoint's filter. A cancellation needs no note: see JobQueue.cancel. */
function accept(event: OrderEvent, queue: JobQueue): void {
  if (event.type === 'order.paid') queue.take(event);
  if (event.type === 'order.cancelled') queue.cancel(event.orderId);
}

async function simulateLogged(event: OrderEvent, signal: AbortSignal, config: Config): ReturnType<typeof simulate> {
  const facts = { orderId: event.orderId, eventId: event.id };
  log('info', 'simulation started', facts);
  try {
    const result = await simulate(config.simulationSeconds, signal, (percent) =>
      log('info', 'simulation progress', { ...facts, percent }),
    );
    log('info', 'simulation finished', { ...facts, ...result });
    return result;
  } catch (error) {
    log('warn', 'simulation stopped', { ...facts, reason: reasonOf(error) });
    throw error;
  }
}

function fail(error: unknown): never {
  if (!stopping.signal.aborted) log('error', 'the worker cannot go on', { reason: reasonOf(error) });
  process.exit(1);
}

await main().catch(fail);
