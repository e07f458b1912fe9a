import fc from 'fast-check';
import { formatEntityTag, ifNoneMatchHas, parseIfMatch } from './entity-tag.js';

const versions = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

describe('If-Match', () => {
  it('takes a version bare and as the entity tag that was sent', () => {
    fc.assert(
      fc.property(versions, (version) => {
        expect(parseIfMatch(String(version))).toBe(version);
        expect(parseIfMatch(formatEntityTag(version))).toBe(version);
      }),
    );
  });

  it('goes up to 2^53 - 1', () => {
    expect(parseIfMatch('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseIfMatch('"9007199254740991"')).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([
    ...['', '*', '"*"', '""', '"', '0', '"0"', '01', '"01"', '-1', '+1', '"-1"', '1.0', '1e3', '0x1', 'abc', 'null'],
    ...['W/"3"', 'w/"3"', '"3', '3"', "'3'", '"3" ', ' 3', '3 ', '" 3"', '"3 "', '3\n', '1 2', '""3""'],
    ...['"3","4"', '"3", "4"', '3,3', '3,', ',3', '9007199254740992', '9007199254740993', '9999999999999999'],
    ...['10000000000000000', '99999999999999999999', '１', '٣', '1_000'],
  ])('refuses %p', (header) => {
    expect(parseIfMatch(header)).toBeUndefined();
  });
});

describe('If-None-Match', () => {
  it.each([
    ...['*', '"3"', 'W/"3"', '"1","3"', '"1", "3"', '"3", "1"', '"1" ,\t W/"3"', '"3",', ',"3"', ', ,"3", ,'],
    ...['"a,b", "3"', '"", "3"', '"\xe9", "3"', '"W/", "3"', '"\\", "3"'],
  ])('%p has "3"', (header) => {
    expect(ifNoneMatchHas(header, '"3"')).toBe(true);
  });

  it.each([
    ...['', ' ', ',', '"1"', '"33"', '"1", "2"', '"1,3"', '"1,"', '3', '"3', '3"', "'3'", 'w/"3"', 'W/3', 'W/ "3"'],
    ...['"3" "1"', '"1" "3"', '"3"x', 'x"3"', '"3";q=1', '*, "3"', '"3", *', '"3", 4', '" 3"', '"3 "', '"3"\n'],
  ])('%p has not "3"', (header) => {
    expect(ifNoneMatchHas(header, '"3"')).toBe(false);
  });

  it('finds a version in any list that has it', () => {
    fc.assert(
      fc.property(fc.array(versions), versions, fc.boolean(), (others, version, present) => {
        const list = present ? [...others, version] : others;
        const header = list.map(formatEntityTag).join(', ');
        expect(ifNoneMatchHas(header, formatEntityTag(version))).toBe(list.includes(version));
      }),
    );
  });

  it('compares weakly from either side', () => {
    expect(ifNoneMatchHas('"3"', 'W/"3"')).toBe(true);
    expect(ifNoneMatchHas('W/"3"', 'W/"3"')).toBe(true);
    expect(ifNoneMatchHas('"a-W/b"', '"a-W/b"')).toBe(true);
  });

  it.each([
    ' '.repeat(500_000) + 'x',
    ','.repeat(500_000) + 'x',
    '"' + 'a'.repeat(500_000),
    ' ,'.repeat(250_000) + 'x',
  ])('takes time in proportion to the header’s length', (header) => {
    const start = performance.now();
    expect(ifNoneMatchHas(header, '"3"')).toBe(false);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
