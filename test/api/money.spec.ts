import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { aLine, anOrder } from '../support/builders.js';
import type { LineBody } from '../support/builders.js';

let running: RunningApp;
let api: Api;
beforeAll(async () => {
  running = await startApp();
  api = new Api(running);
});
afterAll(async () => {
  api.close();
  await running.close();
});

async function created(currency: string, ...lines: readonly Partial<LineBody>[]): Promise<OrderOut> {
  const answer = await api.create({ currency, items: lines.map(aLine) });
  expect(answer.status).toBe(201);
  // What was stored is what was answered.
  expect((await api.get(`/orders/${answer.body.id}`)).text).toBe(answer.text);
  return answer.body;
}

/** The same sum in whole millionths, by another arithmetic than the service's. */
function lineAmountByBigInt({ quantity, unitPrice }: LineBody, minorUnit: number): bigint {
  const [whole, fraction = ''] = unitPrice.split('.');
  const millionths = BigInt(whole! + fraction.padEnd(6, '0')) * BigInt(quantity);
  const unit = 10n ** BigInt(6 - minorUnit);
  return (millionths * 2n + unit) / (2n * unit);
}

function print(minorUnits: bigint, minorUnit: number): string {
  const digits = minorUnits.toString().padStart(minorUnit + 1, '0');
  return minorUnit === 0 ? digits : `${digits.slice(0, -minorUnit)}.${digits.slice(-minorUnit)}`;
}

describe('an amount', () => {
  it.each([
    ['USD', '39.98', '19.99'],
    ['EUR', '2.00', '1'],
    ['JPY', '40', '19.99'],
    ['KRW', '2', '1'],
    ['KWD', '1.250', '0.625'],
    ['BHD', '39.980', '19.99'],
    ['IQD', '39.980', '19.99'],
    ['CLF', '39.9800', '19.99'],
    ['UYW', '2.0000', '1'],
    ['CLP', '40', '19.99'],
    ['ISK', '40', '19.99'],
    ['HUF', '39.98', '19.99'],
    ['MGA', '39.98', '19.99'],
  ])('has the digits of ISO 4217 in %s: %s', async (currency, amount, unitPrice) => {
    const order = await created(currency, { quantity: 2, unitPrice });
    expect([order.amount, order.items[0]?.amount]).toEqual([amount, amount]);
  });

  it.each([
    ['USD', 1, '0.005', '0.01'],
    ['USD', 1, '0.004999', '0.00'],
    ['USD', 1, '1.005', '1.01'],
    ['USD', 3, '0.333333', '1.00'],
    ['USD', 1, '2.675', '2.68'],
    ['JPY', 1, '0.5', '1'],
    ['JPY', 1, '0.499999', '0'],
    ['JPY', 1, '2.5', '3'],
    ['KWD', 1, '0.0005', '0.001'],
    ['CLF', 1, '0.00005', '0.0001'],
    ['USD', 1_000_000, '0.000001', '1.00'],
    ['USD', 1, '0', '0.00'],
    ['USD', 1_000_000, '0.000000', '0.00'],
  ])('is rounded half-up in %s: %d × %s = %s', async (currency, quantity, unitPrice, amount) => {
    expect((await created(currency, { quantity, unitPrice })).items[0]?.amount).toBe(amount);
  });

  it('of an order is the sum of lines that were rounded before', async () => {
    const order = await created('USD', ...Array.from({ length: 3 }, () => ({ quantity: 1, unitPrice: '0.005' })));
    expect(order.amount).toBe('0.03');
    expect(
      (await created('USD', ...Array.from({ length: 3 }, () => ({ quantity: 1, unitPrice: '0.004' })))).amount,
    ).toBe('0.00');
  });

  it('does not suffer from binary fractions', async () => {
    expect((await created('USD', { quantity: 1, unitPrice: '0.1' }, { quantity: 1, unitPrice: '0.2' })).amount).toBe(
      '0.30',
    );
  });

  it.each([
    ['JPY', 0],
    ['USD', 2],
    ['KWD', 3],
    ['CLF', 4],
  ] as const)('of the largest order is exact to the digit in %s', async (currency, minorUnit) => {
    const lines = Array.from({ length: 100 }, (_, n) =>
      aLine({ quantity: 1_000_000 - n, unitPrice: '999999999.999999' }),
    );
    const order = await created(currency, ...lines);
    const amounts = lines.map((line) => lineAmountByBigInt(line, minorUnit));
    expect(order.items.map(({ amount }) => amount)).toEqual(amounts.map((amount) => print(amount, minorUnit)));
    expect(order.amount).toBe(
      print(
        amounts.reduce((sum, amount) => sum + amount),
        minorUnit,
      ),
    );
  });

  it('of 100 times the most expensive line is 99999999999999900.0000 CLF', async () => {
    const order = await created(
      'CLF',
      ...Array.from({ length: 100 }, () => ({ quantity: 1_000_000, unitPrice: '999999999.999999' })),
    );
    expect(order.amount).toBe('99999999999999900.0000');
  });
});

describe('unitPrice', () => {
  it.each([
    '0',
    '0.0',
    '0.000000',
    '0.000001',
    '1',
    '1.0',
    '1.10',
    '19.990000',
    '100',
    '1000000',
    '999999999',
    '999999999.999999',
    '0.100000',
  ])('comes back as it was sent: %s', async (unitPrice) => {
    expect((await created('USD', { unitPrice })).items[0]?.unitPrice).toBe(unitPrice);
  });

  it.each([
    ...[
      '',
      ' ',
      '1.',
      '.5',
      '01',
      '00',
      '00.5',
      '-1',
      '+1',
      '-0',
      '1e3',
      '1E3',
      '1,5',
      '1_000',
      '0x10',
      ' 1',
      '1 ',
      '1\n',
    ],
    ...[
      '1.0000000',
      '0.0000001',
      '1000000000',
      '999999999.9999999',
      'NaN',
      'Infinity',
      '１',
      '1.5.5',
      '19.99 USD',
      '٣',
    ],
  ])('%j is 422', async (unitPrice) => {
    const { status, body } = await api.create({ items: [aLine({ unitPrice })] });
    expect(status).toBe(422);
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['#/items/0/unitPrice']);
  });

  it.each([19.99, 0, 1, -1, true, null, ['1'], { value: '1' }])(
    '%j is 422, since it is no string',
    async (unitPrice) => {
      const { status, body } = await api.send('POST', '/orders', {
        json: { ...anOrder(), items: [{ ...aLine(), unitPrice }] },
      });
      expect(status).toBe(422);
      expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['#/items/0/unitPrice']);
    },
  );
});

describe('currency', () => {
  it.each([
    'XAU',
    'XAG',
    'XPT',
    'XPD',
    'XXX',
    'XTS',
    'XDR',
    'XSU',
    'XUA',
    'XBA',
    'XBB',
    'XBC',
    'XBD',
    'AAA',
    'ZZZ',
    'DEM',
    'HRK',
    'BTC',
  ])('%s is 422: unknown, or without a minor unit', async (currency) => {
    const { status, body } = await api.create({ currency });
    expect(status).toBe(422);
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['#/currency']);
  });
});

describe('an amount that a client sends', () => {
  it('is 422, on the order and on a line', async () => {
    const json = { ...anOrder(), amount: '39.98', items: [{ ...aLine(), amount: '39.98' }] };
    const { status, body } = await api.send('POST', '/orders', { json });
    expect(status).toBe(422);
    expect(body.errors?.map(({ pointer }) => pointer).sort()).toEqual(['#/amount', '#/items/0/amount']);
  });
});
