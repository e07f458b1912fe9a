import type { Config } from '../config/config.js';
import type { EventSink } from './event-sink.js';

/** The clients are loaded when they are needed, which with EVENT_SINK=none is never. Nothing connects here. */
export async function openSink(config: Config): Promise<EventSink | null> {
  switch (config.eventSink) {
    case 'none':
      return null;
    case 'nats':
      return new (await import('./nats.sink.js')).NatsSink(config);
    case 'eventbridge':
      return new (await import('./eventbridge.sink.js')).EventBridgeSink(config);
  }
}
