import { setTimeout as sleep } from 'node:timers/promises';
import { AckPolicy, DeliverPolicy, jetstream, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import type { JsMsg } from '@nats-io/jetstream';
import { connect, nanos } from '@nats-io/transport-node';
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import type { Config } from './config.ts';
import type { JobQueue } from './job-queue.ts';
import { log, reasonOf } from './log.ts';
import { parseOrderEvent } from './order-event.ts';
import type { OrderEvent } from './order-event.ts';

/** All workers together are one consumer. */
const durableName = 'fulfilment';
/** A message of which nothing was heard for so long goes to another worker, in milliseconds. */
const ackWaitMs = 10_000;
const workingEveryMs = 3_000;
/** After a message could not even be noted, in milliseconds. */
const againAfterMs = 30_000;
const streamNotFound = 10_059;
const lookAgainAfterMs = 2_000;
const flushTimeoutMs = 1_000;

export interface JetStreamSource {
  /** Settles when the connection is lost for good, with the reason, or was closed. */
  readonly closed: Promise<Error | void>;
  close(): Promise<void>;
}

/** The stream is the inbox here: what is not acknowledged comes again, to this worker or to another one. */
export async function consumeOrders(config: Config, queue: JobQueue, stopping: AbortSignal): Promise<JetStreamSource> {
  const connection = await connect(connectionOptions(config.natsUrl ?? ''));
  await ensureConsumer(connection, config);
  await hearCancellations(connection, config, queue);
  const pulls = Array.from({ length: config.concurrency }, () => pull(connection, config, queue, stopping));
  log('info', 'consuming', { stream: config.natsStream, consumer: durableName, pid: process.pid });
  return {
    closed: connection.closed(),
    async close() {
      // Refused messages are to reach the server; one that is away is not waited for.
      await Promise.race([connection.flush(), sleep(flushTimeoutMs)]);
      await connection.close();
      await Promise.all(pulls);
    },
  };
}

/** One after the other, and the next only when there is time for it: until then another worker may have it. */
async function pull(connection: NatsConnection, config: Config, queue: JobQueue, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const consumer = await jetstream(connection).consumers.get(config.natsStream, durableName);
      while (!stopping.aborted) {
        const messages = await consumer.fetch({ max_messages: 1 });
        // Or what this worker gives back when it stops would come to its own idle requests.
        const stop = (): void => messages.stop();
        stopping.addEventListener('abort', stop);
        for await (const message of messages) await handle(message, queue);
        stopping.removeEventListener('abort', stop);
      }
    } catch (error) {
      if (stopping.aborted) return;
      log('warn', 'no messages can be had', { reason: reasonOf(error) });
      await sleep(lookAgainAfterMs);
      await ensureConsumer(connection, config).catch(() => undefined);
    }
  }
}

/** Every worker has to hear of each, as none knows who runs what; one that is missed costs only time. */
async function hearCancellations(connection: NatsConnection, config: Config, queue: JobQueue): Promise<void> {
  const consumer = await jetstream(connection).consumers.get(config.natsStream, {
    filter_subjects: ['orders.*.order.cancelled'],
    deliver_policy: DeliverPolicy.New,
  });
  await consumer.consume({
    callback: (message) => {
      const event = eventIn(message);
      if (event) queue.cancel(event.orderId);
    },
  });
}

async function handle(message: JsMsg, queue: JobQueue): Promise<void> {
  const event = eventIn(message);
  if (!event) {
    log('error', 'a message is no event of an order', { streamSequence: message.seq });
    return message.term('no event of an order');
  }
  const facts = { orderId: event.orderId, eventId: event.id, deliveries: message.info.deliveryCount };
  log('info', 'message received', facts);
  const sayWorking = setInterval(() => message.working(), workingEveryMs);
  try {
    // False: this worker stops, so that another one may have the message at once.
    if (!(await queue.take(event).finished)) return message.nak();
    // Without an answer it comes again and is found finished.
    if (!(await message.ackAck())) log('warn', 'the acknowledgement was not confirmed', facts);
  } catch (error) {
    log('error', 'a message could not be noted or acknowledged', { ...facts, reason: reasonOf(error) });
    message.nak(againAfterMs);
  } finally {
    clearInterval(sayWorking);
  }
}

function eventIn(message: JsMsg): OrderEvent | undefined {
  try {
    return parseOrderEvent(message.string());
  } catch {
    return undefined;
  }
}

/** The stream is the service's, which makes it with its first event. The consumer is ours. */
async function ensureConsumer(connection: NatsConnection, config: Config): Promise<void> {
  const { consumers } = await jetstreamManager(connection, { checkAPI: false });
  for (;;) {
    try {
      await consumers.add(config.natsStream, {
        durable_name: durableName,
        filter_subject: 'orders.*.order.paid',
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(ackWaitMs),
      });
      return;
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== streamNotFound) throw error;
      log('info', 'waiting for the stream', { stream: config.natsStream });
      await sleep(lookAgainAfterMs);
    }
  }
}

/** The client takes credentials as options only. It waits for the server as long as it takes. */
function connectionOptions(url: string): ConnectionOptions {
  const { protocol, host, username, password } = new URL(url);
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  return {
    servers: host,
    ...(pass !== '' ? { user, pass } : user !== '' ? { token: user } : {}),
    ...(protocol === 'tls:' ? { tls: {} } : {}),
    name: 'fulfilment-worker',
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
  };
}
