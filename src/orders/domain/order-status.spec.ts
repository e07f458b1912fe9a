import { allowedTransitions, isOrderStatus, orderStatuses } from './order-status.js';
import type { OrderStatus } from './order-status.js';

/** Rows are from, columns are to, both in the order of `orderStatuses`. */
const contract: readonly (readonly [OrderStatus, readonly boolean[]])[] = [
  ['CREATED', [false, true, false, true]],
  ['PAID', [false, false, true, true]],
  ['FULFILLED', [false, false, false, false]],
  ['CANCELLED', [false, false, false, false]],
];

describe('the state machine', () => {
  it('covers every pair of statuses', () => {
    expect(contract.map(([from]) => from)).toEqual([...orderStatuses]);
  });

  for (const [from, row] of contract) {
    for (const [column, legal] of row.entries()) {
      const to = orderStatuses[column] as OrderStatus;
      it(`${legal ? 'allows' : 'forbids'} ${from} → ${to}`, () => {
        expect(allowedTransitions(from).includes(to)).toBe(legal);
      });
    }
  }

  it('lists the allowed transitions in the order of the contract', () => {
    expect(allowedTransitions('CREATED')).toEqual(['PAID', 'CANCELLED']);
    expect(allowedTransitions('PAID')).toEqual(['FULFILLED', 'CANCELLED']);
  });

  it('never leads back to a status an order has had', () => {
    const reachable = (from: OrderStatus): readonly OrderStatus[] =>
      allowedTransitions(from).flatMap((to) => [to, ...reachable(to)]);
    for (const status of orderStatuses) expect(reachable(status)).not.toContain(status);
  });
});

describe('a status', () => {
  it.each([...orderStatuses])('%s exists', (status) => {
    expect(isOrderStatus(status)).toBe(true);
  });

  it.each(['created', 'PAID ', '', 'SHIPPED', 'constructor', null, undefined, 0, ['PAID']])(
    'is nothing else, %p for example',
    (value) => {
      expect(isOrderStatus(value)).toBe(false);
    },
  );
});
