import { orderEventTypes } from '../orders/domain/order.events.js';
import { eventTypes, isEventType } from './event-types.js';

describe('the types of events', () => {
  it('are those that orders write', () => {
    expect([...eventTypes]).toEqual(Object.values(orderEventTypes));
  });

  it.each(['', 'ping', 'ORDER.PAID', 'order.paid ', 'constructor', null, 1, ['order.paid']])('are not %p', (value) => {
    expect(isEventType(value)).toBe(false);
  });
});
