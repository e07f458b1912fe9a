import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { fingerprint } from './fingerprint.js';
import type { FingerprintedRequest } from './fingerprint.js';

const of = (body: unknown, rest: Partial<FingerprintedRequest> = {}): string =>
  fingerprint({ method: 'POST', path: '/orders', ifMatch: null, body, ...rest });
const ofText = (text: string): string => of(JSON.parse(text) as unknown);

/** The same JSON value in another text: members in another order, blanks between all tokens. */
function respelt(value: unknown): string {
  if (Array.isArray(value)) return ` [ ${value.map(respelt).join(' ,\n')} ] `;
  if (typeof value !== 'object' || value === null) return `\t${JSON.stringify(value)}\r\n`;
  const members = Object.entries(value).reverse();
  return ` { ${members.map(([name, member]) => `${JSON.stringify(name)} : ${respelt(member)}`).join(' , ')} } `;
}

/** Through JSON once, since `jsonValue` makes -0 and JSON.stringify prints it as 0. */
const jsonValues = fc
  .jsonValue({ maxDepth: 5, noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const sameJson = (left: unknown, right: unknown): boolean => respeltSorted(left) === respeltSorted(right);
function respeltSorted(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))
      : member,
  );
}

describe('the fingerprint of a request', () => {
  it('does not depend on the order of members or on white space', () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        expect(ofText(respelt(value))).toBe(of(value));
      }),
      { numRuns: 500 },
    );
  });

  it('differs for different values', () => {
    fc.assert(
      fc.property(jsonValues, jsonValues, (left, right) => {
        fc.pre(!sameJson(left, right));
        expect(of(left)).not.toBe(of(right));
      }),
      { numRuns: 500 },
    );
  });

  it('differs when any one scalar or name deep inside has changed', () => {
    const scalars = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null));
    const paths = fc.array(fc.oneof(fc.string(), fc.nat(3)), { maxLength: 8 });
    const wrap = (path: readonly (string | number)[], leaf: unknown): unknown =>
      path.reduceRight<unknown>(
        (inner, step) => (typeof step === 'number' ? [...Array<number>(step).fill(0), inner] : { [`${step}!`]: inner }),
        leaf,
      );
    fc.assert(
      fc.property(paths, scalars, scalars, (path, before, after) => {
        expect(of(wrap(path, before)) === of(wrap(path, after))).toBe(before === after);
      }),
    );
  });

  it.each([
    ['an array and its only element', [1], 1],
    ['nested and flat arrays', [[1], 2], [1, [2]]],
    ['element order', [1, 2], [2, 1]],
    ['a string and the number it spells', '1', 1],
    ['a string and the literal it spells', 'null', null],
    ['an empty array and an empty object', [], {}],
    ['an array and an object with its indexes', ['a'], { 0: 'a' }],
    ['absent and null members', {}, { a: null }],
    ['false and null', false, null],
    ['no body and null', undefined, null],
    ['no body and an empty object', undefined, {}],
    ['a text that looks like two members', { a: '1","b":"2' }, { a: '1', b: '2' }],
    ['names that differ in case', { a: 1 }, { A: 1 }],
    ['composed and decomposed letters', 'é', 'e\u0301'],
    ['two lone surrogates', '\ud800', '\ud801'],
    ['a lone surrogate and the replacement character', '\ud800', '\ufffd'],
    ['lone surrogates in names', { '\ud800': 1 }, { '\ufffd': 1 }],
    ['an overflowing number and null', JSON.parse('1e999') as unknown, null],
    ['members with names of Object.prototype', { constructor: 1 }, {}],
    ['their values', { toString: 1, hasOwnProperty: 2 }, { toString: 2, hasOwnProperty: 1 }],
    ['a member named length', { length: 1 }, { length: 2 }],
    ['a __proto__ member', JSON.parse('{"__proto__":{"a":1}}') as unknown, {}],
  ])('keeps apart %s', (_, left, right) => {
    expect(of(left)).not.toBe(of(right));
  });

  it.each([
    ['1.0', '1'],
    ['1e2', '100'],
    ['-0', '0'],
    ['"\\u0061\\/"', '"a/"'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"10":1,"9":2,"a":3}', '{"a":3,"9":2,"10":1}'],
    ['{"\\ud83d\\ude00":1,"\\uffff":2}', '{"\\uffff":2,"\\ud83d\\ude00":1}'],
  ])('is one for %s and %s', (left, right) => {
    expect(ofText(left)).toBe(ofText(right));
  });

  it('covers method, path and version, and keeps them apart', () => {
    const all = [
      of({}),
      of({}, { method: 'PATCH' }),
      of({}, { path: '/orders/1' }),
      of({}, { ifMatch: 1 }),
      of({}, { ifMatch: 11 }),
      of({}, { method: 'POST/orders', path: '' }),
      of({}, { method: '', path: 'POST/orders' }),
      of(1, { ifMatch: 1 }),
      of({}, { path: '/orders",null]{}' }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  // Fingerprints are stored: another canonical form would refuse every retry that a deployment comes between.
  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [[], '[]'],
    [{}, '{}'],
    [[1, 'a', true, [], {}], '[1,"a",true,[],{}]'],
    [[undefined, [[null]]], '[undefined,[[null]]]'],
    [{ b: 1, a: [{ d: null, c: 'x' }], C: {} }, '{"C":{},"a":[{"c":"x","d":null}],"b":1}'],
  ])('of the body %j is the hash of the head and of %s', (body, canonical) => {
    const hash = createHash('sha256').update(`["PATCH","/orders/1",3]${canonical}`).digest('base64url');
    expect(of(body, { method: 'PATCH', path: '/orders/1', ifMatch: 3 })).toBe(hash);
  });

  it('is 43 characters of base64url', () => {
    expect(of({})).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('the fingerprint of a hostile body', () => {
  const depth = 60_000;

  it('survives deep arrays and tells their depths apart', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(ofText(nested(depth))).not.toBe(ofText(nested(depth - 1)));
  });

  it('survives deep objects and sees the innermost value', () => {
    const nested = (leaf: string): string => '{"a":'.repeat(depth) + leaf + '}'.repeat(depth);
    expect(ofText(nested('1'))).toBe(ofText(` ${nested('1')}`));
    expect(ofText(nested('1'))).not.toBe(ofText(nested('2')));
  });

  it.each([
    ['a flat array', `[${'0,'.repeat(131_000)}0]`],
    ['many empty objects', `[${'{},'.repeat(87_000)}{}]`],
    ['many members', `{${Array.from({ length: 26_000 }, (_, n) => `"${n.toString(36)}":0`).join(',')}}`],
    ['deep nesting', '[{"":'.repeat(40_000) + '0' + '}]'.repeat(40_000)],
    ['one long string', `"${'\\u0001'.repeat(43_000)}"`],
    ['long names in common', `{${Array.from({ length: 500 }, (_, n) => `"${'x'.repeat(500)}${n}":0`).join(',')}}`],
  ])('takes a moment for %s', (_, text) => {
    const body = JSON.parse(text) as unknown;
    const start = performance.now();
    of(body);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
