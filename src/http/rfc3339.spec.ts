import fc from 'fast-check';
import { parseRfc3339, rfc3339Fault } from './rfc3339.js';

const utc = (text: string): number => new Date(text).getTime();
const twoDigits = (n: number): string => String(n).padStart(2, '0');
const moments = fc.date({
  min: new Date('0000-01-02T00:00:00Z'),
  max: new Date('9999-12-30T23:59:59.999Z'),
  noInvalidDate: true,
});

describe('a time of RFC 3339', () => {
  it('is what Date makes of it, from the year 0000 to 9999 and in any offset', () => {
    const offsets = fc.integer({ min: -(23 * 60 + 59), max: 23 * 60 + 59 });
    fc.assert(
      fc.property(moments, offsets, fc.constantFrom('T', 't'), (moment, offset, separator) => {
        const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, -1).replace('T', separator);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map(twoDigits);
        const text = `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
        expect(parseRfc3339(text)).toBe(moment.getTime());
        expect(parseRfc3339(text.replace('+', ' '))).toBe(moment.getTime());
      }),
    );
  });

  it.each([
    ['2026-11-24T10:00:00Z', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24t10:00:00z', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24T10:00:00.5Z', '2026-11-24T10:00:00.500Z'],
    ['2026-11-24T10:00:00-00:00', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24T00:00:00+01:00', '2026-11-23T23:00:00.000Z'],
    ['2026-11-24T00:00:00 01:00', '2026-11-23T23:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['0000-02-29T00:00:00Z', '0000-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['9999-12-31T23:59:59.9999Z', '+010000-01-01T00:00:00.000Z'],
    ['0000-01-01T00:00:00+23:59', '-000001-12-31T00:01:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseRfc3339(text)).toBe(utc(expected));
  });

  it.each([
    ['2026-11-24T10:00:00.123000Z', '2026-11-24T10:00:00.123Z'],
    ['2026-11-24T10:00:00.1230000001Z', '2026-11-24T10:00:00.124Z'],
    ['2026-11-24T10:00:00.9999Z', '2026-11-24T10:00:01.000Z'],
    ['1969-12-31T23:59:59.9991Z', '1970-01-01T00:00:00.000Z'],
    [`2026-11-24T10:00:00.${'0'.repeat(5_000)}1Z`, '2026-11-24T10:00:00.001Z'],
  ])('has its fraction rounded up to a millisecond: %s', (text, expected) => {
    expect(parseRfc3339(text)).toBe(utc(expected));
  });

  it.each([
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2015-06-30T23:59:60.5Z', '2015-07-01T00:00:00.500Z'],
    ['1990-12-31T15:59:60-08:00', '1991-01-01T00:00:00.000Z'],
    ['2017-01-01T00:59:60+01:00', '2017-01-01T00:00:00.000Z'],
  ])('can be a leap second, which is the second after it: %s', (text, expected) => {
    expect(parseRfc3339(text)).toBe(utc(expected));
  });

  it.each([
    ...['2016-12-31T23:58:60Z', '2016-12-31T22:59:60Z', '2016-12-30T23:59:60Z', '2016-12-31T23:59:60+01:00'],
    ...['2016-12-31T23:59:61Z', '2016-12-31T00:00:60Z', '2017-01-01T12:00:60Z'],
  ])('cannot have a leap second anywhere else: %s', (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
  });

  it.each([
    ...['', '2026', '2026-11-24', '2026-11-24T10:00:00', '2026-11-24T10:00Z', '10:00:00Z', '1795514400000', 'now'],
    ...['2026-11-24 10:00:00Z', '2026-11-24T10:00:00Z ', ' 2026-11-24T10:00:00Z', '2026-11-24T10:00:00Z\n'],
    ...['2026-11-24T10:00:00+0100', '2026-11-24T10:00:00+01', '2026-11-24T10:00:00+1:00', '2026-11-24T10:00:00  01:00'],
    ...['2026-11-24T10:00:00+24:00', '2026-11-24T10:00:00+01:60', '2026-11-24T10:00:00CET', '2026-11-24T10:00:00,5Z'],
    ...[
      '2026-11-24T10:00:00.Z',
      '2026-11-24T24:00:00Z',
      '2026-11-24T10:60:00Z',
      '20261124T100000Z',
      '2026-W48-2T10:00:00Z',
    ],
    ...['2026-00-10T00:00:00Z', '2026-13-10T00:00:00Z', '2026-01-00T00:00:00Z', '2026-01-32T00:00:00Z'],
    ...['2026-02-29T00:00:00Z', '2026-02-30T00:00:00Z', '1900-02-29T00:00:00Z', '2100-02-29T00:00:00Z'],
    ...['2026-04-31T00:00:00Z', '2026-1-1T00:00:00Z', '+002026-11-24T10:00:00Z', '-0001-01-01T00:00:00Z'],
    ...[
      '2026-11-24T10:00:00\u221201:00',
      '２０２６-11-24T10:00:00Z',
      '2026-11-24T10:00:00ZZ',
      '2026-11-24T10:00:00+01:00Z',
    ],
  ])('cannot be %p', (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
  });

  it('selects the same milliseconds as the exact time would, both as an inclusive and as an exclusive bound', () => {
    const base = utc('2026-11-24T10:00:00Z');
    fc.assert(
      fc.property(fc.nat(1_999_999), fc.nat(2_000), (micros, order) => {
        const text = new Date(base + Math.floor(micros / 1_000)).toISOString();
        const bound = parseRfc3339(text.replace('Z', `${String(micros % 1_000).padStart(3, '0')}Z`));
        expect(bound).toBeDefined();
        expect(base + order >= (bound ?? 0)).toBe(order * 1_000 >= micros);
      }),
    );
  });
});

describe('the rule of a member that is a time', () => {
  it.each(['2026-11-24T10:00:00Z', '2026-11-24T11:00:00.5+01:00'])('takes %s', (text) => {
    expect(rfc3339Fault(text)).toBeUndefined();
  });

  it.each(['', '2026-11-24', '2026-11-24T10:00:00', 1_795_514_400_000, null, undefined, new Date()])(
    'does not take %p',
    (value) => {
      expect(rfc3339Fault(value)).toMatch(/^must be a time of RFC 3339 with its offset/);
    },
  );
});
