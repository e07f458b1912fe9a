import { Logger } from '@nestjs/common';
import { jetstream, jetstreamManager, JetStreamApiError } from '@nats-io/jetstream';
import type { JetStreamClient } from '@nats-io/jetstream';
import { connect, headers, nanos, wsconnect } from '@nats-io/transport-node';
import type { ConnectionOptions, MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import type { Config } from '../config/config.js';
import type { CloudEvent } from '../events/cloud-event.js';
import { jsonWithin } from './event-sink.js';
import type { EventSink, Published } from './event-sink.js';

/** For each step: to connect, to find the stream, to have one event acknowledged. In milliseconds. */
const stepTimeoutMs = 5_000;
/** Two publications of one event within this time make one message, in milliseconds. Only of a stream made here. */
const duplicateWindowMs = 60 * 60 * 1_000;
/** Server and stream count the headers into their limits; ours take less than half of this, in bytes. */
const headerBytesMax = 512;
const streamNotFound = 10_059;

interface Connected {
  readonly connection: NatsConnection;
  readonly stream: JetStreamClient;
  readonly bodyBytesMax: number;
}

/**
 * NATS JetStream. Within one call the events of an order are sent by their sequence, each once the one before it was
 * acknowledged. Two instances may still overtake each other: they claim events of one order independently.
 *
 * The client's own reconnecting is off: it would keep what was given up in a buffer without a limit and
 * send it after all. Whoever publishes next connects anew, and the publisher never stops trying.
 */
export class NatsSink implements EventSink {
  private readonly logger = new Logger(NatsSink.name);
  private connecting: Promise<Connected> | undefined;

  constructor(private readonly config: Config) {}

  async publish(events: readonly CloudEvent[]): Promise<Published> {
    const acknowledged = new Set<string>();
    const failures: unknown[] = [];
    try {
      const connected = await this.connected();
      const publishInTurn = async (history: readonly CloudEvent[]): Promise<void> => {
        // By sequence and not by id, which is as good as the clocks of the instances that wrote them.
        for (const event of history.toSorted((a, b) => Number(a.sequence) - Number(b.sequence))) {
          await this.publishOne(connected, event);
          acknowledged.add(event.id);
        }
      };
      const histories = Map.groupBy(events, ({ source, subject }) => `${source} ${subject}`);
      const outcomes = await Promise.allSettled([...histories.values()].map(publishInTurn));
      failures.push(
        ...outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : [])),
      );
    } catch (error) {
      failures.push(error);
    }
    if (failures.length === 0) return { acknowledged };
    // Whether the server, the network or the stream is to blame: the next call looks at all three afresh.
    await this.close();
    return { acknowledged, failure: failures[0] };
  }

  async close(): Promise<void> {
    const connecting = this.connecting;
    this.connecting = undefined;
    await connecting?.then(({ connection }) => connection.close()).catch(() => undefined);
  }

  private async publishOne({ stream, bodyBytesMax }: Connected, event: CloudEvent): Promise<void> {
    const body = jsonWithin(event, bodyBytesMax, (bytes) =>
      this.logger.error(
        { eventId: event.id, bytes, bodyBytesMax },
        'an event is too large for NATS: sent without data',
      ),
    );
    await stream.publish(subjectOf(event), body, {
      msgID: event.id,
      headers: contentType(),
      timeout: stepTimeoutMs,
      // Should the subjects belong to another stream, that is to be told and not to be taken for success.
      expect: { streamName: this.config.natsStream },
    });
  }

  private async connected(): Promise<Connected> {
    const connecting = (this.connecting ??= this.connect());
    // A failed try is not kept, and neither is a connection that was lost since.
    const drop = (): void => {
      if (this.connecting === connecting) this.connecting = undefined;
    };
    const connected = await connecting.catch((error: unknown) => {
      drop();
      throw error;
    });
    if (!connected.connection.isClosed()) return connected;
    drop();
    return this.connected();
  }

  private async connect(): Promise<Connected> {
    const url = this.config.natsUrl ?? '';
    const connection = await (/^wss?:/.test(url) ? wsconnect : connect)(connectionOptions(url));
    try {
      const bodyBytesMax = Math.min(connection.info?.max_payload ?? Infinity, await this.ensureStream(connection));
      const stream = jetstream(connection, { timeout: stepTimeoutMs });
      return { connection, stream, bodyBytesMax: bodyBytesMax - headerBytesMax };
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /**
   * A stream that exists is its operator's: nothing of it is altered, whatever it looks like.
   * @returns the size of the largest message that the stream takes, in bytes
   */
  private async ensureStream(connection: NatsConnection): Promise<number> {
    const manager = await jetstreamManager(connection, { timeout: stepTimeoutMs, checkAPI: false });
    try {
      const { config } = await manager.streams.info(this.config.natsStream);
      return config.max_msg_size > 0 ? config.max_msg_size : Infinity;
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== streamNotFound) throw error;
      await manager.streams.add({
        name: this.config.natsStream,
        subjects: ['orders.>'],
        storage: 'file',
        duplicate_window: nanos(duplicateWindowMs),
      });
      this.logger.log({ stream: this.config.natsStream }, 'the JetStream stream did not exist and was created');
      return Infinity;
    }
  }
}

/**
 * `orders.<tenant>.<type>`. A tenant's dots are written `%2E`, or `orders.acme.>` would also hear the tenant
 * `acme.evil`; the rest of what a tenant's id may consist of means nothing in a subject, and `%` is not in it.
 */
function subjectOf({ source, type }: CloudEvent): string {
  const tenant = source.slice('/tenants/'.length);
  return `orders.${tenant.replaceAll('.', '%2E')}.${type}`;
}

function contentType(): MsgHdrs {
  const made = headers();
  made.set('content-type', 'application/cloudevents+json');
  return made;
}

/** The client takes credentials as options only, and no word in an error may repeat them. */
function connectionOptions(text: string): ConnectionOptions {
  if (!URL.canParse(text)) throw new Error('NATS_URL is no URL');
  const { protocol, host, username, password } = new URL(text);
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  const credentials = pass === '' ? (user === '' ? {} : { token: user }) : { user, pass };
  return {
    ...credentials,
    // Only a web socket's scheme means anything to the client.
    servers: /^wss?:$/.test(protocol) ? `${protocol}//${host}` : host,
    ...(protocol === 'tls:' ? { tls: {} } : {}),
    name: 'order-processing-service',
    timeout: stepTimeoutMs,
    reconnect: false,
    // A server that fell silent is noticed after two of them, in milliseconds.
    pingInterval: 10_000,
  };
}
