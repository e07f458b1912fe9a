import fc from 'fast-check';
import { readConfig } from '../config/config.js';
import { ListOrdersIn } from '../orders/list-orders.dto.js';
import { OrderIn, StatusChangeIn } from '../orders/order.dto.js';
import { ListDeliveriesIn, RetryIn } from '../webhooks/delivery.dto.js';
import { ListWebhookEndpointsIn, WebhookEndpointIn, WebhookEndpointPatchIn } from '../webhooks/webhook-endpoint.dto.js';
import { readWithFaults } from './dto-faults.js';
import { faultlessDto } from './faultless-dto.js';
import { declaredMembers } from './member-rules.js';
import type { DtoClass } from './member-rules.js';

const config = readConfig({ NODE_ENV: 'test' });
/** Printed by fast-check when a property fails. */
const runs = { numRuns: 2_000 };

/** What some member or other of some DTO takes. */
const fit: readonly unknown[] = [
  ...['cus_1', 'USD', 'PAID', 'a', ' b ', '19.99', '0', '50', 'CREATED', 'pending', '2026-01-01T00:00:00Z', 'true'],
  ...[
    1,
    1_000_000,
    true,
    false,
    null,
    [],
    ['order.paid'],
    'https://hooks.test/orders',
    {},
    { a: 'b', constructor: 'c' },
  ],
];
const unfit: readonly unknown[] = [
  ...['', ' ', 'x'.repeat(600), '\ud800', '\u0000', 'usd', '-1', '1e3', 0, 1.5, -1, 1_000_001],
  ...[[null], ['a', 'a'], [[]], [{}], { a: 1 }, { '1a': 'x' }, { a: { b: 'c' } }, ['order.paid', 'order.paid']],
];
const line = fc.record(
  {
    sku: fc.constantFrom('S', '', 7),
    description: fc.constantFrom<unknown>('d', null),
    quantity: fc.constantFrom<unknown>(1, 2, '1', 0),
    unitPrice: fc.constantFrom<unknown>('1.5', '01', 1),
    amount: fc.constant('1.00'),
  },
  { requiredKeys: [] },
);
const goodLine = fc.record(
  { sku: fc.constant('S'), description: fc.constant('d'), quantity: fc.constant(1), unitPrice: fc.constant('1.5') },
  { requiredKeys: ['sku', 'quantity', 'unitPrice'] },
);
const member: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...fit) },
  { weight: 2, arbitrary: fc.constantFrom(...unfit) },
  { weight: 1, arbitrary: fc.anything({ withNullPrototype: true }) },
  { weight: 6, arbitrary: fc.array(goodLine, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.oneof(goodLine, line, fc.constantFrom(null, 'x')), { maxLength: 3 }) },
  { weight: 1, arbitrary: goodLine.map((each) => Array.from({ length: 101 }, () => each)) },
);

/** Each member takes, of some tries, the first that its rule accepts, so that a good share is without faults. */
function sent(dtoClass: DtoClass): fc.Arbitrary<unknown> {
  const members = declaredMembers(dtoClass);
  const drawn = members.map(({ name, accepts, optional }) =>
    fc
      .record({ tries: fc.array(member, { minLength: 30, maxLength: 30 }), any: member, luck: fc.nat({ max: 19 }) })
      .map(({ tries, any, luck }) => {
        if (luck === 0 || (optional && luck < 8)) return [];
        return [[name, luck === 1 ? any : (tries.find((value) => accepts(value, config)) ?? any)] as const];
      }),
  );
  const more = fc.oneof(
    { weight: 12, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constantFrom([['tenantId', 'other']], [['constructor', 'x']], [['toString', 1]]) },
  );
  const whole = fc.tuple(...drawn, more).map((parts) => Object.fromEntries(parts.flat() as [string, unknown][]));
  return fc.oneof(
    { weight: 30, arbitrary: whole },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], 'x', 1, undefined) },
  );
}

describe.each([
  OrderIn,
  StatusChangeIn,
  ListOrdersIn,
  WebhookEndpointIn,
  WebhookEndpointPatchIn,
  ListWebhookEndpointsIn,
  ListDeliveriesIn,
  RetryIn,
] as readonly DtoClass[])('a DTO of %p', (dtoClass) => {
  it('is what class-validator finds no fault in, and as class-transformer builds it', () => {
    let faultless = 0;
    let faulty = 0;
    fc.assert(
      fc.property(sent(dtoClass), (value) => {
        const { dto, faults } = readWithFaults(dtoClass, value, config);
        const found = faultlessDto(dtoClass, value, config);
        if (found) faultless += 1;
        else faulty += 1;
        expect(found).toStrictEqual(faults.length === 0 ? dto : undefined);
      }),
      runs,
    );
    // Both were met often enough to mean something.
    expect(Math.min(faultless, faulty)).toBeGreaterThan(runs.numRuns / 50);
  });
});
