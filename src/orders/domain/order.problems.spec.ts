import { invalidTransition, orderNotFound, versionConflict } from './order.problems.js';

describe('the refusals of an order', () => {
  it('order_not_found tells nothing about the order', () => {
    expect(orderNotFound()).toMatchObject({ code: 'order_not_found', detail: 'There is no such order.', extra: {} });
  });

  it('version_conflict tells both versions and the current status', () => {
    expect(versionConflict({ version: 3, status: 'PAID' }, 2)).toMatchObject({
      code: 'version_conflict',
      detail: 'The order is at version 3; the request was made for version 2.',
      extra: { currentVersion: 3, currentStatus: 'PAID' },
    });
  });

  it('invalid_transition tells what would be allowed', () => {
    expect(invalidTransition({ version: 2, status: 'PAID' }, 'CREATED')).toMatchObject({
      code: 'invalid_transition',
      detail: 'The order is PAID and cannot become CREATED; it can become FULFILLED or CANCELLED.',
      extra: { from: 'PAID', to: 'CREATED', allowed: ['FULFILLED', 'CANCELLED'] },
    });
  });

  it('invalid_transition of a final status allows nothing', () => {
    expect(invalidTransition({ version: 3, status: 'CANCELLED' }, 'PAID')).toMatchObject({
      detail: 'The order is CANCELLED and cannot become PAID; no transition is left.',
      extra: { from: 'CANCELLED', to: 'PAID', allowed: [] },
    });
  });
});
