import { createHmac, timingSafeEqual } from 'node:crypto';
import type { OrderStatus } from './domain/order-status.js';

/** What a cursor is bound to besides the tenant; times in milliseconds since 1970. */
export interface CursorFilters {
  readonly statuses?: readonly OrderStatus[] | undefined;
  readonly customerId?: string | undefined;
  readonly createdFrom?: number | undefined;
  readonly createdTo?: number | undefined;
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
 * @param scope from `cursorScope`; it is signed and not carried, so a cursor fits no other tenant and no other filters
 * @param id a canonical UUID, the last order of the page
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

/** One text for one meaning: the order and repetition of statuses do not matter, and JSON keeps the parts apart. */
export function cursorScope(tenantId: string, filters: CursorFilters): string {
  const statuses = [...new Set(filters.statuses)].sort();
  const { customerId = null, createdFrom = null, createdTo = null } = filters;
  return JSON.stringify([tenantId, statuses, customerId, createdFrom, createdTo]);
}

/** 128 bits are more than anyone can guess online. The payload has a fixed length, so nothing need part it from the scope. */
function tagOf(secret: Buffer, scope: string, payload: Buffer): Buffer {
  return createHmac('sha256', secret).update(payload).update(scope).digest().subarray(0, tagBytes);
}
