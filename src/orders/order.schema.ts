import { Schema } from 'mongoose';
import type { mongo, Types } from 'mongoose';
import { withValidator } from '../database/collection-validator.js';
import { orderStatuses } from './domain/order-status.js';
import type { OrderStatus } from './domain/order-status.js';

export interface OrderLineDocument {
  readonly sku: string;
  readonly description?: string;
  readonly quantity: number;
  readonly unitPrice: Types.Decimal128;
  readonly amount: Types.Decimal128;
}

export interface OrderDocument {
  /** UUIDv7: identity, sort order, cursor and time of creation in one. */
  readonly _id: mongo.UUID;
  readonly tenantId: string;
  readonly status: OrderStatus;
  readonly customerId: string;
  readonly currency: string;
  readonly items: readonly OrderLineDocument[];
  readonly amount: Types.Decimal128;
  readonly metadata: Readonly<Record<string, string>>;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const lineSchema = new Schema<OrderLineDocument>(
  {
    sku: { type: String, required: true },
    description: { type: String },
    quantity: { type: Number, required: true },
    unitPrice: { type: Schema.Types.Decimal128, required: true },
    amount: { type: Schema.Types.Decimal128, required: true },
  },
  { _id: false },
);

export const orderSchema = withValidator(
  new Schema<OrderDocument>(
    {
      _id: { type: Schema.Types.UUID, required: true },
      tenantId: { type: String, required: true },
      status: { type: String, enum: orderStatuses, required: true },
      customerId: { type: String, required: true },
      currency: { type: String, required: true },
      items: { type: [lineSchema], required: true },
      amount: { type: Schema.Types.Decimal128, required: true },
      metadata: { type: Schema.Types.Mixed, required: true },
      version: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'orders', versionKey: false, minimize: false },
  ),
  {
    bsonType: 'object',
    required: [
      ...['_id', 'tenantId', 'status', 'customerId', 'currency', 'items', 'amount'],
      ...['metadata', 'version', 'createdAt', 'updatedAt'],
    ],
    properties: {
      _id: { bsonType: 'binData' },
      tenantId: { bsonType: 'string', minLength: 1 },
      status: { enum: [...orderStatuses] },
      customerId: { bsonType: 'string', minLength: 1 },
      currency: { bsonType: 'string', minLength: 3, maxLength: 3 },
      items: {
        bsonType: 'array',
        minItems: 1,
        maxItems: 100,
        items: {
          bsonType: 'object',
          required: ['sku', 'quantity', 'unitPrice', 'amount'],
          properties: {
            sku: { bsonType: 'string', minLength: 1 },
            description: { bsonType: 'string' },
            quantity: { bsonType: ['int', 'long'], minimum: 1 },
            unitPrice: { bsonType: 'decimal' },
            amount: { bsonType: 'decimal' },
          },
        },
      },
      amount: { bsonType: 'decimal' },
      metadata: { bsonType: 'object' },
      version: { bsonType: ['int', 'long'], minimum: 1 },
      createdAt: { bsonType: 'date' },
      updatedAt: { bsonType: 'date' },
    },
  },
);

// Every query is an equality on the leading keys and a range on `_id`, walked backwards for newest first.
orderSchema.index({ tenantId: 1, _id: 1 });
orderSchema.index({ tenantId: 1, status: 1, _id: 1 });
orderSchema.index({ tenantId: 1, customerId: 1, _id: 1 });
