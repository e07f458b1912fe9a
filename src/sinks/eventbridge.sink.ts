import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { Logger } from '@nestjs/common';
import type { Config } from '../config/config.js';
import type { CloudEvent } from '../events/cloud-event.js';
import { jsonWithin } from './event-sink.js';
import type { EventSink, Published } from './event-sink.js';

/**
 * What one PutEvents takes: ten entries, together below 256 KB counted as in
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html. Buses have taken 1 MB since 2026, but
 * not in every region, and many a target behind them takes no more than before. The limit in bytes keeps away from the
 * edge, since the bus adds to an entry what makes it an event.
 */
const entriesMax = 10;
const bytesMax = 250_000;
/** `Time`, whatever it is. */
const timeBytes = 14;

/** In milliseconds. A batch ends before the lease on its events does. */
const connectTimeoutMs = 2_000;
const answerTimeoutMs = 5_000;
const batchTimeoutMs = 15_000;

const eventSource = 'order-processing-service';

interface Entry {
  readonly id: string;
  readonly bytes: number;
  readonly request: PutEventsRequestEntry;
}

/** Amazon EventBridge, which promises no order, not even within one call. Region, credentials and endpoint are what the SDK's own variables say. */
export class EventBridgeSink implements EventSink {
  private readonly logger = new Logger(EventBridgeSink.name);
  private readonly client = new EventBridgeClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      requestTimeout: answerTimeoutMs,
      // Otherwise a late answer is only warned of.
      throwOnRequestTimeout: true,
    },
  });

  constructor(private readonly config: Config) {}

  async publish(events: readonly CloudEvent[]): Promise<Published> {
    const acknowledged = new Set<string>();
    const abortSignal = AbortSignal.timeout(batchTimeoutMs);
    try {
      for (const call of calls(events.map((event) => this.entryOf(event)))) {
        const command = new PutEventsCommand({ Entries: call.map(({ request }) => request) });
        const { Entries: results = [] } = await this.client.send(command, { abortSignal });
        call.forEach(({ id }, index) => results[index]?.EventId && acknowledged.add(id));
        const refused = call.findIndex(({ id }) => !acknowledged.has(id));
        // What was throttled is not helped by more.
        if (refused >= 0) return { acknowledged, failure: refusal(results[refused]) };
      }
      return { acknowledged };
    } catch (failure) {
      return { acknowledged, failure };
    }
  }

  async close(): Promise<void> {
    this.client.destroy();
  }

  private entryOf(event: CloudEvent): Entry {
    const headBytes = Buffer.byteLength(eventSource) + Buffer.byteLength(event.type) + timeBytes;
    const detail = jsonWithin(event, bytesMax - headBytes, (bytes) =>
      this.logger.error(
        { eventId: event.id, bytes, bytesMax },
        'an event is too large for EventBridge: sent without data',
      ),
    );
    return {
      id: event.id,
      bytes: headBytes + Buffer.byteLength(detail),
      request: {
        EventBusName: this.config.eventbridgeBus,
        Source: eventSource,
        DetailType: event.type,
        Time: new Date(event.time),
        Detail: detail,
      },
    };
  }
}

function calls(entries: readonly Entry[]): Entry[][] {
  const made: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = made.at(-1);
    if (last && last.length < entriesMax && bytes + entry.bytes <= bytesMax) {
      last.push(entry);
      bytes += entry.bytes;
    } else {
      made.push([entry]);
      bytes = entry.bytes;
    }
  }
  return made;
}

function refusal(result: PutEventsResultEntry | undefined): Error {
  const { ErrorCode: code = 'no result', ErrorMessage: message = '' } = result ?? {};
  return new Error(`EventBridge refused an entry: ${code} ${message}`);
}
