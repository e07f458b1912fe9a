import fc from 'fast-check';
import { parseIdempotencyKey } from './idempotency-key.js';

const visible = Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => String.fromCharCode(0x21 + index));
const keys = fc.string({ unit: fc.constantFrom(...visible), minLength: 1, maxLength: 255 });
const quote = (key: string): string => `"${key.replace(/["\\]/g, '\\$&')}"`;

describe('an idempotency key', () => {
  it('is the same key bare and quoted', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(parseIdempotencyKey(quote(key))).toBe(key);
        if (!key.startsWith('"')) expect(parseIdempotencyKey(key)).toBe(key);
      }),
    );
  });

  it.each([
    ['abc', 'abc'],
    ['"abc"', 'abc'],
    ['a"b', 'a"b'],
    ['abc"', 'abc"'],
    ['a\\b', 'a\\b'],
    ['"a\\"b"', 'a"b'],
    ['"a\\\\b"', 'a\\b'],
    ['"\\""', '"'],
    ["'abc'", "'abc'"],
    ['a,b;c=d', 'a,b;c=d'],
    ['x'.repeat(255), 'x'.repeat(255)],
    [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
    [`"${'\\"'.repeat(255)}"`, '"'.repeat(255)],
  ])('%p is the key %p', (header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it.each([
    ...['', '""', '"', '"""', '"abc', '"abc"d', '"a"b"', '"abc\\"', '"a\\bc"', '"\\"', '"abc";p=1', '"abc" '],
    ...[' ', 'a b', '"a b"', ' abc', 'abc ', 'a\tb', 'a\n', '"a\n"', '\u007f', 'é', '"é"', '😀', '"a", "b"', '"a","b"'],
    ...['x'.repeat(256), `"${'x'.repeat(256)}"`, `"${'\\"'.repeat(256)}"`],
  ])('cannot be %p', (header) => {
    expect(parseIdempotencyKey(header)).toBeUndefined();
  });
});
