import fc from 'fast-check';
import { jsonPointer } from './json-pointer.js';

describe('a JSON Pointer as a URI fragment', () => {
  it('is that of RFC 6901, section 6, for its own examples', () => {
    expect(jsonPointer([])).toBe('#');
    expect(jsonPointer(['foo'])).toBe('#/foo');
    expect(jsonPointer(['foo', 0])).toBe('#/foo/0');
    expect(jsonPointer([''])).toBe('#/');
    expect(jsonPointer(['a/b'])).toBe('#/a~1b');
    expect(jsonPointer(['c%d'])).toBe('#/c%25d');
    expect(jsonPointer(['e^f'])).toBe('#/e%5Ef');
    expect(jsonPointer(['g|h'])).toBe('#/g%7Ch');
    expect(jsonPointer(['i\\j'])).toBe('#/i%5Cj');
    expect(jsonPointer(['k"l'])).toBe('#/k%22l');
    expect(jsonPointer([' '])).toBe('#/%20');
    expect(jsonPointer(['m~n'])).toBe('#/m~0n');
  });

  it.each([
    ['~1', '#/~01'],
    ['#', '#/%23'],
    ['$ref', '#/$ref'],
    ["!$&'()*+,;=:@?-._~", "#/!$&'()*+,;=:@?-._~0"],
    ['[x]', '#/%5Bx%5D'],
    ['ü', '#/%C3%BC'],
    ['😀', '#/%F0%9F%98%80'],
    ['\ud800', '#/%EF%BF%BD'],
    ['\udc00x', '#/%EF%BF%BDx'],
    ['\n', '#/%0A'],
  ])('spells the member %p as %s', (member, expected) => {
    expect(jsonPointer([member])).toBe(expected);
  });

  it('leads back to the path, whatever its members are', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.nat())), (path) => {
        const fragment = jsonPointer(path);
        // RFC 3986, section 3.5: pchar, "/" and "?".
        expect(fragment).toMatch(/^#(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-F]{2})*$/);
        const tokens = decodeURIComponent(fragment.slice(1)).split('/').slice(1);
        const members = tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
        expect(members).toEqual(path.map((member) => String(member)));
      }),
    );
  });

  it('never throws, lone surrogates included', () => {
    const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
    fc.assert(fc.property(fc.array(codeUnits), (path) => jsonPointer(path).startsWith('#')));
  });

  it('does not join surrogates of two members into one character', () => {
    expect(jsonPointer(['\ud83d', '\ude00'])).toBe('#/%EF%BF%BD/%EF%BF%BD');
  });
});
