import type { OrderIn, OrderItemIn } from '../../src/orders/order.dto.js';

/** What a client sends: plain data, no instance of the DTO. */
export type OrderBody = Pick<OrderIn, 'customerId' | 'currency' | 'items' | 'metadata'>;
export type LineBody = Pick<OrderItemIn, 'sku' | 'description' | 'quantity' | 'unitPrice'>;

/** A valid order, but for what is given. */
export function anOrder(overrides: Partial<OrderBody> = {}): OrderBody {
  return { customerId: 'cus_42', currency: 'USD', items: [aLine()], ...overrides };
}

/** A valid line, but for what is given. */
export function aLine(overrides: Partial<LineBody> = {}): LineBody {
  return { sku: 'SIM-CFD-1', quantity: 2, unitPrice: '19.99', ...overrides };
}
