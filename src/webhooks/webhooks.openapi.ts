import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import type { ApiResponseOptions } from '@nestjs/swagger';
import { mergePatchType } from '../http/json-body.js';
import { ApiProblems } from '../problem/api-problems.decorator.js';
import { DeliveryAcceptedOut, DeliveryPageOut, RetriedOut, RetryIn } from './delivery.dto.js';
import {
  WebhookEndpointCreatedOut,
  WebhookEndpointIn,
  WebhookEndpointOut,
  WebhookEndpointPageOut,
  WebhookEndpointPatchIn,
  WebhookSecretOut,
} from './webhook-endpoint.dto.js';

const requestIdHeader = { description: 'The id of this request.', schema: { type: 'string' } };
const locationHeader = { description: 'Where the endpoint is.', schema: { type: 'string' } };
/** What a body can be refused for before anything looks at what it says. */
const unreadable = ['malformed_json', 'payload_too_large', 'unsupported_media_type'] as const;

const answer = (options: ApiResponseOptions): MethodDecorator =>
  ApiResponse({ headers: { 'X-Request-Id': requestIdHeader }, ...options });

const IdParam = (description: string): MethodDecorator =>
  ApiParam({
    name: 'id',
    description,
    schema: { type: 'string' },
    example: '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0',
  });
const EndpointIdParam = (): MethodDecorator => IdParam('The endpoint’s id, an opaque string.');

const ofEndpoint = (operationId: string): { operationId: string; parameters: Record<string, string> } => ({
  operationId,
  parameters: { id: '$response.body#/id' },
});

export const DocumentCreation = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'createWebhookEndpoint',
      summary: 'Have events sent to a URL',
      description: 'From now on. The secret that signs them is told once.',
    }),
    ApiBody({
      type: WebhookEndpointIn,
      examples: {
        all: { summary: 'Every event', value: { url: 'https://example.com/hooks/orders' } },
        paid: {
          summary: 'One type, in order',
          value: { url: 'https://example.com/hooks/paid', eventTypes: ['order.paid'], ordered: true },
        },
      },
    }),
    answer({
      status: 201,
      description: 'Created.',
      type: WebhookEndpointCreatedOut,
      headers: { 'X-Request-Id': requestIdHeader, Location: locationHeader },
      links: {
        getWebhookEndpoint: ofEndpoint('getWebhookEndpoint'),
        changeWebhookEndpoint: ofEndpoint('changeWebhookEndpoint'),
        testWebhookEndpoint: ofEndpoint('testWebhookEndpoint'),
        listDeliveries: ofEndpoint('listDeliveries'),
        rollWebhookSecret: ofEndpoint('rollWebhookSecret'),
        retryDeadDeliveries: ofEndpoint('retryDeadDeliveries'),
        deleteWebhookEndpoint: ofEndpoint('deleteWebhookEndpoint'),
      },
    }),
    ApiProblems(...unreadable, 'validation_failed'),
  );

export const DocumentList = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId: 'listWebhookEndpoints', summary: 'List webhook endpoints, newest first' }),
    answer({ status: 200, description: 'One page.', type: WebhookEndpointPageOut }),
    ApiProblems('validation_failed'),
  );

export const DocumentRead = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId: 'getWebhookEndpoint', summary: 'Read a webhook endpoint' }),
    EndpointIdParam(),
    answer({ status: 200, description: 'The endpoint.', type: WebhookEndpointOut }),
    ApiProblems('webhook_endpoint_not_found'),
  );

export const DocumentChange = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'changeWebhookEndpoint',
      summary: 'Change a webhook endpoint',
      description: 'A JSON merge patch (RFC 7396): `null` brings the default back.',
    }),
    EndpointIdParam(),
    ApiConsumes('application/json', mergePatchType),
    ApiBody({
      type: WebhookEndpointPatchIn,
      examples: { disable: { summary: 'Let deliveries wait', value: { enabled: false, description: null } } },
    }),
    answer({ status: 200, description: 'The endpoint after the change.', type: WebhookEndpointOut }),
    ApiProblems(...unreadable, 'webhook_endpoint_not_found', 'validation_failed'),
  );

export const DocumentRemoval = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'deleteWebhookEndpoint',
      summary: 'Delete a webhook endpoint',
      description: 'Nothing more is sent to it, and its log is gone.',
    }),
    EndpointIdParam(),
    answer({ status: 204, description: 'Deleted; no body.' }),
    ApiProblems(...unreadable, 'webhook_endpoint_not_found'),
  );

export const DocumentRoll = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'rollWebhookSecret',
      summary: 'Make a new secret',
      description: 'It and the one before sign for 24 hours, then it alone.',
    }),
    EndpointIdParam(),
    answer({ status: 200, description: 'The new secret.', type: WebhookSecretOut }),
    ApiProblems(...unreadable, 'webhook_endpoint_not_found'),
  );

export const DocumentTest = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'testWebhookEndpoint',
      summary: 'Send an event of type ping',
      description: 'To this endpoint, whatever its filter.',
    }),
    EndpointIdParam(),
    answer({
      status: 202,
      description: 'It will be sent.',
      type: DeliveryAcceptedOut,
      links: { retryDelivery: { operationId: 'retryDelivery', parameters: { id: '$response.body#/deliveryId' } } },
    }),
    ApiProblems(...unreadable, 'webhook_endpoint_not_found'),
  );

export const DocumentLog = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId: 'listDeliveries', summary: 'List the deliveries of an endpoint, newest first' }),
    EndpointIdParam(),
    answer({ status: 200, description: 'One page.', type: DeliveryPageOut }),
    ApiProblems('webhook_endpoint_not_found', 'validation_failed'),
  );

export const DocumentRetryOfDead = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'retryDeadDeliveries',
      summary: 'Send again what died',
      description: 'Dead deliveries of events since a time are pending again at once, with the whole schedule.',
    }),
    EndpointIdParam(),
    ApiBody({
      type: RetryIn,
      examples: { since: { summary: 'Since an outage', value: { since: '2026-11-24T10:00:00Z' } } },
    }),
    answer({ status: 202, description: 'They will be sent.', type: RetriedOut }),
    ApiProblems(...unreadable, 'webhook_endpoint_not_found', 'validation_failed'),
  );

export const DocumentRetry = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'retryDelivery',
      summary: 'Send a dead delivery again',
      description: 'One that is not dead stays as it is.',
    }),
    IdParam('The delivery’s id, an opaque string.'),
    answer({ status: 202, description: 'It will be sent.', type: DeliveryAcceptedOut }),
    ApiProblems(...unreadable, 'delivery_not_found'),
  );
