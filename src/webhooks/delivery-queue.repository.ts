import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Model } from 'mongoose';
import { driverCollection, majorityRead, majorityWrite } from '../database/driver-collection.js';
import { Transactions } from '../database/transactions.js';
import type { AttemptDocument, DeliveryDocument } from './delivery.schema.js';
import type { WebhookEndpointDocument } from './webhook-endpoint.schema.js';

const { UUID } = mongoose.mongo;
type UUID = mongoose.mongo.UUID;

/** Each retry by hand adds tries without an end; the log keeps the newest. */
const attemptsMax = 100;

/** What is to be known of a delivery to decide who may take it. */
export type Candidate = Pick<DeliveryDocument, '_id' | 'tenantId' | 'endpointId' | 'subject' | 'sequence' | 'dueAt'>;

export interface Outcome {
  readonly id: UUID;
  /** Whoever claimed it. */
  readonly owner: string;
  /** Absent: it was cut off, and counts for nothing. */
  readonly attempt?: AttemptDocument;
  readonly set: Pick<DeliveryDocument, 'status' | 'failures' | 'nextAttemptAt' | 'dueAt'>;
}

/**
 * The deliveries as a queue that any number of instances empty. `dueAt` is from when on somebody may take one; who does
 * moves it to the end of their lease and writes their token, in one update that looks at `dueAt` again. Every call
 * may be repeated.
 */
@Injectable()
export class DeliveryQueue {
  constructor(
    @InjectModel('WebhookDelivery') private readonly deliveryModel: Model<DeliveryDocument>,
    @InjectModel('WebhookEndpoint') private readonly endpointModel: Model<WebhookEndpointDocument>,
    private readonly transactions: Transactions,
  ) {}

  /** @returns the longest due ones, by any of the endpoints that are not passed over */
  async due(now: Date, limit: number, without: readonly string[] = []): Promise<Candidate[]> {
    const others = without.length === 0 ? {} : { endpointId: { $nin: without.map((id) => new UUID(id)) } };
    const projection = { tenantId: 1, endpointId: 1, subject: 1, sequence: 1, dueAt: 1 };
    return this.transactions.call(() =>
      this.deliveries
        .find<Candidate>({ status: 'pending', dueAt: { $lte: now }, ...others }, { projection, ...majorityRead })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray(),
    );
  }

  /** As they are at this moment, secrets and all. */
  async endpoints(ids: readonly UUID[]): Promise<WebhookEndpointDocument[]> {
    return this.transactions.call(() =>
      driverCollection(this.endpointModel)
        .find({ _id: { $in: [...ids] } }, majorityRead)
        .toArray(),
    );
  }

  /** @returns by subject the sequence of the first that is still to be sent, claimed or not, to that endpoint */
  async firstPending(endpointId: UUID, subjects: readonly string[]): Promise<Map<string, number>> {
    const firsts = await Promise.all(subjects.map((subject) => this.pendingOf(endpointId, subject)));
    const known = firsts.flatMap((pending, index) =>
      pending.length === 0 ? [] : [[subjects[index]!, Math.min(...pending.map(({ sequence }) => sequence))] as const],
    );
    return new Map(known);
  }

  /** @returns those of them that nobody else was quicker to take, now the owner's until then */
  async claim(ids: readonly UUID[], owner: string, now: Date, until: Date): Promise<DeliveryDocument[]> {
    const free = { _id: { $in: [...ids] }, status: 'pending' as const, dueAt: { $lte: now } };
    await this.transactions.call(() =>
      this.deliveries.updateMany(free, { $set: { owner, dueAt: until } }, majorityWrite),
    );
    return this.transactions.call(() =>
      this.deliveries.find({ _id: { $in: [...ids] }, owner, status: 'pending' }, majorityRead).toArray(),
    );
  }

  /** What is due now comes again then, unless somebody is sending it. */
  async postpone(filter: { _id: { $in: UUID[] } } | { endpointId: UUID }, now: Date, until: Date): Promise<void> {
    const due = { ...filter, status: 'pending' as const, dueAt: { $lte: now } };
    await this.transactions.call(() =>
      this.deliveries.updateMany(due, { $set: { dueAt: until, owner: null } }, majorityWrite),
    );
  }

  /** What waited for an earlier event of its order goes on by its schedule. */
  async wake(endpointId: UUID, subjects: readonly string[]): Promise<void> {
    const waiting = await Promise.all(subjects.map((subject) => this.pendingOf(endpointId, subject)));
    const ids = waiting.flat().map(({ _id }) => _id);
    await this.transactions.call(() => backToSchedule(this.deliveries, ids));
  }

  /** Only where the claim still holds: whoever lost it must not undo what its successor did. */
  async complete(outcomes: readonly Outcome[]): Promise<void> {
    const updates = outcomes.map(({ id, owner, attempt, set }) => ({
      updateOne: {
        filter: { _id: id, owner, status: 'pending' as const },
        update: {
          $set: { ...set, owner: null },
          ...(attempt ? { $push: { attempts: { $each: [attempt], $slice: -attemptsMax } } } : {}),
        },
      },
    }));
    await this.transactions.call(() =>
      this.deliveries.bulkWrite(updates as mongoose.mongo.AnyBulkWriteOperation<DeliveryDocument>[], {
        ordered: false,
        ...majorityWrite,
      }),
    );
  }

  /** The receiver is gone for good, unless the endpoint leads elsewhere by now. @returns whether it was that */
  async disable({ _id, tenantId, url }: WebhookEndpointDocument): Promise<boolean> {
    const { modifiedCount } = await this.transactions.call(() =>
      driverCollection(this.endpointModel).updateOne(
        { _id, tenantId, url, enabled: true },
        { $set: { enabled: false, updatedAt: new Date() } },
        majorityWrite,
      ),
    );
    return modifiedCount === 1;
  }

  /** By equalities alone: a server may take a partial index for these, and read the whole collection for an `$in`. */
  private pendingOf(endpointId: UUID, subject: string): Promise<Pick<DeliveryDocument, '_id' | 'sequence'>[]> {
    const pending = { subject, endpointId, status: 'pending' as const };
    const options = { projection: { sequence: 1 }, ...majorityRead };
    return this.transactions.call(() => this.deliveries.find(pending, options).toArray());
  }

  private get deliveries(): mongoose.mongo.Collection<DeliveryDocument> {
    return driverCollection(this.deliveryModel);
  }
}

/** What waited beyond its schedule goes on by it; what somebody is sending stays theirs, and what is finished stays so. */
export async function backToSchedule(
  deliveries: mongoose.mongo.Collection<DeliveryDocument>,
  ids: readonly UUID[],
): Promise<void> {
  if (ids.length === 0) return;
  const waiting = { _id: { $in: [...ids] }, status: 'pending' as const, owner: null };
  await deliveries.updateMany(waiting, [{ $set: { dueAt: '$nextAttemptAt' } }], majorityWrite);
}
