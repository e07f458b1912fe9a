import mongoose from 'mongoose';
import { newId } from '../src/database/uuid-v7.js';
import type { EventDocument } from '../src/events/event.schema.js';
import type { OrderDocument } from '../src/orders/order.schema.js';

const { Decimal128, MongoClient, UUID } = mongoose.mongo;

const batchSize = 5_000;
/** So many of one customer's orders are in every size: what is listed is the same, what it is found among grows. */
const listedOrders = 40;
/** The tenant of the measured requests has every tenth order; the others are of tenants that share the indexes. */
const tenants = 10;

/** Brings the collection to `size` orders, as the service would have written them, and each with its first event. */
export async function preload(mongodbUri: string, existing: number, size: number): Promise<string[]> {
  const client = await new MongoClient(mongodbUri).connect();
  const unpaid: string[] = [];
  try {
    for (let at = existing; at < size; at += batchSize) {
      const numbers = Array.from({ length: Math.min(batchSize, size - at) }, (_, index) => at + index);
      const documents = numbers.map(orderNumber);
      await client.db().collection<OrderDocument>('orders').insertMany(documents, { ordered: false });
      await client
        .db()
        .collection<EventDocument>('order_events')
        .insertMany(documents.map(eventOf), { ordered: false });
      for (const { tenantId, _id } of documents) if (tenantId === 'default') unpaid.push(String(_id));
    }
  } finally {
    await client.close();
  }
  return unpaid;
}

function orderNumber(number: number): OrderDocument {
  const createdAt = new Date();
  const listed = number < listedOrders;
  return {
    _id: new UUID(newId()),
    tenantId: listed || number % tenants === 0 ? 'default' : `tenant-${number % tenants}`,
    status: 'CREATED',
    customerId: listed ? 'cus_7' : `cus_${1_000 + (number % 997)}`,
    currency: 'USD',
    items: [
      {
        sku: 'SIM-CFD-1',
        description: 'CFD run, 1M cells',
        quantity: 2,
        unitPrice: Decimal128.fromString('19.99'),
        amount: Decimal128.fromString('39.98'),
      },
    ],
    amount: Decimal128.fromString('39.98'),
    metadata: { project: 'wing-7' },
    version: 1,
    createdAt,
    updatedAt: createdAt,
  };
}

function eventOf({ _id, tenantId, createdAt }: OrderDocument): EventDocument {
  return {
    _id: new UUID(newId()),
    tenantId,
    orderId: _id,
    sequence: 1,
    type: 'order.created',
    subject: `orders/${_id.toString()}`,
    time: createdAt,
    actor: 'anonymous',
    data: { id: _id.toString(), status: 'CREATED' },
  };
}
