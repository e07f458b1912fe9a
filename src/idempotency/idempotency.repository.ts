import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { decoded, driverCollection, rawRead } from '../database/driver-collection.js';
import { namespaceOf } from '../database/namespace.js';
import { Transactions } from '../database/transactions.js';
import type { StagedWrite } from '../database/transactions.js';
import type { IdempotencyDocument } from './idempotency.schema.js';

@Injectable()
export class IdempotencyRepository {
  constructor(
    @InjectModel('IdempotencyKey') private readonly keys: Model<IdempotencyDocument>,
    private readonly transactions: Transactions,
  ) {}

  /** Sees what others have committed up to now, whatever transaction is open; an expired record is none. */
  async find(tenantId: string, key: string, now: Date): Promise<IdempotencyDocument | undefined> {
    const keys = driverCollection(this.keys);
    const found = await this.transactions.outside(() =>
      this.transactions.call(() => keys.findOne({ tenantId, key }, { ...this.transactions.readOptions(), ...rawRead })),
    );
    if (!found) return undefined;
    const record = decoded<IdempotencyDocument>(found);
    return record.expiresAt > now ? record : undefined;
  }

  /** Joins the open transaction. */
  store(record: IdempotencyDocument, now: Date): void {
    this.transactions.write(this.claim(record, now));
  }

  /** Whether another transaction is about to store this key. */
  isHeld(record: IdempotencyDocument, now: Date): Promise<boolean> {
    return this.transactions.wouldConflict(this.claim(record, now));
  }

  /** Replaces an expired record; beside a valid one the insertion breaks the unique index, which is a conflict. */
  private claim(record: IdempotencyDocument, now: Date): StagedWrite {
    return {
      name: 'replaceOne',
      namespace: namespaceOf(this.keys),
      filter: { expiresAt: { $lte: now }, tenantId: record.tenantId, key: record.key },
      replacement: record,
      upsert: true,
    };
  }
}
