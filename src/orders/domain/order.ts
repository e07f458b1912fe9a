import { minorUnitOf } from './currencies.js';
import { formatAmount, lineAmount, sum } from './money.js';
import { allowedTransitions } from './order-status.js';
import type { OrderStatus } from './order-status.js';
import { invalidTransition, versionConflict } from './order.problems.js';

export interface Order {
  readonly id: string;
  readonly tenantId: string;
  readonly status: OrderStatus;
  readonly customerId: string;
  readonly currency: string;
  readonly items: readonly OrderLine[];
  readonly amount: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface OrderLine {
  readonly sku: string;
  readonly description?: string;
  readonly quantity: number;
  /** As the client sent it, trailing zeros and all. */
  readonly unitPrice: string;
  readonly amount: string;
}

/** What a client gives; everything else of an order is ours. */
export interface NewOrder {
  readonly customerId: string;
  readonly currency: string;
  readonly items: readonly NewOrderLine[];
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export interface NewOrderLine {
  readonly sku: string;
  readonly description?: string | undefined;
  readonly quantity: number;
  readonly unitPrice: string;
}

export interface OrderIdentity {
  readonly id: string;
  readonly tenantId: string;
  /** The time in `id`, so that the order's two tellings of its age agree. */
  readonly now: Date;
}

/** @param input already valid: its currency has a minor unit and its prices match `unitPricePattern` */
export function createOrder(input: NewOrder, identity: OrderIdentity): Order {
  const minorUnit = minorUnitOf(input.currency);
  if (minorUnit === undefined) throw new Error(`Bug! The currency ${input.currency} was not validated.`);
  const lines = input.items.map((item) => ({ item, amount: lineAmount(item.quantity, item.unitPrice, minorUnit) }));
  return {
    id: identity.id,
    tenantId: identity.tenantId,
    status: 'CREATED',
    customerId: input.customerId,
    currency: input.currency,
    items: lines.map(({ item, amount }) => orderLine(item, formatAmount(amount, minorUnit))),
    amount: formatAmount(sum(lines.map(({ amount }) => amount)), minorUnit),
    metadata: { ...input.metadata },
    version: 1,
    createdAt: identity.now,
    updatedAt: identity.now,
  };
}

/**
 * The version comes before the transition: a client that acts on an old state learns that first, since the
 * transition it asks for may well have been legal in the state it knows.
 * @throws Problem `version_conflict` or `invalid_transition`
 */
export function changeStatus(order: Order, to: OrderStatus, expectedVersion: number, now: Date): Order {
  if (order.version !== expectedVersion) throw versionConflict(order, expectedVersion);
  if (!allowedTransitions(order.status).includes(to)) throw invalidTransition(order, to);
  // Clocks of two instances differ and step back; an order's own history must not.
  const updatedAt = now < order.updatedAt ? order.updatedAt : now;
  return { ...order, status: to, version: order.version + 1, updatedAt };
}

function orderLine(item: NewOrderLine, amount: string): OrderLine {
  const description = item.description === undefined ? {} : { description: item.description };
  return { sku: item.sku, ...description, quantity: item.quantity, unitPrice: item.unitPrice, amount };
}
