import type { OrderStatus } from './domain/order-status.js';

/** What a cursor is bound to besides the tenant; times in milliseconds since 1970. */
export interface CursorFilters {
  readonly statuses?: readonly OrderStatus[] | undefined;
  readonly customerId?: string | undefined;
  readonly createdFrom?: number | undefined;
  readonly createdTo?: number | undefined;
}

/** One text for one meaning: the order and repetition of statuses do not matter, and JSON keeps the parts apart. */
export function cursorScope(tenantId: string, filters: CursorFilters): string {
  const statuses = [...new Set(filters.statuses)].sort();
  const { customerId = null, createdFrom = null, createdTo = null } = filters;
  return JSON.stringify([tenantId, statuses, customerId, createdFrom, createdTo]);
}
