import { Schema } from 'mongoose';
import type { mongo } from 'mongoose';
import { withValidator } from '../database/collection-validator.js';

/** One committed event. Written once, in the transaction that makes it true, and never changed. */
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
    },
  },
);

// One event for each version of an order: the database refuses a second one.
eventSchema.index({ tenantId: 1, orderId: 1, sequence: 1 }, { unique: true });
