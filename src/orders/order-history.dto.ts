import { ApiProperty } from '@nestjs/swagger';
import type { CloudEvent } from '../events/cloud-event.js';
import { orderEventTypes } from './domain/order.events.js';
import { OrderOut } from './order.dto.js';

/** CloudEvents 1.0, structured JSON, with the extensions for sequence and distributed tracing. */
export class OrderEventOut {
  @ApiProperty({ type: 'string', enum: ['1.0'] })
  specversion: string;

  @ApiProperty({ type: 'string', format: 'uuid' })
  id: string;

  @ApiProperty({ type: 'string', example: '/tenants/default' })
  source: string;

  @ApiProperty({ type: 'string', enum: Object.values(orderEventTypes), example: 'order.created' })
  type: string;

  @ApiProperty({ type: 'string', example: 'orders/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0' })
  subject: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-24T10:00:00.000Z' })
  time: string;

  @ApiProperty({ type: 'string', enum: ['application/json'] })
  datacontenttype: string;

  @ApiProperty({ type: 'string', pattern: '^[1-9][0-9]*$', description: 'The order’s version.', example: '1' })
  sequence: string;

  @ApiProperty({ type: 'string', enum: ['Integer'] })
  sequencetype: string;

  @ApiProperty({ type: 'string', description: 'Who made the change.', example: 'anonymous' })
  actor: string;

  @ApiProperty({
    type: 'string',
    required: false,
    description: 'Of the request that made the change, when it was traced (W3C Trace Context).',
    example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  })
  traceparent?: string;

  @ApiProperty({ type: 'string', required: false, description: 'Beside `traceparent`, as it was sent.' })
  tracestate?: string;

  @ApiProperty({ type: () => OrderOut, description: 'The order at that version.' })
  data: OrderOut;
}

export class OrderHistoryOut {
  @ApiProperty({ type: () => OrderEventOut, isArray: true })
  items: readonly CloudEvent[];

  @ApiProperty({ type: 'null' as unknown as 'string', description: 'A history has one page.', example: null })
  nextCursor: null;
}
