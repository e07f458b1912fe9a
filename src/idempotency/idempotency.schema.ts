import { Schema } from 'mongoose';
import { withValidator } from '../database/collection-validator.js';

/** The answer as the first client got it. */
export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body's very bytes, as text. */
  readonly body: string;
}

/** A key that took effect. There is no record of a key whose request is still running: nothing to orphan. */
export interface IdempotencyDocument {
  readonly tenantId: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly response: StoredResponse;
  readonly expiresAt: Date;
}

export const idempotencySchema = withValidator(
  new Schema<IdempotencyDocument>(
    {
      tenantId: { type: String, required: true },
      key: { type: String, required: true },
      fingerprint: { type: String, required: true },
      response: { type: Schema.Types.Mixed, required: true },
      expiresAt: { type: Date, required: true },
    },
    { collection: 'idempotency_keys', versionKey: false, minimize: false },
  ),
  {
    bsonType: 'object',
    required: ['tenantId', 'key', 'fingerprint', 'response', 'expiresAt'],
    properties: {
      tenantId: { bsonType: 'string', minLength: 1 },
      key: { bsonType: 'string', minLength: 1, maxLength: 255 },
      fingerprint: { bsonType: 'string', minLength: 1 },
      response: {
        bsonType: 'object',
        required: ['status', 'headers', 'body'],
        properties: {
          status: { bsonType: 'int' },
          headers: { bsonType: 'object' },
          body: { bsonType: 'string' },
        },
      },
      expiresAt: { bsonType: 'date' },
    },
  },
);

// The lock: of several transactions that want to store one key, the database lets one commit.
idempotencySchema.index({ tenantId: 1, key: 1 }, { unique: true });
// Housekeeping only. Whether a key has expired is decided when it is looked up.
idempotencySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
