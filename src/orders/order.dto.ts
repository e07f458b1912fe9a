import { ApiProperty } from '@nestjs/swagger';
import { ListOf, Member, MemberWithInnerFaults } from '../http/member-rules.js';
import { Text, textSchema } from '../http/text-rule.js';
import { currencyCodes, minorUnitOf } from './domain/currencies.js';
import { isUnitPrice, unitPricePattern } from './domain/money.js';
import { allowedTransitions, isOrderStatus, orderStatuses } from './domain/order-status.js';
import type { OrderStatus } from './domain/order-status.js';
import type { Order, OrderLine } from './domain/order.js';
import { metadataFaults } from './metadata-rule.js';

const amountPattern = '^(0|[1-9][0-9]*)(\\.[0-9]{1,4})?$';
const metadataSchema = {
  type: 'object',
  maxProperties: 20,
  propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_-]{0,39}$' },
  additionalProperties: textSchema(500),
  example: { project: 'wing-7' },
} as const;

export class OrderItemIn {
  @Text(64, { description: 'What is ordered.', example: 'SIM-CFD-1' })
  sku: string;

  @Text(500, { optional: true, description: 'For people.', example: 'CFD run, 1M cells' })
  description?: string;

  @Member(quantityFault, {
    schema: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'How many.', example: 2 },
  })
  quantity: number;

  @Member(unitPriceFault, {
    schema: {
      type: 'string',
      pattern: unitPricePattern.source,
      description: 'Decimal string, at most 6 decimals; never a JSON number.',
      example: '19.99',
    },
  })
  unitPrice: string;
}

/** The body of POST /orders. The server computes every amount. */
export class OrderIn {
  @Text(128, { description: 'The customer, in the words of the client.', example: 'cus_42' })
  customerId: string;

  @Member(currencyFault, {
    schema: {
      type: 'string',
      enum: [...currencyCodes],
      description: 'ISO 4217 code with a minor unit.',
      example: 'USD',
    },
  })
  currency: string;

  @ListOf(() => OrderItemIn, { min: 1, max: 100 })
  items: OrderItemIn[];

  @MemberWithInnerFaults('metadata', metadataFaults, {
    optional: true,
    schema: { ...metadataSchema, description: 'Up to 20 pairs of the client’s own.' },
  })
  metadata?: Record<string, string>;
}

/** The body of PATCH /orders/{id}. */
export class StatusChangeIn {
  @Member(statusFault, { schema: { type: 'string', enum: [...orderStatuses], description: 'The status to move to.' } })
  status: OrderStatus;
}

export class OrderItemOut {
  @ApiProperty({ type: 'string', example: 'SIM-CFD-1' })
  sku: string;

  @ApiProperty({ type: 'string', required: false, example: 'CFD run, 1M cells' })
  description?: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000_000, example: 2 })
  quantity: number;

  @ApiProperty({ type: 'string', pattern: unitPricePattern.source, description: 'As it was sent.', example: '19.99' })
  unitPrice: string;

  @ApiProperty({
    type: 'string',
    pattern: amountPattern,
    description: 'quantity × unitPrice, rounded half-up to the minor unit of the currency.',
    example: '39.98',
  })
  amount: string;
}

/** An order as clients see it. */
export class OrderOut {
  @ApiProperty({ type: 'string', format: 'uuid', example: '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0' })
  id: string;

  @ApiProperty({ type: 'string', enum: [...orderStatuses], example: 'CREATED' })
  status: OrderStatus;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...orderStatuses] },
    description: 'What `status` may be changed to.',
    example: ['PAID', 'CANCELLED'],
  })
  allowedTransitions: readonly OrderStatus[];

  @ApiProperty({ type: 'string', example: 'cus_42' })
  customerId: string;

  @ApiProperty({ type: 'string', pattern: '^[A-Z]{3}$', example: 'USD' })
  currency: string;

  @ApiProperty({ type: () => OrderItemOut, isArray: true })
  items: readonly OrderItemOut[];

  @ApiProperty({ type: 'string', pattern: amountPattern, description: 'The sum of the lines.', example: '39.98' })
  amount: string;

  @ApiProperty({ ...metadataSchema })
  metadata: Readonly<Record<string, string>>;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Adds 1 with every change; also the ETag.', example: 1 })
  version: number;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-24T10:00:00.000Z' })
  createdAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-24T10:00:00.000Z' })
  updatedAt: string;
}

/** Field by field, so that nothing a client must not see can slip through. */
export function toOrderOut(order: Order): OrderOut {
  return {
    id: order.id,
    status: order.status,
    allowedTransitions: allowedTransitions(order.status),
    customerId: order.customerId,
    currency: order.currency,
    items: order.items.map(toOrderItemOut),
    amount: order.amount,
    metadata: order.metadata,
    version: order.version,
    createdAt: order.createdAt.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  };
}

function toOrderItemOut({ sku, description, quantity, unitPrice, amount }: OrderLine): OrderItemOut {
  return { sku, ...(description === undefined ? {} : { description }), quantity, unitPrice, amount };
}

function quantityFault(value: unknown): string | undefined {
  const isQuantity = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000;
  return isQuantity ? undefined : 'must be an integer from 1 to 1000000';
}

function unitPriceFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a decimal in a string, such as "19.99"';
  return isUnitPrice(value) ? undefined : 'must be a decimal from 0 to 999999999.999999 with at most 6 decimals';
}

function currencyFault(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[A-Z]{3}$/.test(value)) return 'must be three upper-case letters';
  return minorUnitOf(value) === undefined ? 'must be a currency of ISO 4217 that has a minor unit' : undefined;
}

function statusFault(value: unknown): string | undefined {
  return isOrderStatus(value) ? undefined : `must be one of ${orderStatuses.join(', ')}`;
}
