import { Schema } from 'mongoose';
import type { mongo } from 'mongoose';
import { withValidator } from '../database/collection-validator.js';

/** Who still has to be told of an event. */
export type Mark = 'forWebhooks' | 'forSink';

/**
 * One committed event, written in the transaction that makes it true. The log is the queue as well: all of it but the
 * marks of what is pending never changes.
 */
export interface EventDocument {
  /** The CloudEvent's `id`. */
  readonly _id: mongo.UUID;
  readonly tenantId: string;
  readonly orderId: mongo.UUID;
  /** The order's version after the change: 1, 2, … without gaps. */
  readonly sequence: number;
  readonly type: string;
  readonly subject: string;
  readonly time: Date;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Of the request that caused it, when that was traced. */
  readonly traceparent?: string;
  readonly tracestate?: string;
  /** Each absent once that is done, so that an index of those that have it is a queue. */
  readonly forWebhooks?: true;
  readonly forSink?: true;
  /** Who is publishing it to the sink, and until when nobody else does, by the server's clock. */
  readonly claim?: { readonly owner: string; readonly until: Date };
}

export const eventSchema = withValidator(
  new Schema<EventDocument>(
    {
      _id: { type: Schema.Types.UUID, required: true },
      tenantId: { type: String, required: true },
      orderId: { type: Schema.Types.UUID, required: true },
      sequence: { type: Number, required: true },
      type: { type: String, required: true },
      subject: { type: String, required: true },
      time: { type: Date, required: true },
      actor: { type: String, required: true },
      data: { type: Schema.Types.Mixed, required: true },
      traceparent: { type: String },
      tracestate: { type: String },
      forWebhooks: { type: Boolean },
      forSink: { type: Boolean },
      claim: { type: Schema.Types.Mixed },
    },
    { collection: 'order_events', versionKey: false, minimize: false },
  ),
  {
    bsonType: 'object',
    required: ['_id', 'tenantId', 'orderId', 'sequence', 'type', 'subject', 'time', 'actor', 'data'],
    properties: {
      _id: { bsonType: 'binData' },
      tenantId: { bsonType: 'string', minLength: 1 },
      orderId: { bsonType: 'binData' },
      sequence: { bsonType: ['int', 'long'], minimum: 1 },
      type: { bsonType: 'string', minLength: 1 },
      time: { bsonType: 'date' },
      actor: { bsonType: 'string' },
      data: { bsonType: 'object' },
      traceparent: { bsonType: 'string' },
      tracestate: { bsonType: 'string' },
      forWebhooks: { enum: [true] },
      forSink: { enum: [true] },
    },
  },
);

// One event for each version of an order: the database refuses a second one.
eventSchema.index({ tenantId: 1, orderId: 1, sequence: 1 }, { unique: true });
// The two queues: nothing but what is to be told is in them, oldest first, whoever the tenant is.
eventSchema.index({ forWebhooks: 1, _id: 1 }, { partialFilterExpression: { forWebhooks: true } });
eventSchema.index({ forSink: 1, _id: 1 }, { partialFilterExpression: { forSink: true } });
