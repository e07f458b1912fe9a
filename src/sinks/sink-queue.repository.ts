import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Model, mongo } from 'mongoose';
import { driverCollection, majorityRead } from '../database/driver-collection.js';
import { ServerClock } from '../database/server-clock.js';
import { Transactions } from '../database/transactions.js';
import { toCloudEvent } from '../events/cloud-event.js';
import type { CloudEvent } from '../events/cloud-event.js';
import type { EventDocument } from '../events/event.schema.js';

const { UUID } = mongoose.mongo;

/** Longer than a sink may take for a batch; a dead instance's events wait for so long. In milliseconds. */
const claimLeaseMs = 30_000;

export interface ClaimedBatch {
  readonly owner: string;
  /** Oldest first. */
  readonly events: readonly CloudEvent[];
}

/**
 * The event log as the sink's queue. Every step may be repeated, and each update looks again at what it changes.
 */
@Injectable()
export class SinkQueueRepository {
  constructor(
    @InjectModel('OrderEvent') private readonly events: Model<EventDocument>,
    private readonly transactions: Transactions,
    private readonly clock: ServerClock,
  ) {}

  /** Takes the oldest events that nobody has, for half a minute by the server's clock. */
  async claim(batchMax: number): Promise<ClaimedBatch> {
    const owner = randomUUID();
    const now = await this.clock.now();
    // Without `$or`, so that one index serves it: no claim at all is not a later one either.
    const free: mongo.Filter<EventDocument> = { forSink: true, 'claim.until': { $not: { $gt: now } } };
    const found = await this.transactions.call(() =>
      this.collection
        .find(free, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(batchMax)
        .toArray(),
    );
    const ids = found.map(({ _id }) => _id);
    if (ids.length === 0) return { owner, events: [] };
    // Several instances find the same ones; each document goes to the first that gets here.
    const claim = { owner, until: new Date(now.getTime() + claimLeaseMs) };
    await this.update(ids, free, { $set: { claim } });
    const claimed = await this.transactions.call(() =>
      this.collection
        // What could still be rolled back is never told to anybody.
        .find({ _id: { $in: ids }, 'claim.owner': owner }, majorityRead)
        .sort({ _id: 1 })
        .toArray(),
    );
    return { owner, events: claimed.map(toCloudEvent) };
  }

  /** Takes the mark off what was published, unless the claim has lapsed and somebody else publishes it again. */
  async markPublished(owner: string, published: ReadonlySet<string>): Promise<void> {
    const ids = [...published].map((id) => new UUID(id));
    await this.update(ids, { 'claim.owner': owner }, { $unset: { forSink: '', claim: '' } });
  }

  /** Gives back what could not be published, for anybody to try again. */
  async release(owner: string, ids: readonly string[]): Promise<void> {
    await this.update(
      ids.map((id) => new UUID(id)),
      { 'claim.owner': owner },
      { $unset: { claim: '' } },
    );
  }

  /**
   * One by one, though together: a single update of them all would wait, half done, for a fan-out that holds one of
   * them, and hold up everybody who waits for the others.
   */
  private async update(ids: readonly mongo.UUID[], filter: mongo.Filter<EventDocument>, update: object): Promise<void> {
    const updates = ids.map((_id) => ({
      updateOne: { filter: { _id, ...filter }, update: update },
    }));
    await this.transactions.call(() =>
      this.collection.bulkWrite(updates, { ordered: false, writeConcern: { w: 'majority' } }),
    );
  }

  private get collection(): mongo.Collection<EventDocument> {
    return driverCollection(this.events);
  }
}
