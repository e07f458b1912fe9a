import fc from 'fast-check';
import { v4, v7 } from 'uuid';
import { isId, newId, smallestIdAt, timeOf } from './uuid-v7.js';

const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('a new id', () => {
  it('is a canonical UUIDv7 of now', () => {
    const before = Date.now();
    const id = newId();
    expect(isId(id)).toBe(true);
    expect(timeOf(id).getTime()).toBeGreaterThanOrEqual(before);
    // The counter may borrow from the future when the process is very busy, by a millisecond at a time.
    expect(timeOf(id).getTime()).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('is greater than every earlier one of the process', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('a new id after the clock stepped back', () => {
  const realNow = Date.now;
  afterEach(() => {
    Date.now = realNow;
  });

  it('is still greater than every earlier one', () => {
    const before = newId();
    Date.now = () => realNow() - 3_600_000;
    expect([newId(), newId()].every((id) => id > before)).toBe(true);
  });
});

describe('the time of an id', () => {
  it('is the millisecond it was made in, up to the last of 48 bits', () => {
    fc.assert(fc.property(times, (msecs) => timeOf(v7({ msecs })).getTime() === msecs));
  });
});

describe('the smallest id of a millisecond', () => {
  it('divides earlier ids from those of that millisecond and later', () => {
    fc.assert(
      fc.property(times, times, (ms, msecs) => {
        const id = v7({ msecs });
        expect(smallestIdAt(ms) <= id).toBe(ms <= msecs);
      }),
    );
  });

  it('is below an id with nothing but its time', () => {
    const id = v7({ msecs: 1_795_514_400_000, seq: 0, random: new Uint8Array(16) });
    expect(smallestIdAt(1_795_514_400_000) <= id).toBe(true);
    expect(smallestIdAt(1_795_514_400_001) > id).toBe(true);
  });

  it.each([
    [-1, '00000000-0000-0000-0000-000000000000'],
    [-62_167_219_200_000, '00000000-0000-0000-0000-000000000000'],
    [0, '00000000-0000-0000-0000-000000000000'],
    [0x019e1b2c7d3a, '019e1b2c-7d3a-0000-0000-000000000000'],
    [2 ** 48 - 1, 'ffffffff-ffff-0000-0000-000000000000'],
    [2 ** 48, 'ffffffff-ffff-0000-0000-000000000000'],
  ])('of %p ms is %s', (ms, expected) => {
    expect(smallestIdAt(ms)).toBe(expected);
  });
});

describe('an id', () => {
  it('can be any lower-case UUIDv7', () => {
    fc.assert(fc.property(times, (msecs) => isId(v7({ msecs }))));
  });

  it.each([
    ...['', '42', 'constructor', '019e1b2c7d3a7c419f005b1e0c0ffee0', '{019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0}'],
    ...['019E1B2C-7D3A-7C41-9F00-5B1E0C0FFEE0', 'urn:uuid:019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0'],
    ...['019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0\n', ' 019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0'],
    ...['019e1b2c-7d3a-4c41-9f00-5b1e0c0ffee0', '019e1b2c-7d3a-7c41-cf00-5b1e0c0ffee0', v4(), smallestIdAt(0)],
    ...[
      '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee',
      '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee00',
      '019e1b2c-7d3a-7c41-9f005b1e0c0ffee0-',
    ],
  ])('cannot be %p', (text) => {
    expect(isId(text)).toBe(false);
  });
});
