import type { EventDocument } from './event.schema.js';

/** CloudEvents 1.0 (https://github.com/cloudevents/spec), structured JSON, with its sequence extension. */
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
  readonly data: Readonly<Record<string, unknown>>;
}

export function toCloudEvent(event: EventDocument): CloudEvent {
  return {
    specversion: '1.0',
    id: event._id.toString(),
    source: `/tenants/${event.tenantId}`,
    type: event.type,
    subject: event.subject,
    time: event.time.toISOString(),
    datacontenttype: 'application/json',
    sequence: String(event.sequence),
    sequencetype: 'Integer',
    actor: event.actor,
    data: event.data,
  };
}
