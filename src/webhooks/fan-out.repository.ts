import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Model } from 'mongoose';
import { namespaceOf } from '../database/namespace.js';
import { Transactions } from '../database/transactions.js';
import { newId } from '../database/uuid-v7.js';
import { toCloudEvent } from '../events/cloud-event.js';
import type { EventDocument } from '../events/event.schema.js';
import type { DeliveryDocument } from './delivery.schema.js';
import type { WebhookEndpointDocument } from './webhook-endpoint.schema.js';

const { UUID } = mongoose.mongo;

export type Destination = Pick<WebhookEndpointDocument, '_id' | 'tenantId' | 'eventTypes'>;

/** What fanning out reads and writes; all of it in the open transaction, so on one snapshot. */
@Injectable()
export class FanOutRepository {
  constructor(
    @InjectModel('OrderEvent') private readonly events: Model<EventDocument>,
    @InjectModel('WebhookEndpoint') private readonly endpoints: Model<WebhookEndpointDocument>,
    @InjectModel('WebhookDelivery') private readonly deliveries: Model<DeliveryDocument>,
    private readonly transactions: Transactions,
  ) {}

  /** Asked often and mostly answered no, so without a transaction. */
  async isAnyPending(tenantId?: string): Promise<boolean> {
    const found = await this.transactions.call(() =>
      this.find(pendingOf(tenantId)).select({ _id: 1 }).limit(1).read('primary').readConcern('majority').lean().exec(),
    );
    return found.length > 0;
  }

  /**
   * The oldest events that are still to be handed out, and with each of them all others of its order: two instances'
   * clocks may differ, so an order's second event may look older than its first.
   * @param tenantId of one tenant alone
   * @returns in the order of their sequence within each order
   */
  async pending(limit: number, tenantId?: string): Promise<EventDocument[]> {
    const oldest = await this.find(pendingOf(tenantId)).sort({ _id: 1 }).limit(limit).lean<EventDocument[]>().exec();
    if (oldest.length === 0) return [];
    const tenants = [...new Set(oldest.map((event) => event.tenantId))];
    const orders = [...new Map(oldest.map(({ orderId }) => [String(orderId), orderId])).values()];
    return this.find({ forWebhooks: true, tenantId: { $in: tenants }, orderId: { $in: orders } })
      .sort({ tenantId: 1, orderId: 1, sequence: 1 })
      .lean<EventDocument[]>()
      .exec();
  }

  async destinations(tenants: readonly string[]): Promise<Destination[]> {
    return this.transactions.call(() =>
      this.endpoints
        .find({ tenantId: { $in: [...tenants] } }, { tenantId: 1, eventTypes: 1 })
        .lean<Destination[]>()
        .exec(),
    );
  }

  /** An upsert: an event that was fanned out before stays as it is by now. */
  deliver(event: EventDocument, endpoint: Destination, now: Date): void {
    const key = { tenantId: event.tenantId, endpointId: endpoint._id, eventId: event._id };
    const delivery: Omit<DeliveryDocument, keyof typeof key> = {
      ...{ _id: new UUID(newId()), eventType: event.type, eventTime: event.time, subject: event.subject },
      ...{ sequence: event.sequence, payload: JSON.stringify(toCloudEvent(event)), status: 'pending', attempts: [] },
      ...{ failures: 0, nextAttemptAt: now, dueAt: now, owner: null },
    };
    this.transactions.write({
      name: 'updateOne',
      namespace: namespaceOf(this.deliveries),
      filter: key,
      update: { $setOnInsert: delivery },
      mustMatch: false,
      upsert: true,
    });
  }

  /** @param forSink whether there is a sink that is still to be told, so that its mark has to stay */
  markFannedOut(events: readonly EventDocument[], forSink: boolean): void {
    this.transactions.write({
      name: 'updateMany',
      namespace: namespaceOf(this.events),
      filter: { _id: { $in: events.map(({ _id }) => _id) } },
      update: { $unset: forSink ? { forWebhooks: '' } : { forWebhooks: '', forSink: '', claim: '' } },
    });
  }

  private find(filter: object): mongoose.Query<EventDocument[], EventDocument> {
    return this.events.find(filter as mongoose.QueryFilter<EventDocument>);
  }
}

function pendingOf(tenantId?: string): object {
  return { forWebhooks: true, ...(tenantId === undefined ? {} : { tenantId }) };
}
