import { v7 } from 'uuid';

const largestTime = 2 ** 48 - 1;
const canonicalV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * A UUIDv7 (RFC 9562, section 5.7) in lower case. Within this process ids only grow, even inside one millisecond
 * and when the clock steps back, so that "newest first" is the order of creation.
 */
export function newId(): string {
  return v7();
}

/** The creation time; what has such an id keeps no other. */
export function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/**
 * Not below any id of an earlier millisecond and not above any of this one: how a time window becomes a range of
 * ids. It is a bound and no id itself, it has not even a version.
 * @param ms milliseconds since 1970; times that no id can carry become the nearest that one can
 */
export function smallestIdAt(ms: number): string {
  const time = Math.min(Math.max(ms, 0), largestTime);
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** Strict: an id is an opaque string to clients, so another spelling of it is another id and not found. */
export function isId(text: string): boolean {
  return canonicalV7.test(text);
}
