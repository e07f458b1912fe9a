import { ApiProperty } from '@nestjs/swagger';
import { Member } from '../http/member-rules.js';
import { nullable } from '../http/nullable-schema.js';
import { Cursor, Limit, NextCursor, once } from '../http/page-query.js';
import { parseRfc3339, rfc3339Fault } from '../http/rfc3339.js';
import type { Delivery } from './delivery-log.repository.js';
import { deliveryStatuses } from './delivery.schema.js';
import type { DeliveryStatus } from './delivery.schema.js';

const uuidExample = '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0';
const timeExample = '2026-11-24T10:00:00.000Z';
const endOfTime = Date.UTC(9999, 11, 31);

export class ListDeliveriesIn {
  @Member(once(statusFault), {
    optional: true,
    schema: { type: 'string', enum: [...deliveryStatuses], description: 'Only these.' },
  })
  status?: DeliveryStatus;

  @Limit()
  limit?: string;

  @Cursor()
  cursor?: string;
}

/** The body of POST /webhook-endpoints/{id}/retry. */
export class RetryIn {
  @Member(rfc3339Fault, {
    schema: {
      type: 'string',
      format: 'date-time',
      description: 'Dead deliveries of events of this time or later (RFC 3339).',
      example: timeExample,
    },
  })
  since: string;
}

export class AttemptOut {
  @ApiProperty({ type: 'string', format: 'date-time', example: timeExample })
  at: string;

  @ApiProperty(nullable({ type: 'integer', description: 'Of the answer; null when there was none.', example: 500 }))
  status: number | null;

  @ApiProperty({ type: 'integer', minimum: 0, example: 120 })
  durationMs: number;

  @ApiProperty(nullable({ type: 'string', description: 'Why it failed; null when it did not.', example: null }))
  error: string | null;

  @ApiProperty(
    nullable({
      type: 'string',
      maxLength: 1_024,
      description: 'The beginning of the answer’s body; null when there was no answer.',
      example: 'Internal Server Error',
    }),
  )
  response: string | null;
}

export class DeliveryOut {
  @ApiProperty({ type: 'string', format: 'uuid', example: uuidExample })
  id: string;

  @ApiProperty({ type: 'string', format: 'uuid', description: 'Also `webhook-id`.', example: uuidExample })
  eventId: string;

  @ApiProperty({ type: 'string', example: 'order.paid' })
  eventType: string;

  @ApiProperty({ type: 'string', example: `orders/${uuidExample}` })
  subject: string;

  @ApiProperty({ type: 'string', enum: [...deliveryStatuses], example: 'pending' })
  status: DeliveryStatus;

  @ApiProperty({ type: () => AttemptOut, isArray: true })
  attempts: readonly AttemptOut[];

  @ApiProperty(
    nullable({
      type: 'string',
      format: 'date-time',
      description: 'Null when there is none to come.',
      example: timeExample,
    }),
  )
  nextAttemptAt: string | null;
}

export class DeliveryPageOut {
  @ApiProperty({ type: () => DeliveryOut, isArray: true })
  items: readonly DeliveryOut[];

  @NextCursor()
  nextCursor: string | null;
}

export class DeliveryAcceptedOut {
  @ApiProperty({ type: 'string', format: 'uuid', example: uuidExample })
  deliveryId: string;
}

export class RetriedOut {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'How many are pending again.', example: 3 })
  count: number;
}

/** Within what every server takes for a date; no event is older or younger. */
export function toSince(text: string): Date {
  return new Date(Math.min(Math.max(parseRfc3339(text)!, 0), endOfTime));
}

export function toDeliveryOut(delivery: Delivery): DeliveryOut {
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    eventType: delivery.eventType,
    subject: delivery.subject,
    status: delivery.status,
    attempts: delivery.attempts.map(({ at, status, durationMs, error, response }) => ({
      ...{ at: at.toISOString(), status, durationMs, error, response },
    })),
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
  };
}

function statusFault(value: unknown): string | undefined {
  const isStatus = deliveryStatuses.some((status) => status === value);
  return isStatus ? undefined : `must be one of ${deliveryStatuses.join(', ')}`;
}
