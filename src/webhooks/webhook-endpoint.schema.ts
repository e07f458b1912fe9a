import { Schema } from 'mongoose';
import type { mongo } from 'mongoose';
import { withValidator } from '../database/collection-validator.js';
import type { WebhookSecret } from './webhook-secret.js';

/** Where a tenant wants its events. */
export interface WebhookEndpointDocument {
  /** UUIDv7: identity, order of creation and cursor. */
  readonly _id: mongo.UUID;
  readonly tenantId: string;
  readonly url: string;
  /** Empty: every type. */
  readonly eventTypes: readonly string[];
  readonly description?: string;
  readonly ordered: boolean;
  readonly enabled: boolean;
  /** In the clear, since they sign; the newest comes first. */
  readonly secrets: readonly WebhookSecret[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const webhookEndpointSchema = withValidator(
  new Schema<WebhookEndpointDocument>(
    {
      _id: { type: Schema.Types.UUID, required: true },
      tenantId: { type: String, required: true },
      url: { type: String, required: true },
      eventTypes: { type: [String], required: true },
      description: { type: String },
      ordered: { type: Boolean, required: true },
      enabled: { type: Boolean, required: true },
      secrets: { type: Schema.Types.Mixed, required: true },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'webhook_endpoints', versionKey: false, minimize: false },
  ),
  {
    bsonType: 'object',
    required: ['_id', 'tenantId', 'url', 'eventTypes', 'ordered', 'enabled', 'secrets', 'createdAt', 'updatedAt'],
    properties: {
      _id: { bsonType: 'binData' },
      tenantId: { bsonType: 'string', minLength: 1 },
      url: { bsonType: 'string', minLength: 1 },
      eventTypes: { bsonType: 'array' },
      ordered: { bsonType: 'bool' },
      enabled: { bsonType: 'bool' },
      secrets: { bsonType: 'array', minItems: 1, maxItems: 10 },
      createdAt: { bsonType: 'date' },
      updatedAt: { bsonType: 'date' },
    },
  },
);

webhookEndpointSchema.index({ tenantId: 1, _id: 1 });
