import { Schema } from 'mongoose';
import type { mongo } from 'mongoose';
import { withValidator } from '../database/collection-validator.js';

export const deliveryStatuses = ['pending', 'delivered', 'dead'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One try, as the delivery log shows it. */
export interface AttemptDocument {
  readonly at: Date;
  /** Of the answer; null when there was none. */
  readonly status: number | null;
  readonly durationMs: number;
  /** Why it failed, for people; null when it did not. */
  readonly error: string | null;
  /** The beginning of the answer's body, at most 1 024 characters. */
  readonly response: string | null;
}

/** One event on its way to one endpoint. */
export interface DeliveryDocument {
  /** UUIDv7 of when the delivery was made: order and cursor of the log. */
  readonly _id: mongo.UUID;
  readonly tenantId: string;
  readonly endpointId: mongo.UUID;
  readonly eventId: mongo.UUID;
  readonly eventType: string;
  readonly eventTime: Date;
  /** The event's; with `sequence` it tells which events of one thing come in which order. */
  readonly subject: string;
  readonly sequence: number;
  /** The body, kept as it was made: the same bytes on every try, whatever version of the service makes it. */
  readonly payload: string;
  readonly status: DeliveryStatus;
  /** Oldest first. */
  readonly attempts: readonly AttemptDocument[];
  /** How many of the attempts belong to the current schedule; a retry by hand begins at 0 again. */
  readonly failures: number;
  /** When the schedule wants the next try; null when there is none. */
  readonly nextAttemptAt: Date | null;
  /**
   * From when on somebody may take it, by the server's clock: the time of the next try, or later while it is claimed,
   * while its endpoint is disabled, or while an earlier event of an ordered endpoint is under way. Null when finished.
   */
  readonly dueAt: Date | null;
  /** Whoever took it last; only they may write its outcome. */
  readonly owner: string | null;
}

export const deliverySchema = withValidator(
  new Schema<DeliveryDocument>(
    {
      _id: { type: Schema.Types.UUID, required: true },
      tenantId: { type: String, required: true },
      endpointId: { type: Schema.Types.UUID, required: true },
      eventId: { type: Schema.Types.UUID, required: true },
      eventType: { type: String, required: true },
      eventTime: { type: Date, required: true },
      subject: { type: String, required: true },
      sequence: { type: Number, required: true },
      payload: { type: String, required: true },
      status: { type: String, required: true },
      attempts: { type: Schema.Types.Mixed, required: true },
      failures: { type: Number, required: true },
      nextAttemptAt: { type: Date },
      dueAt: { type: Date },
      owner: { type: String },
    },
    { collection: 'webhook_deliveries', versionKey: false, minimize: false },
  ),
  {
    bsonType: 'object',
    required: [
      ...['_id', 'tenantId', 'endpointId', 'eventId', 'eventType', 'eventTime', 'subject', 'sequence', 'payload'],
      ...['status', 'attempts', 'failures', 'nextAttemptAt', 'dueAt', 'owner'],
    ],
    properties: {
      _id: { bsonType: 'binData' },
      tenantId: { bsonType: 'string', minLength: 1 },
      endpointId: { bsonType: 'binData' },
      eventId: { bsonType: 'binData' },
      eventTime: { bsonType: 'date' },
      sequence: { bsonType: ['int', 'long'], minimum: 1 },
      payload: { bsonType: 'string', minLength: 1 },
      status: { enum: [...deliveryStatuses] },
      attempts: { bsonType: 'array' },
      failures: { bsonType: ['int', 'long'], minimum: 0 },
      nextAttemptAt: { bsonType: ['date', 'null'] },
      dueAt: { bsonType: ['date', 'null'] },
      owner: { bsonType: ['string', 'null'] },
    },
  },
);

// An event reaches an endpoint once, however often it is fanned out.
deliverySchema.index({ tenantId: 1, endpointId: 1, eventId: 1 }, { unique: true });
// The log of an endpoint, whole or of one status.
deliverySchema.index({ tenantId: 1, endpointId: 1, _id: 1 });
deliverySchema.index({ tenantId: 1, endpointId: 1, status: 1, _id: 1 });
// The queue: nothing but what is to be sent is in it; those of endpoints that are busy are passed over in the index.
deliverySchema.index({ dueAt: 1, endpointId: 1 }, { partialFilterExpression: { status: 'pending' } });
// What is under way of one order to an ordered endpoint. The order leads: it has few deliveries, where an endpoint can
// have a backlog of thousands, and not every server looks for more than the first key.
deliverySchema.index({ subject: 1, endpointId: 1, sequence: 1 }, { partialFilterExpression: { status: 'pending' } });
