const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** RFC 3339, section 5.6. A blank stands where form decoding (`+` means blank in a query) found the offset's sign. */
const dateTime = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+\- ])(\d{2}):(\d{2}))$/;

type SixNumbers = [year: number, month: number, day: number, hour: number, minute: number, second: number];

/**
 * A fraction finer than a millisecond is rounded **up**: orders have millisecond resolution, and of whole
 * milliseconds `t >= x` and `t < x` select the same as with x rounded up. Rounded down, `createdFrom` would include,
 * and `createdTo` exclude, an order that came before the time that was asked for.
 * @returns milliseconds since 1970, negative before, or `undefined` for anything that is not a real time with an offset
 */
export function parseRfc3339(text: string): number | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as SixNumbers;
  const midnight = midnightOf(year, month, day);
  const offset = offsetMs(match[8], Number(match[9] ?? 0), Number(match[10] ?? 0));
  if (midnight === undefined || offset === undefined || hour > 23 || minute > 59 || second > 60) return undefined;
  const wholeSeconds = midnight + hour * hourMs + minute * minuteMs + second * 1_000 - offset;
  if (second === 60 && !canFollowLeapSecond(wholeSeconds)) return undefined;
  return wholeSeconds + ceilMs(match[7] ?? '');
}

/** The rule of a member that is a time. */
export function rfc3339Fault(value: unknown): string | undefined {
  const isTime = typeof value === 'string' && parseRfc3339(value) !== undefined;
  return isTime ? undefined : 'must be a time of RFC 3339 with its offset, such as 2026-11-24T10:00:00Z';
}

/** `Date.UTC` would take the years 0 to 99 for 1900 to 1999. A day that does not exist rolls over and so betrays itself. */
function midnightOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  const midnight = date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? midnight : undefined;
}

function offsetMs(sign: string | undefined, hours: number, minutes: number): number | undefined {
  if (hours > 23 || minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (hours * hourMs + minutes * minuteMs);
}

/**
 * RFC 3339, section 5.7: leap seconds are 23:59:60 UTC at the end of a month. POSIX time has no number for one, it
 * gets that of the second after it, which here must be the first of a month.
 */
function canFollowLeapSecond(ms: number): boolean {
  return ms % dayMs === 0 && new Date(ms).getUTCDate() === 1;
}

function ceilMs(fraction: string): number {
  const whole = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return /[1-9]/.test(fraction.slice(3)) ? whole + 1 : whole;
}
