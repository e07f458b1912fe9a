import { ApiProperty } from '@nestjs/swagger';
import { Member } from '../http/member-rules.js';
import type { Rule } from '../http/member-rules.js';
import { parseRfc3339 } from '../http/rfc3339.js';
import { textFault, textSchema } from '../http/text-rule.js';
import { isOrderStatus, orderStatuses } from './domain/order-status.js';
import type { OrderStatus } from './domain/order-status.js';
import { OrderOut } from './order.dto.js';
import { cursorPattern, foreignCursor } from './orders-cursor.js';
import type { OrderFilter } from './orders.repository.js';

const limitDefault = 20;
const limitMax = 100;

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

  @Member(once(timeFault), {
    optional: true,
    schema: { type: 'string', format: 'date-time', description: 'Created at or after this time (RFC 3339).' },
  })
  createdFrom?: string;

  @Member(once(timeFault), {
    optional: true,
    schema: { type: 'string', format: 'date-time', description: 'Created before this time (RFC 3339).' },
  })
  createdTo?: string;

  @Member(once(limitFault), {
    optional: true,
    schema: { type: 'integer', minimum: 1, maximum: limitMax, default: limitDefault, description: 'Page size.' },
  })
  limit?: string;

  @Member(once(cursorFault), {
    optional: true,
    schema: { type: 'string', description: '`nextCursor` of the page before, with the same filters.' },
  })
  cursor?: string;
}

export class OrderPageOut {
  @ApiProperty({ type: () => OrderOut, isArray: true })
  items: readonly OrderOut[];

  @ApiProperty({
    anyOf: [{ type: 'string' }, { type: 'null' }],
    description: 'Give it as `cursor` for the next page; null at the end.',
    example: null,
  })
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

export function toLimit(query: ListOrdersIn): number {
  return query.limit === undefined ? limitDefault : Number(query.limit);
}

function once(rule: Rule): Rule {
  return (value) => (Array.isArray(value) ? 'must be given once' : rule(value));
}

function statusesFault(value: unknown): string | undefined {
  const statuses: readonly unknown[] = [value].flat();
  return statuses.every(isOrderStatus) ? undefined : `must be one of ${orderStatuses.join(', ')}`;
}

function timeFault(value: unknown): string | undefined {
  const isTime = typeof value === 'string' && parseRfc3339(value) !== undefined;
  return isTime ? undefined : 'must be a time of RFC 3339 with its offset, such as 2026-11-24T10:00:00Z';
}

/** Its shape only; whether it belongs to this list can be told when the filters are known to be good. */
function cursorFault(value: unknown): string | undefined {
  return typeof value === 'string' && cursorPattern.test(value) ? undefined : foreignCursor;
}

function limitFault(value: unknown): string | undefined {
  const isLimit = typeof value === 'string' && /^[1-9][0-9]{0,2}$/.test(value) && Number(value) <= limitMax;
  return isLimit ? undefined : `must be an integer from 1 to ${limitMax}`;
}
