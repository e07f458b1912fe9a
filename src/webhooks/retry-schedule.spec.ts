import { describe, expect, it } from '@jest/globals';
import { nextTry } from './retry-schedule.js';

const now = new Date('2026-01-01T00:00:00.000Z');
const schedule = [5, 300];

function delayMs(failures: number, random: number, retryAfter?: string): number | undefined {
  const next = nextTry({ failures, now, schedule, random, retryAfter });
  return next && next.getTime() - now.getTime();
}

describe('the next try', () => {
  it.each([
    [1, 0, 4_000],
    [1, 0.5, 5_000],
    [1, 1, 6_000],
    [2, 0, 240_000],
    [2, 0.5, 300_000],
    [2, 1, 360_000],
  ])('after failure %d comes by the schedule, ± 20 %% (%d)', (failures, random, expected) => {
    expect(delayMs(failures, random)).toBe(expected);
  });

  it('does not come after the last of the schedule, whatever the receiver asks for', () => {
    expect(delayMs(3, 0.5)).toBeUndefined();
    expect(delayMs(3, 0.5, '10')).toBeUndefined();
  });

  it.each([
    ['120', 120_000],
    [' 120 ', 120_000],
    ['86400', 86_400_000],
    ['86401', 86_400_000],
    ['999999999999999', 86_400_000],
    ['Thu, 01 Jan 2026 00:10:00 GMT', 600_000],
    ['Thursday, 01-Jan-26 00:10:00 GMT', 600_000],
    ['Fri, 01 Jan 2027 00:00:00 GMT', 86_400_000],
  ])('is put off by Retry-After: %s', (retryAfter, expected) => {
    expect(delayMs(1, 0.5, retryAfter)).toBe(expected);
  });

  it.each([
    '0',
    '3',
    '-1',
    '1e3',
    '0x10',
    '',
    'soon',
    '2027-01-01',
    'Thu, 01 Jan 2026 00:10:00 +0100',
    'Wed, 31 Dec 2025 00:00:00 GMT',
    '9999999999999999',
  ])('is neither hastened nor put off by Retry-After: %j', (retryAfter) => {
    expect(delayMs(1, 0.5, retryAfter)).toBe(5_000);
  });
});
