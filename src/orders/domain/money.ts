import { Decimal } from 'decimal.js';

/**
 * A constructor of our own: the largest order (100 lines of 1 000 000 × 999999999.999999) needs 24 significant
 * digits, and decimal.js silently rounds to 20 unless told otherwise.
 */
const Money = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

/** `0` to `999999999.999999`; no sign, exponent, blank or leading zero, and a digit on both sides of a point. */
export const unitPricePattern = /^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$/;

export function isUnitPrice(text: string): boolean {
  return unitPricePattern.test(text);
}

/**
 * Rounded half-up to the currency's minor unit; lines are rounded before they are summed.
 * @param unitPrice text that `isUnitPrice` accepts
 * @param minorUnit digits after the point
 */
export function lineAmount(quantity: number, unitPrice: string, minorUnit: number): Decimal {
  return new Money(unitPrice).times(quantity).toDecimalPlaces(minorUnit);
}

export function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Money(0));
}

/** Never in scientific notation, and always with exactly the minor unit's digits. */
export function formatAmount(amount: Decimal, minorUnit: number): string {
  return amount.toFixed(minorUnit);
}
