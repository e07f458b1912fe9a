import { createHmac, timingSafeEqual } from 'node:crypto';
import { validationFailed } from '../problem/problem.js';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface PageRequest {
  /** All that the cursor is bound to, the tenant above all; it is signed and not carried. */
  readonly scope: string;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/**
 * Layout: version (1 byte), id (16), tag (16). 33 bytes are 44 base64url characters without padding or spare bits,
 * so every cursor has exactly one spelling and a changed character is always a changed byte.
 */
const layoutVersion = 1;
const payloadBytes = 17;
const tagBytes = 16;
/** What is wrong with any cursor that is not this list's, whatever it is. */
export const foreignCursor = 'must be the nextCursor of a page of this very list';
export const cursorPattern = /^[A-Za-z0-9_-]{44}$/;

/**
 * One page of a list that is walked by id, newest first.
 * @param find at most so many, only those before the given id
 * @throws Problem validation_failed for a cursor that is not this list's
 */
export async function readPage<T extends { readonly id: string }>(
  secret: Buffer,
  { scope, limit, cursor }: PageRequest,
  find: (before: string | undefined, limit: number) => Promise<readonly T[]>,
): Promise<Page<T>> {
  const before = cursor === undefined ? undefined : decodeCursor(secret, scope, cursor);
  if (cursor !== undefined && before === undefined) {
    throw validationFailed([{ parameter: 'cursor', detail: foreignCursor }]);
  }
  // One more than asked for tells whether there is a next page.
  const found = await find(before, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? encodeCursor(secret, scope, last.id) : null };
}

/**
 * @param scope so a cursor fits no other tenant and no other filters
 * @param id a canonical UUID, the last one of the page
 */
export function encodeCursor(secret: Buffer, scope: string, id: string): string {
  const payload = Buffer.concat([Buffer.from([layoutVersion]), Buffer.from(id.replaceAll('-', ''), 'hex')]);
  if (payload.length !== payloadBytes) throw new Error(`Bug! A cursor was wanted for ${id}, which is no UUID.`);
  return Buffer.concat([payload, tagOf(secret, scope, payload)]).toString('base64url');
}

/** @returns the id the page ended with, or `undefined` for any cursor that was not made for this scope */
export function decodeCursor(secret: Buffer, scope: string, cursor: string): string | undefined {
  if (!cursorPattern.test(cursor)) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const payload = bytes.subarray(0, payloadBytes);
  if (!timingSafeEqual(bytes.subarray(payloadBytes), tagOf(secret, scope, payload))) return undefined;
  if (payload[0] !== layoutVersion) return undefined;
  const hex = payload.toString('hex', 1);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** 128 bits are more than anyone can guess online. The payload has a fixed length, so nothing need part it from the scope. */
function tagOf(secret: Buffer, scope: string, payload: Buffer): Buffer {
  return createHmac('sha256', secret).update(payload).update(scope).digest().subarray(0, tagBytes);
}
