import fc from 'fast-check';
import { formatAmount, isUnitPrice, lineAmount, sum } from './money.js';

const priceScale = 6;

/** An oracle that shares nothing with decimal.js: integers of 10^-6, rounded half-up by hand. */
function minorUnits(quantity: number, unitPrice: string, minorUnit: number): bigint {
  const [whole = '', fraction = ''] = unitPrice.split('.');
  const micros = BigInt(whole + fraction.padEnd(priceScale, '0')) * BigInt(quantity);
  const unit = 10n ** BigInt(priceScale - minorUnit);
  return (2n * micros + unit) / (2n * unit);
}

function print(amount: bigint, minorUnit: number): string {
  const digits = amount.toString().padStart(minorUnit + 1, '0');
  const point = digits.length - minorUnit;
  return minorUnit === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

const unitPrices = fc
  .tuple(
    fc.oneof(fc.constantFrom(0, 1, 999_999_999), fc.nat(999_999_999)),
    fc.option(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 6 }), { nil: undefined }),
  )
  .map(([whole, fraction]) => (fraction === undefined ? `${whole}` : `${whole}.${fraction}`));
const lines = fc.record({ quantity: fc.integer({ min: 1, max: 1_000_000 }), unitPrice: unitPrices });

describe('a unit price', () => {
  it.each(['0', '0.0', '0.000001', '1', '19.99', '999999999', '999999999.999999', '100.10'])('can be %p', (text) => {
    expect(isUnitPrice(text)).toBe(true);
  });

  it.each([
    ...['', ' 1', '1 ', '1\n', '\n1', '1\n2', '+1', '-1', '-0', '00', '01', '01.5', '1.', '.5', '1.1234567'],
    ...['1000000000', '1e3', '1E3', '0x10', '1,5', '1_000', 'NaN', 'Infinity', '１', '1.2.3', '\u00a01'],
  ])('cannot be %p', (text) => {
    expect(isUnitPrice(text)).toBe(false);
  });

  it('is whatever the generator of the properties below makes', () => {
    fc.assert(fc.property(unitPrices, (text) => isUnitPrice(text)));
  });
});

describe('the amount of a line', () => {
  it.each([
    [2, '19.99', 2, '39.98'],
    [1, '40', 0, '40'],
    [1, '1.25', 3, '1.250'],
    [1, '0.005', 2, '0.01'],
    [1, '0.004999', 2, '0.00'],
    [1, '1.005', 2, '1.01'],
    [1, '0.5', 0, '1'],
    [3, '0.5', 0, '2'],
    [1, '2.5', 0, '3'],
    [1, '0.000001', 4, '0.0000'],
    [1_000_000, '0.000001', 2, '1.00'],
    [1_000_000, '999999999.999999', 4, '999999999999999.0000'],
  ])('%p × %p to %p digits, half-up, is %p', (quantity, unitPrice, minorUnit, expected) => {
    expect(formatAmount(lineAmount(quantity, unitPrice, minorUnit), minorUnit)).toBe(expected);
  });
});

describe('the amount of an order', () => {
  it('is exact for any lines and minor unit', () => {
    fc.assert(
      fc.property(
        fc.array(lines, { minLength: 1, maxLength: 100 }),
        fc.integer({ min: 0, max: 4 }),
        (items, digits) => {
          const amounts = items.map((item) => lineAmount(item.quantity, item.unitPrice, digits));
          const expected = items.map((item) => minorUnits(item.quantity, item.unitPrice, digits));
          expect(amounts.map((amount) => formatAmount(amount, digits))).toEqual(expected.map((n) => print(n, digits)));
          const total = expected.reduce((left, right) => left + right, 0n);
          expect(formatAmount(sum(amounts), digits)).toBe(print(total, digits));
        },
      ),
    );
  });

  it.each([
    [0, '99999999999999900'],
    [2, '99999999999999900.00'],
    [4, '99999999999999900.0000'],
  ])('is exact at its largest, to %p digits', (digits, expected) => {
    const amounts = Array.from({ length: 100 }, () => lineAmount(1_000_000, '999999999.999999', digits));
    expect(formatAmount(sum(amounts), digits)).toBe(expected);
  });

  it('needs more than the 20 digits that decimal.js keeps by default, for a line and for the sum', () => {
    // The exact line ends in .099947; kept to 20 digits it would end in .09995 and then round up.
    const line = lineAmount(900_053, '999999999.999999', 4);
    expect(formatAmount(line, 4)).toBe('900052999999999.0999');
    expect(formatAmount(sum(Array.from({ length: 99 }, () => line)), 4)).toBe('89105246999999910.8901');
  });

  it('sums rounded lines, not exact ones', () => {
    expect(formatAmount(sum([lineAmount(1, '0.005', 2), lineAmount(1, '0.005', 2)]), 2)).toBe('0.02');
  });

  it('is zero when everything is free', () => {
    expect(formatAmount(sum([lineAmount(5, '0', 2)]), 2)).toBe('0.00');
  });
});
