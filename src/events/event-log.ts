import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { namespaceOf } from '../database/namespace.js';
import { removeSome } from '../database/remove-some.js';
import { Transactions } from '../database/transactions.js';
import { currentTrace } from '../tracing/trace-context.js';
import { toCloudEvent } from './cloud-event.js';
import type { CloudEvent } from './cloud-event.js';
import type { EventDocument, Mark } from './event.schema.js';

const { UUID } = mongoose.mongo;

export interface NewEvent {
  readonly tenantId: string;
  readonly orderId: string;
  readonly sequence: number;
  readonly type: string;
  readonly time: Date;
  readonly actor: string;
  readonly data: object;
}

/** The order history and the outbox in one: what happened, written with what made it happen. */
@Injectable()
export class EventLog {
  constructor(
    @InjectModel('OrderEvent') private readonly events: Model<EventDocument>,
    private readonly transactions: Transactions,
  ) {}

  /** Joins the open transaction and refuses to run outside of one: an event without its cause would be a lie. */
  append({ orderId, data, ...event }: NewEvent): void {
    const document: EventDocument = {
      _id: new UUID(uuidv7()),
      ...event,
      orderId: new UUID(orderId),
      subject: `orders/${orderId}`,
      data: data as EventDocument['data'],
      ...currentTrace(),
      forWebhooks: true,
      forSink: true,
    };
    this.transactions.write({ name: 'insertOne', namespace: namespaceOf(this.events), document });
  }

  /** @returns the order's events, oldest first; none for an order that this tenant does not have */
  async history(tenantId: string, orderId: string): Promise<readonly CloudEvent[]> {
    const found = await this.transactions.call(() =>
      this.events.collection
        .find<EventDocument>({ tenantId, orderId: new UUID(orderId) }, this.transactions.readOptions())
        .sort({ sequence: 1 })
        .toArray(),
    );
    return found.map(toCloudEvent);
  }

  /**
   * Removes some of the oldest events, of all tenants, but none that somebody still has to be told of.
   * @param before an id that is not below those of the events to remove
   * @returns how many
   */
  async removeBefore(before: string, waitingFor: readonly Mark[], limit: number): Promise<number> {
    const unmarked = waitingFor.map((mark) => ({ [mark]: { $ne: true } }));
    const filter = { _id: { $lt: new UUID(before) }, $and: unmarked };
    return removeSome(this.events, this.transactions, filter, limit);
  }
}
