import { traceHeaders } from '../tracing/trace-context.js';
import type { EventDocument } from './event.schema.js';

/** CloudEvents 1.0 (https://github.com/cloudevents/spec), structured JSON, with its extensions for sequence and distributed tracing. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly sequence: string;
  readonly sequencetype: 'Integer';
  readonly actor: string;
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What happened, without CloudEvents' formalities. */
export interface EventFacts {
  readonly id: string;
  readonly tenantId: string;
  readonly type: string;
  readonly subject: string;
  readonly time: Date;
  readonly sequence: number;
  readonly actor: string;
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function toCloudEvent(event: EventDocument): CloudEvent {
  return cloudEventOf({ ...event, id: event._id.toString() });
}

export function cloudEventOf(facts: EventFacts): CloudEvent {
  return {
    specversion: '1.0',
    id: facts.id,
    source: `/tenants/${facts.tenantId}`,
    type: facts.type,
    subject: facts.subject,
    time: facts.time.toISOString(),
    datacontenttype: 'application/json',
    sequence: String(facts.sequence),
    sequencetype: 'Integer',
    actor: facts.actor,
    ...traceHeaders(facts),
    data: facts.data,
  };
}
