import type { OrderStatus } from './order-status.js';

/**
 * An order enters each status at most once, and CREATED only by being created: the status it has after a change
 * names the event of that change.
 */
export const orderEventTypes = {
  CREATED: 'order.created',
  PAID: 'order.paid',
  FULFILLED: 'order.fulfilled',
  CANCELLED: 'order.cancelled',
} as const satisfies Readonly<Record<OrderStatus, string>>;

export type OrderEventType = (typeof orderEventTypes)[OrderStatus];

/** @param order as it is after the creation or transition */
export function eventTypeOf(order: { readonly status: OrderStatus }): OrderEventType {
  return orderEventTypes[order.status];
}
