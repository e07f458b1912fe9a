import { createHash } from 'node:crypto';
import { minorUnitOf } from './currencies.js';

const notApplicable = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ');
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const everyCode = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
const codesWith = (digits: number): readonly string[] => everyCode.filter((code) => minorUnitOf(code) === digits);

describe('minor units are those of ISO 4217 list one, published 2026-09-17', () => {
  it('0 digits: exactly these 17', () => {
    expect(codesWith(0).join(' ')).toBe('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF');
  });

  it('3 digits: exactly these 7', () => {
    expect(codesWith(3).join(' ')).toBe('BHD IQD JOD KWD LYD OMR TND');
  });

  it('4 digits: exactly these 2', () => {
    expect(codesWith(4).join(' ')).toBe('CLF UYW');
  });

  it('2 digits: the other 139', () => {
    expect(codesWith(2)).toHaveLength(139);
  });

  it('has exactly the codes of that list', () => {
    // SHA-256 over the JSON array of the list's 178 sorted codes, as computed by others from ISO's own file.
    const codes = [...everyCode.filter((code) => minorUnitOf(code) !== undefined), ...notApplicable].sort();
    const digest = createHash('sha256').update(JSON.stringify(codes)).digest('hex');
    expect(digest).toBe('27f824317e9f271b956123fb77608daece5106e1ee8253a17769390855ade270');
  });

  it.each(notApplicable)('%s has none', (code) => {
    expect(minorUnitOf(code)).toBeUndefined();
  });

  it.each(['XCG', 'XAD', 'ZWG', 'SLE', 'VED', 'VES', 'MRU', 'STN', 'BYN', 'CHE', 'BOV', 'USN'])(
    '%s is current',
    (code) => {
      expect(minorUnitOf(code)).toBe(2);
    },
  );

  it.each(['HRK', 'ANG', 'BGN', 'ZWL', 'CUC', 'SLL', 'VEF', 'LTL', 'MRO', 'STD', 'BYR', 'DEM'])(
    '%s is withdrawn',
    (code) => {
      expect(minorUnitOf(code)).toBeUndefined();
    },
  );

  it.each(['', 'usd', 'Usd', 'US', 'USDX', ' USD', 'USD\n', '840', 'constructor', '__proto__', 'BTC'])(
    '%p is no currency',
    (text) => {
      expect(minorUnitOf(text)).toBeUndefined();
    },
  );
});
