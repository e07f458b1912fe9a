import type { mongo } from 'mongoose';
import type { ApiKeyDocument } from './api-key.schema.js';

/** `lastUsedAt` is for people who look for unused keys; a write for each request would be too dear. In milliseconds. */
const lastUsedPrecisionMs = 60_000;

/** Plain functions of a collection: the service has it from Mongoose, the command line from a client of its own. */
export class ApiKeyRepository {
  constructor(private readonly keys: mongo.Collection<ApiKeyDocument>) {}

  async find(id: string): Promise<ApiKeyDocument | null> {
    return this.keys.findOne({ _id: id }, { readConcern: { level: 'majority' } });
  }

  async list(tenantId: string | undefined): Promise<ApiKeyDocument[]> {
    return this.keys
      .find(tenantId === undefined ? {} : { tenantId })
      .sort({ tenantId: 1, createdAt: 1 })
      .toArray();
  }

  async insert(key: ApiKeyDocument): Promise<void> {
    await this.keys.insertOne(key, { writeConcern: durable });
  }

  /** Sets an end, or an earlier one; never a later one. @returns whether there is such a key */
  async endAt(id: string, at: Date, revoked: boolean): Promise<boolean> {
    const expiresAt = { $min: [{ $ifNull: ['$expiresAt', at] }, at] };
    const revokedAt = { $ifNull: ['$revokedAt', at] };
    const update = [{ $set: revoked ? { revokedAt } : { expiresAt } }];
    const { matchedCount } = await this.keys.updateOne({ _id: id }, update, { writeConcern: durable });
    return matchedCount === 1;
  }

  async touch(id: string, now: Date): Promise<void> {
    const old = new Date(now.getTime() - lastUsedPrecisionMs);
    const filter = { _id: id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: old } }] };
    await this.keys.updateOne(filter, { $set: { lastUsedAt: now } });
  }
}

const durable = { w: 'majority', j: true } as const;
