import type { CloudEvent } from '../events/cloud-event.js';

/** An existing engine that is handed every event. */
export interface EventSink {
  /**
   * Never rejects for a single event's sake: what was not acknowledged is published again.
   * @param events oldest first. How much of an order's history arrives in its order is each sink's own matter; whoever
   *   needs it goes by `sequence`.
   */
  publish(events: readonly CloudEvent[]): Promise<Published>;
  close(): Promise<void>;
}

export interface Published {
  /** Ids of the events that the engine has confirmed to have stored. */
  readonly acknowledged: ReadonlySet<string>;
  /** Why the others are missing; absent when none is. */
  readonly failure?: unknown;
}

/**
 * The event as JSON. One that no repetition could get through the engine's limit must not be tried for ever, so it goes
 * without its data: `dataomitted` tells its receiver to read the order's history instead.
 * @param onOmission called when that happened, with the size that was too much
 */
export function jsonWithin(event: CloudEvent, bytesMax: number, onOmission: (bytes: number) => void): string {
  const whole = JSON.stringify(event);
  const bytes = Buffer.byteLength(whole);
  if (bytes <= bytesMax) return whole;
  onOmission(bytes);
  return JSON.stringify({ ...event, data: undefined, datacontenttype: undefined, dataomitted: true });
}
