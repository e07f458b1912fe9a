/** So that what failed together does not come back together. */
const jitter = 0.2;
/** A receiver may put its next try off, but not for ever, in milliseconds. */
const retryAfterMaxMs = 86_400_000;

/** A date without a zone would be read as this machine's; RFC 9110, section 5.6.7, has all its dates in GMT. */
const httpDate = /^[A-Za-z]{3,9}, [0-9A-Za-z: -]+ GMT$/;

export interface Retry {
  /** How many tries have failed, this one counted; the schedule began before the first of them. */
  readonly failures: number;
  /** The end of the failed try. */
  readonly now: Date;
  /** The answer's field as it came. */
  readonly retryAfter?: string | undefined;
  /** Seconds to wait after the first failure, after the second, and so on. */
  readonly schedule: readonly number[];
  /** From 0 to 1. */
  readonly random: number;
}

/** @returns when the next try is due; undefined: there is none */
export function nextTry({ failures, now, retryAfter, schedule, random }: Retry): Date | undefined {
  const seconds = schedule[failures - 1];
  if (seconds === undefined) return undefined;
  const delayMs = seconds * 1_000 * (1 - jitter + 2 * jitter * random);
  return new Date(now.getTime() + Math.max(Math.round(delayMs), retryAfterMs(retryAfter, now)));
}

/**
 * RFC 9110, section 10.2.3: seconds, or a date.
 * @returns milliseconds from `now`, a day at most; 0 when it cannot be read or is over
 */
function retryAfterMs(field: string | undefined, now: Date): number {
  const text = field?.trim() ?? '';
  if (/^[0-9]{1,15}$/.test(text)) return Math.min(Number(text) * 1_000, retryAfterMaxMs);
  const until = httpDate.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(until)) return 0;
  return Math.min(Math.max(until - now.getTime(), 0), retryAfterMaxMs);
}
