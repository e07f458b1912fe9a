import { changeStatus, createOrder } from './order.js';
import { eventTypeOf } from './order.events.js';

const now = new Date('2026-11-24T10:00:00.000Z');
const created = createOrder(
  { customerId: 'cus_42', currency: 'USD', items: [{ sku: 'A', quantity: 1, unitPrice: '1' }] },
  { id: '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0', tenantId: 'default', now },
);

describe('the event of a change', () => {
  it('is order.created for a new order', () => {
    expect(eventTypeOf(created)).toBe('order.created');
  });

  it('is named after the status that was entered', () => {
    const paid = changeStatus(created, 'PAID', 1, now);
    expect(eventTypeOf(paid)).toBe('order.paid');
    expect(eventTypeOf(changeStatus(paid, 'FULFILLED', 2, now))).toBe('order.fulfilled');
    expect(eventTypeOf(changeStatus(paid, 'CANCELLED', 2, now))).toBe('order.cancelled');
  });
});
