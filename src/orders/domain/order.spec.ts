import fc from 'fast-check';
import { Problem } from '../../problem/problem.js';
import { changeStatus, createOrder } from './order.js';
import type { NewOrder, Order } from './order.js';
import { allowedTransitions, orderStatuses } from './order-status.js';

const now = new Date('2026-11-24T10:00:00.000Z');
const identity = { id: '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0', tenantId: 'acme', now };
const input: NewOrder = {
  customerId: 'cus_42',
  currency: 'USD',
  items: [
    { sku: 'SIM-CFD-1', description: 'CFD run, 1M cells', quantity: 2, unitPrice: '19.99' },
    { sku: 'SIM-CFD-2', quantity: 1, unitPrice: '0.0050' },
  ],
  metadata: { project: 'wing-7', constructor: 'x' },
};

function refusal(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('Expected a refusal.');
}

describe('a new order', () => {
  it('is CREATED at version 1 with computed amounts', () => {
    expect(createOrder(input, identity)).toStrictEqual({
      id: identity.id,
      tenantId: 'acme',
      status: 'CREATED',
      customerId: 'cus_42',
      currency: 'USD',
      items: [
        { sku: 'SIM-CFD-1', description: 'CFD run, 1M cells', quantity: 2, unitPrice: '19.99', amount: '39.98' },
        { sku: 'SIM-CFD-2', quantity: 1, unitPrice: '0.0050', amount: '0.01' },
      ],
      amount: '39.99',
      metadata: { project: 'wing-7', constructor: 'x' },
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
  });

  it.each([
    ['JPY', '40', '40'],
    ['KWD', '1.25', '1.250'],
    ['CLF', '1.00005', '1.0001'],
    ['IQD', '1', '1.000'],
  ])('in %s has amounts with exactly the minor unit’s digits', (currency, unitPrice, amount) => {
    const order = createOrder({ ...input, currency, items: [{ sku: 'A', quantity: 1, unitPrice }] }, identity);
    expect(order).toMatchObject({ amount, items: [{ unitPrice, amount }] });
  });

  it('has no description member where none was sent, not even an undefined one', () => {
    const order = createOrder(
      { ...input, items: [{ sku: 'A', description: undefined, quantity: 1, unitPrice: '1' }] },
      identity,
    );
    expect(Object.keys(order.items[0] ?? {})).toEqual(['sku', 'quantity', 'unitPrice', 'amount']);
  });

  it('has empty metadata where none was sent', () => {
    expect(createOrder({ ...input, metadata: undefined }, identity).metadata).toStrictEqual({});
  });

  it('takes nothing that the whitelist does not name', () => {
    const forged = { ...input, amount: '0', tenantId: 'other', status: 'PAID' };
    expect(createOrder(forged, identity)).toStrictEqual(createOrder(input, identity));
  });

  it('in a currency that validation should have refused is a bug, not a refusal', () => {
    expect(() => createOrder({ ...input, currency: 'XAU' }, identity)).toThrow(/^Bug!/);
    expect(() => createOrder({ ...input, currency: 'XAU' }, identity)).not.toThrow(Problem);
  });
});

describe('a change of status', () => {
  const order = createOrder(input, identity);
  const later = new Date(now.getTime() + 1);
  const at = (status: Order['status']): Order => ({ ...order, status, version: 7 });

  for (const from of orderStatuses) {
    for (const to of orderStatuses) {
      if (allowedTransitions(from).includes(to)) {
        it(`${from} → ${to} adds 1 to the version and changes nothing but status, version and updatedAt`, () => {
          const before = at(from);
          const snapshot = structuredClone(before);
          expect(changeStatus(before, to, 7, later)).toStrictEqual({
            ...before,
            status: to,
            version: 8,
            updatedAt: later,
          });
          expect(before).toStrictEqual(snapshot);
        });
      } else {
        it(`${from} → ${to} is refused`, () => {
          expect(refusal(() => changeStatus(at(from), to, 7, later))).toMatchObject({
            code: 'invalid_transition',
            extra: { from, to, allowed: allowedTransitions(from) },
          });
        });
      }
    }
  }

  it('made for another version is a conflict, whether or not the transition is legal', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...orderStatuses),
        fc.constantFrom(...orderStatuses),
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).filter((version) => version !== 7),
        (from, to, version) => {
          expect(refusal(() => changeStatus(at(from), to, version, later))).toMatchObject({
            code: 'version_conflict',
            extra: { currentVersion: 7, currentStatus: from },
          });
        },
      ),
    );
  });

  it('never moves updatedAt back, even when the clock did', () => {
    const earlier = new Date(now.getTime() - 60_000);
    expect(changeStatus(order, 'PAID', 1, earlier).updatedAt).toEqual(now);
  });
});
