import mongoose from 'mongoose';
import type { Types } from 'mongoose';

/** Decimal128 keeps 34 significant digits and the trailing zeros, so that a price comes back as it was sent. */
export function toDecimal128(text: string): Types.Decimal128 {
  return mongoose.Types.Decimal128.fromString(text);
}

/** Never in scientific notation for the numbers stored here: at most 24 digits, at least 10^-6. */
export function fromDecimal128(value: Types.Decimal128): string {
  return value.toString();
}
