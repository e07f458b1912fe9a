import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Model, mongo } from 'mongoose';
import { driverCollection, majorityRead, majorityWrite } from '../database/driver-collection.js';
import { removeSome } from '../database/remove-some.js';
import { ServerClock } from '../database/server-clock.js';
import { Transactions } from '../database/transactions.js';
import { isId, newId } from '../database/uuid-v7.js';
import type { CloudEvent } from '../events/cloud-event.js';
import { backToSchedule } from './delivery-queue.repository.js';
import type { AttemptDocument, DeliveryDocument, DeliveryStatus } from './delivery.schema.js';

const { UUID } = mongoose.mongo;
type UUID = mongo.UUID;

const revivedAtOnce = 100;

/** One event on its way to one endpoint, as its log shows it. */
export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly subject: string;
  readonly status: DeliveryStatus;
  readonly attempts: readonly AttemptDocument[];
  readonly nextAttemptAt: Date | null;
}

export interface DeliveryFilter {
  readonly endpointId: string;
  readonly status: DeliveryStatus | undefined;
}

/**
 * What a tenant sees and does with deliveries; the loops that make and send them have a repository of their own. From
 * when on somebody may take one is told by the server's clock, the one that all those loops go by.
 */
@Injectable()
export class DeliveryLog {
  constructor(
    @InjectModel('WebhookDelivery') private readonly model: Model<DeliveryDocument>,
    private readonly transactions: Transactions,
    private readonly clock: ServerClock,
  ) {}

  /** To be sent at once. An upsert, so that it can be repeated when its answer was lost. @returns the delivery's id */
  async insert(tenantId: string, endpointId: string, event: CloudEvent): Promise<string> {
    const id = newId();
    // By the whole of the unique index, which is what a sharded collection can direct an upsert by.
    const key = { tenantId, endpointId: new UUID(endpointId), eventId: new UUID(event.id) };
    const delivery: Omit<DeliveryDocument, '_id' | keyof typeof key> = {
      ...{ eventType: event.type, eventTime: new Date(event.time), subject: event.subject },
      ...{ sequence: Number(event.sequence), payload: JSON.stringify(event) },
      ...{ attempts: [], ...anew(await this.clock.now()) },
    };
    await this.transactions.call(() =>
      this.deliveries.updateOne(
        { _id: new UUID(id), ...key },
        { $setOnInsert: delivery },
        { upsert: true, ...majorityWrite },
      ),
    );
    return id;
  }

  /** @returns newest first, at most `limit`, only those older than the id `before` */
  async page(
    tenantId: string,
    { endpointId, status }: DeliveryFilter,
    before: string | undefined,
    limit: number,
  ): Promise<Delivery[]> {
    const filter = {
      ...{ tenantId, endpointId: new UUID(endpointId) },
      ...(status === undefined ? {} : { status }),
      ...(before === undefined ? {} : { _id: { $lt: new UUID(before) } }),
    };
    const found = await this.transactions.call(() =>
      this.deliveries.find(filter, majorityRead).sort({ _id: -1 }).limit(limit).toArray(),
    );
    return found.map(toDelivery);
  }

  /** A dead delivery is pending again; any other stays as it is. @returns whether there is such a delivery */
  async retry(tenantId: string, id: string): Promise<boolean> {
    if (!isId(id)) return false;
    const filter = { _id: new UUID(id), tenantId };
    const found = await this.transactions.call(() => this.deliveries.findOne(filter, majorityRead));
    if (found?.status === 'dead') {
      const now = await this.clock.now();
      await this.transactions.call(() =>
        this.deliveries.updateOne({ ...filter, status: 'dead' }, { $set: anew(now) }, majorityWrite),
      );
    }
    return found !== null;
  }

  /** @returns how many were dead and are pending again */
  async retryDead(tenantId: string, endpointId: string, since: Date): Promise<number> {
    const now = await this.clock.now();
    const filter = { tenantId, endpointId: new UUID(endpointId), status: 'dead' as const, eventTime: { $gte: since } };
    const { modifiedCount } = await this.transactions.call(() =>
      this.deliveries.updateMany(filter, { $set: anew(now) }, majorityWrite),
    );
    return modifiedCount;
  }

  /**
   * What waited for its endpoint goes on by its schedule. Some at a time, since a
   * backlog of thousands would take longer than one call to the database may.
   */
  async revive(tenantId: string, endpointId: string): Promise<void> {
    const filter = { tenantId, endpointId: new UUID(endpointId), status: 'pending' as const };
    const waits = { owner: null, dueAt: { $gt: await this.clock.now() } };
    let last: UUID | undefined;
    do {
      const after = last === undefined ? {} : { _id: { $gt: last } };
      const waiting = await this.transactions.call(() =>
        this.deliveries
          .find({ ...filter, ...waits, ...after }, { projection: { _id: 1 }, ...majorityRead })
          .sort({ _id: 1 })
          .limit(revivedAtOnce)
          .toArray(),
      );
      const ids = waiting.map(({ _id }) => _id);
      await this.transactions.call(() => backToSchedule(this.deliveries, ids));
      last = waiting.length < revivedAtOnce ? undefined : ids.at(-1);
    } while (last !== undefined);
  }

  async removeOf(tenantId: string, endpointId: string): Promise<void> {
    const filter = { tenantId, endpointId: new UUID(endpointId) };
    await this.transactions.call(() => this.deliveries.deleteMany(filter, majorityWrite));
  }

  /** Removes some of the oldest that are delivered or dead, of all tenants. @returns how many */
  async removeFinishedBefore(before: string, limit: number): Promise<number> {
    const filter = { _id: { $lt: new UUID(before) }, status: { $in: ['delivered', 'dead'] } };
    return removeSome(this.model, this.transactions, filter, limit);
  }

  private get deliveries(): mongo.Collection<DeliveryDocument> {
    return driverCollection(this.model);
  }
}

/** Pending at once, with the whole schedule before it; the attempts are history and stay. */
function anew(now: Date): Pick<DeliveryDocument, 'status' | 'failures' | 'nextAttemptAt' | 'dueAt' | 'owner'> {
  return { status: 'pending', failures: 0, nextAttemptAt: now, dueAt: now, owner: null };
}

function toDelivery(document: DeliveryDocument): Delivery {
  return {
    id: document._id.toString(),
    eventId: document.eventId.toString(),
    eventType: document.eventType,
    subject: document.subject,
    status: document.status,
    attempts: document.attempts,
    nextAttemptAt: document.nextAttemptAt,
  };
}
