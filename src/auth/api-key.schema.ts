import { Schema } from 'mongoose';
import type { mongo } from 'mongoose';
import { withValidator } from '../database/collection-validator.js';
import { scopes } from './scopes.js';
import type { Scope } from './scopes.js';

export interface ApiKeyDocument {
  /** The public part of the key. The one id that is looked up before the tenant is known, so it leads alone. */
  readonly _id: string;
  readonly tenantId: string;
  readonly scopes: readonly Scope[];
  readonly name: string | null;
  readonly secretHash: mongo.Binary;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export const apiKeySchema = withValidator(
  new Schema<ApiKeyDocument>(
    {
      _id: { type: String, required: true },
      tenantId: { type: String, required: true },
      scopes: { type: [String], required: true },
      name: { type: String },
      secretHash: { type: Buffer, required: true },
      createdAt: { type: Date, required: true },
      expiresAt: { type: Date },
      revokedAt: { type: Date },
      lastUsedAt: { type: Date },
    },
    { collection: 'api_keys', versionKey: false },
  ),
  {
    bsonType: 'object',
    required: ['_id', 'tenantId', 'scopes', 'secretHash', 'createdAt', 'expiresAt', 'revokedAt'],
    properties: {
      _id: { bsonType: 'string' },
      tenantId: { bsonType: 'string', minLength: 1, maxLength: 64 },
      scopes: { bsonType: 'array', items: { enum: [...scopes] } },
      secretHash: { bsonType: 'binData' },
      createdAt: { bsonType: 'date' },
      expiresAt: { bsonType: ['date', 'null'] },
      revokedAt: { bsonType: ['date', 'null'] },
      lastUsedAt: { bsonType: ['date', 'null'] },
    },
  },
);

// The list of a tenant's keys, oldest first.
apiKeySchema.index({ tenantId: 1, createdAt: 1 });
