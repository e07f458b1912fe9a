export const orderStatuses = ['CREATED', 'PAID', 'FULFILLED', 'CANCELLED'] as const;

export type OrderStatus = (typeof orderStatuses)[number];

/** The whole state machine. No status can be entered twice; `order.events.ts` relies on that. */
const transitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  CREATED: ['PAID', 'CANCELLED'],
  PAID: ['FULFILLED', 'CANCELLED'],
  FULFILLED: [],
  CANCELLED: [],
};

export function allowedTransitions(status: OrderStatus): readonly OrderStatus[] {
  return transitions[status];
}

export function isOrderStatus(value: unknown): value is OrderStatus {
  return orderStatuses.some((status) => status === value);
}
