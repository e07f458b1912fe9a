/** Decimal digits of the minor unit (ISO 4217) of the currencies that the commands use; all others are none here. */
const minorUnits: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3, IQD: 3, CLF: 4 };

export const currencies = Object.keys(minorUnits);

/** Unit prices are whole numbers of this many decimals here, so that every sum is exact. */
const scale = 6;

export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && Object.hasOwn(minorUnits, value);
}

/** "`0` or no leading zero, then at most 6 decimals after a point that has a digit on both sides", to 999999999.999999 */
export function isUnitPrice(value: unknown): value is string {
  return typeof value === 'string' && /^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$/.test(value);
}

/** A line's amount: `quantity × unitPrice` rounded half-up to the minor unit. */
export function lineAmount(quantity: number, unitPrice: string, currency: string): bigint {
  const [whole = '', decimals = ''] = unitPrice.split('.');
  const exact = BigInt(quantity) * BigInt(whole + decimals.padEnd(scale, '0'));
  const step = 10n ** BigInt(scale - digitsOf(currency));
  return (exact + step / 2n) / step;
}

/** In minor units; printed "with exactly the minor unit's digits". */
export function printAmount(amount: bigint, currency: string): string {
  const digits = digitsOf(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function digitsOf(currency: string): number {
  const digits = minorUnits[currency];
  if (digits === undefined) throw new Error(`the model does not know the currency ${currency}`);
  return digits;
}
