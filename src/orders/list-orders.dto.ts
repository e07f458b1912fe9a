import { ApiProperty } from '@nestjs/swagger';
import { Member } from '../http/member-rules.js';
import { Cursor, Limit, NextCursor, once } from '../http/page-query.js';
import { parseRfc3339, rfc3339Fault } from '../http/rfc3339.js';
import { textFault, textSchema } from '../http/text-rule.js';
import { isOrderStatus, orderStatuses } from './domain/order-status.js';
import type { OrderStatus } from './domain/order-status.js';
import { OrderOut } from './order.dto.js';
import type { OrderFilter } from './orders.repository.js';

/** The query of GET /orders, as text; `toOrderFilter` gives it its types. */
export class ListOrdersIn {
  @Member(statusesFault, {
    optional: true,
    schema: {
      type: 'array',
      items: { type: 'string', enum: [...orderStatuses] },
      description: 'Only these; repeat the parameter for several.',
    },
  })
  status?: OrderStatus | OrderStatus[];

  @Member(once((value) => textFault(value, 128)), {
    optional: true,
    schema: { ...textSchema(128), description: 'Only this customer.' },
  })
  customerId?: string;

  @Member(once(rfc3339Fault), {
    optional: true,
    schema: { type: 'string', format: 'date-time', description: 'Created at or after this time (RFC 3339).' },
  })
  createdFrom?: string;

  @Member(once(rfc3339Fault), {
    optional: true,
    schema: { type: 'string', format: 'date-time', description: 'Created before this time (RFC 3339).' },
  })
  createdTo?: string;

  @Limit()
  limit?: string;

  @Cursor()
  cursor?: string;
}

export class OrderPageOut {
  @ApiProperty({ type: () => OrderOut, isArray: true })
  items: readonly OrderOut[];

  @NextCursor()
  nextCursor: string | null;
}

export function toOrderFilter(query: ListOrdersIn): OrderFilter {
  return {
    statuses: query.status === undefined ? [] : [query.status].flat(),
    customerId: query.customerId,
    createdFrom: query.createdFrom === undefined ? undefined : parseRfc3339(query.createdFrom),
    createdTo: query.createdTo === undefined ? undefined : parseRfc3339(query.createdTo),
  };
}

function statusesFault(value: unknown): string | undefined {
  const statuses: readonly unknown[] = [value].flat();
  return statuses.every(isOrderStatus) ? undefined : `must be one of ${orderStatuses.join(', ')}`;
}
