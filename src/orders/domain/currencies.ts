import { data } from 'currency-codes';

/**
 * The digits after the point that ISO 4217 gives a currency.
 * @param code ISO 4217 alphabetic code, three upper-case letters
 * @returns `undefined` for a code that is unknown, withdrawn, or has no minor unit
 */
export function minorUnitOf(code: string): number | undefined {
  return minorUnits.get(code);
}

/**
 * ISO's list says "N.A." for these, the package says 0: an amount in them could not be rounded to anything, and
 * XTS and XXX are no money at all.
 */
const withoutMinorUnit: ReadonlySet<string> = new Set([
  ...['XAG', 'XAU', 'XPD', 'XPT'], // precious metals
  ...['XBA', 'XBB', 'XBC', 'XBD'], // bond market units
  ...['XDR', 'XSU', 'XUA'], // units of account
  ...['XTS', 'XXX'], // testing; no currency
]);

/**
 * The package's data are ISO's list one of 2024-06-25. These amendments bring it to the list of 2026-09-17; its
 * publisher tells them at https://www.six-group.com/dam/download/financial-information/data-center/iso-currrency/amendments/dl-currency-iso-amendment-176.pdf
 * and so on (the three r are theirs).
 */
const withdrawn: ReadonlySet<string> = new Set([
  'ANG', // amendment 176: replaced by XCG on 2025-03-31
  'CUC', // amendment 178: withdrawn 2021-06, struck from the list in 2025-02
  'BGN', // amendment 180: replaced by EUR on 2026-01-01
]);
const added: readonly (readonly [code: string, minorUnit: number])[] = [
  ['XCG', 2], // amendment 176: Caribbean guilder, 2025-03-31
  ['XAD', 2], // amendment 179: Arab accounting dinar, 2025-05-12
];

/** A Map and not an object: "constructor" is no currency. */
const minorUnits: ReadonlyMap<string, number> = new Map([
  ...data
    .filter(({ code }) => !withoutMinorUnit.has(code) && !withdrawn.has(code))
    .map(({ code, digits }) => [code, digits] as const),
  ...added,
]);

/** Every code that has a minor unit, in alphabetical order. */
export const currencyCodes: readonly string[] = [...minorUnits.keys()].sort();
