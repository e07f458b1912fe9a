import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Model, mongo } from 'mongoose';
import { fromDecimal128, toDecimal128 } from '../database/decimal128.js';
import { decoded, driverCollection, majorityRead, rawRead } from '../database/driver-collection.js';
import { namespaceOf } from '../database/namespace.js';
import { Transactions } from '../database/transactions.js';
import { isId, smallestIdAt } from '../database/uuid-v7.js';
import type { OrderStatus } from './domain/order-status.js';
import type { Order, OrderLine } from './domain/order.js';
import type { OrderDocument, OrderLineDocument } from './order.schema.js';

const { UUID } = mongoose.mongo;

/** What a list is narrowed by; times are epoch milliseconds. */
export interface OrderFilter {
  readonly statuses: readonly OrderStatus[];
  readonly customerId?: string | undefined;
  /** Inclusive. */
  readonly createdFrom?: number | undefined;
  /** Exclusive. */
  readonly createdTo?: number | undefined;
}

/** The only file that knows how orders are stored. No method can be called without the tenant. */
@Injectable()
export class OrdersRepository {
  constructor(
    @InjectModel('Order') private readonly orders: Model<OrderDocument>,
    private readonly transactions: Transactions,
  ) {}

  /** Joins the open transaction. */
  insert(tenantId: string, order: Order): void {
    this.transactions.write({
      name: 'insertOne',
      namespace: namespaceOf(this.orders),
      document: toDocument(tenantId, order),
    });
  }

  /** @param id whatever a client sent; what is not an order's id is simply not found */
  async find(tenantId: string, id: string): Promise<Order | undefined> {
    if (!isId(id)) return undefined;
    // By the driver: the result is plain, so all that a query of Mongoose's adds is cost (docs/BENCHMARK.md).
    const orders = driverCollection(this.orders);
    const found = await this.transactions.call(() =>
      orders.findOne({ _id: new UUID(id), tenantId }, { ...this.transactions.readOptions(), ...rawRead }),
    );
    return found ? toOrder(decoded<OrderDocument>(found)) : undefined;
  }

  /**
   * Joins the open transaction, which becomes a conflict, and is run again, when the order is not at
   * `expectedVersion` any more.
   */
  replaceIfVersion(tenantId: string, order: Order, expectedVersion: number): void {
    this.transactions.write({
      name: 'updateOne',
      namespace: namespaceOf(this.orders),
      filter: { _id: new UUID(order.id), tenantId, version: expectedVersion },
      update: { $set: { status: order.status, version: order.version, updatedAt: order.updatedAt } },
      mustMatch: true,
    });
  }

  /**
   * @param before only orders older than this id
   * @returns newest first, at most `limit`
   */
  async page(tenantId: string, filter: OrderFilter, before: string | undefined, limit: number): Promise<Order[]> {
    const found = await this.transactions.call(() =>
      // By the driver, since Mongoose refuses ranges of UUIDs ("Can't use $lt with UUID").
      this.orders.collection
        .find<OrderDocument>(pageQuery(tenantId, filter, before), { ...majorityRead, ...rawRead })
        .sort({ _id: -1 })
        .limit(limit)
        .toArray(),
    );
    return found.map((document) => toOrder(decoded(document)));
  }
}

/** Equality on the leading keys of an index, one range on its last key. */
export function pageQuery(tenantId: string, filter: OrderFilter, before?: string): mongo.Filter<mongo.Document> {
  const { statuses, customerId, createdFrom, createdTo } = filter;
  const uppers = [before, createdTo === undefined ? undefined : smallestIdAt(createdTo)].filter(
    (id) => id !== undefined,
  );
  // Canonical UUIDs sort as text as they do as bytes.
  const upper = uppers.sort()[0];
  const range = {
    ...(createdFrom === undefined ? {} : { $gte: new UUID(smallestIdAt(createdFrom)) }),
    ...(upper === undefined ? {} : { $lt: new UUID(upper) }),
  };
  return {
    tenantId,
    ...(statuses.length === 0 ? {} : { status: statuses.length === 1 ? statuses[0] : { $in: [...statuses] } }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(Object.keys(range).length === 0 ? {} : { _id: range }),
  } as unknown as mongo.Filter<mongo.Document>;
}

function toDocument(tenantId: string, order: Order): OrderDocument {
  return {
    _id: new UUID(order.id),
    tenantId,
    status: order.status,
    customerId: order.customerId,
    currency: order.currency,
    items: order.items.map(toLineDocument),
    amount: toDecimal128(order.amount),
    metadata: order.metadata,
    version: order.version,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}

function toLineDocument({ sku, description, quantity, unitPrice, amount }: OrderLine): OrderLineDocument {
  return {
    sku,
    ...(description === undefined ? {} : { description }),
    quantity,
    unitPrice: toDecimal128(unitPrice),
    amount: toDecimal128(amount),
  };
}

function toOrder(document: OrderDocument): Order {
  return {
    id: document._id.toString(),
    tenantId: document.tenantId,
    status: document.status,
    customerId: document.customerId,
    currency: document.currency,
    items: document.items.map(toLine),
    amount: fromDecimal128(document.amount),
    metadata: document.metadata,
    version: document.version,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
  };
}

function toLine({ sku, description, quantity, unitPrice, amount }: OrderLineDocument): OrderLine {
  return {
    sku,
    ...(description === undefined ? {} : { description }),
    quantity,
    unitPrice: fromDecimal128(unitPrice),
    amount: fromDecimal128(amount),
  };
}
