import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import { ApiProblems } from '../problem/api-problems.decorator.js';
import { allowedTransitions, orderStatuses } from './domain/order-status.js';
import type { OrderStatus } from './domain/order-status.js';
import { OrderPageOut } from './list-orders.dto.js';
import { OrderHistoryOut } from './order-history.dto.js';
import { OrderIn, OrderOut, StatusChangeIn } from './order.dto.js';

const requestIdHeader = { description: 'The id of this request.', schema: { type: 'string' } };
const etagHeader = {
  description: 'The order’s version as a strong entity tag.',
  schema: { type: 'string' },
  example: '"1"',
};
const replayedHeader = {
  description: '`true` when this is the stored answer of an earlier request.',
  schema: { type: 'string', enum: ['true'] },
};
const locationHeader = { description: 'Where the order is.', schema: { type: 'string' } };

const simulationOrder = {
  customerId: 'cus_42',
  currency: 'USD',
  items: [{ sku: 'SIM-CFD-1', description: 'CFD run, 1M cells', quantity: 2, unitPrice: '19.99' }],
  metadata: { project: 'wing-7' },
};
const smallestOrder = {
  customerId: 'cus_42',
  currency: 'JPY',
  items: [{ sku: 'REPORT', quantity: 1, unitPrice: '40' }],
};

function transitionRow(status: OrderStatus): string {
  return `| ${status} | ${allowedTransitions(status).join(', ') || '—'} |`;
}

const OrderIdParam = (): MethodDecorator =>
  ApiParam({
    name: 'id',
    description: 'The order’s id, an opaque string.',
    schema: { type: 'string' },
    example: '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0',
  });

export const DocumentCreation = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'createOrder',
      summary: 'Create an order',
      description: 'Send an Idempotency-Key, and the order is created once however often the request is repeated.',
    }),
    ApiBody({
      type: OrderIn,
      examples: {
        simulation: { summary: 'A simulation request', value: simulationOrder },
        smallest: { summary: 'Only what is required', value: smallestOrder },
      },
    }),
    ApiResponse({
      status: 201,
      description: 'Created, or the stored answer of the first request with this key.',
      type: OrderOut,
      headers: {
        'X-Request-Id': requestIdHeader,
        Location: locationHeader,
        ETag: etagHeader,
        'Idempotent-Replayed': replayedHeader,
      },
      links: {
        getOrder: { operationId: 'getOrder', parameters: { id: '$response.body#/id' } },
        listOrderEvents: { operationId: 'listOrderEvents', parameters: { id: '$response.body#/id' } },
        changeOrderStatus: {
          operationId: 'changeOrderStatus',
          parameters: { id: '$response.body#/id', 'header.If-Match': '$response.header.ETag' },
        },
      },
    }),
    ApiProblems(
      ...(['malformed_json', 'invalid_header', 'payload_too_large', 'unsupported_media_type'] as const),
      ...(['validation_failed', 'idempotency_key_reused', 'idempotency_in_progress'] as const),
    ),
  );

export const DocumentRead = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId: 'getOrder', summary: 'Read an order' }),
    OrderIdParam(),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'Entity tags the client has; answers 304 when the current one is among them.',
      schema: { type: 'string' },
    }),
    ApiResponse({
      status: 200,
      description: 'The order.',
      type: OrderOut,
      headers: { 'X-Request-Id': requestIdHeader, ETag: etagHeader },
    }),
    ApiResponse({
      status: 304,
      description: 'Not modified; no body.',
      headers: { 'X-Request-Id': requestIdHeader, ETag: etagHeader },
    }),
    ApiProblems('order_not_found'),
  );

export const DocumentChange = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'changeOrderStatus',
      summary: 'Move an order to another status',
      description:
        'The change is made for the version in If-Match; of several at once exactly one wins.\n\n' +
        `| from | to |\n|---|---|\n${orderStatuses.map(transitionRow).join('\n')}`,
    }),
    OrderIdParam(),
    ApiBody({ type: StatusChangeIn, examples: { pay: { summary: 'Mark as paid', value: { status: 'PAID' } } } }),
    ApiResponse({
      status: 200,
      description: 'The order after the change.',
      type: OrderOut,
      headers: { 'X-Request-Id': requestIdHeader, ETag: etagHeader, 'Idempotent-Replayed': replayedHeader },
    }),
    ApiProblems(
      ...([
        'malformed_json',
        'invalid_header',
        'payload_too_large',
        'unsupported_media_type',
        'order_not_found',
      ] as const),
      ...(['version_conflict', 'invalid_transition', 'validation_failed', 'idempotency_key_reused'] as const),
      ...(['idempotency_in_progress', 'precondition_required'] as const),
    ),
  );

export const DocumentList = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listOrders',
      summary: 'List orders, newest first',
      description:
        'Pages by cursor. Orders that existed when the first page was read are neither skipped nor repeated.',
    }),
    ApiResponse({
      status: 200,
      description: 'One page.',
      type: OrderPageOut,
      headers: { 'X-Request-Id': requestIdHeader },
    }),
    ApiProblems('validation_failed'),
  );

export const DocumentHistory = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listOrderEvents',
      summary: 'Read the history of an order',
      description: 'One event for its creation and for each change, oldest first.',
    }),
    OrderIdParam(),
    ApiResponse({
      status: 200,
      description: 'The history.',
      type: OrderHistoryOut,
      headers: { 'X-Request-Id': requestIdHeader },
    }),
    ApiProblems('order_not_found'),
  );
