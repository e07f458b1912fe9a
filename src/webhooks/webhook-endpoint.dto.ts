import { ApiProperty } from '@nestjs/swagger';
import { eventTypes, isEventType } from '../events/event-types.js';
import { ConfiguredMember, Member, MemberWithInnerFaults } from '../http/member-rules.js';
import type { InnerFault, InnerRule, Rule } from '../http/member-rules.js';
import { nullable } from '../http/nullable-schema.js';
import { Cursor, Limit, NextCursor } from '../http/page-query.js';
import { Text, textFault, textSchema } from '../http/text-rule.js';
import type { WebhookEndpoint } from './webhook-endpoints.repository.js';
import { urlLengthMax, urlPattern, webhookUrlFault } from './webhook-url.js';

/** Of a longer list the length alone is a fault, so that no answer grows with a hostile body. */
const listEntriesMax = 100;

const urlSchema = {
  type: 'string' as const,
  minLength: 1,
  maxLength: urlLengthMax,
  pattern: urlPattern,
  description: 'Absolute and https, of the public internet, without user information and fragment.',
  example: 'https://example.com/hooks/orders',
};
const eventTypesSchema = {
  type: 'array' as const,
  items: { type: 'string' as const, enum: [...eventTypes] },
  uniqueItems: true,
  description: 'Only these; empty: all.',
  example: ['order.paid'],
};
const orderedSchema = {
  type: 'boolean' as const,
  description: 'Whether an event of an order waits for the earlier ones of that order.',
};
const enabledSchema = { type: 'boolean' as const, description: 'Off: deliveries wait, none is lost.' };

/** The body of POST /webhook-endpoints. */
export class WebhookEndpointIn {
  @ConfiguredMember(webhookUrlFault, { schema: urlSchema })
  url: string;

  @MemberWithInnerFaults('eventTypes', eventTypesFaults, { optional: true, schema: eventTypesSchema })
  eventTypes?: string[];

  @Text(500, { optional: true, description: 'For people.', example: 'Starts the simulations' })
  description?: string;

  @Member(booleanFault, { optional: true, schema: { ...orderedSchema, default: false } })
  ordered?: boolean;

  @Member(booleanFault, { optional: true, schema: { ...enabledSchema, default: true } })
  enabled?: boolean;
}

/** The body of PATCH /webhook-endpoints/{id}: a merge patch, whose `null` brings the default back (RFC 7396). */
export class WebhookEndpointPatchIn {
  @ConfiguredMember(webhookUrlFault, { optional: true, schema: urlSchema })
  url?: string;

  @MemberWithInnerFaults('eventTypesOrNull', innerOrNull(eventTypesFaults), {
    optional: true,
    schema: nullable(eventTypesSchema),
  })
  eventTypes?: string[] | null;

  @Member(orNull((value) => textFault(value, 500)), {
    optional: true,
    schema: nullable({ ...textSchema(500), description: 'For people.' }),
  })
  description?: string | null;

  @Member(orNull(booleanFault), { optional: true, schema: nullable(orderedSchema) })
  ordered?: boolean | null;

  @Member(orNull(booleanFault), { optional: true, schema: nullable(enabledSchema) })
  enabled?: boolean | null;
}

export class ListWebhookEndpointsIn {
  @Limit()
  limit?: string;

  @Cursor()
  cursor?: string;
}

export class WebhookEndpointOut {
  @ApiProperty({ type: 'string', format: 'uuid', example: '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0' })
  id: string;

  @ApiProperty({ type: 'string', description: 'As it was sent.', example: 'https://example.com/hooks/orders' })
  url: string;

  @ApiProperty({ ...eventTypesSchema, example: [] })
  eventTypes: readonly string[];

  @ApiProperty({ type: 'string', required: false, example: 'Starts the simulations' })
  description?: string;

  @ApiProperty({ type: 'boolean', example: false })
  ordered: boolean;

  @ApiProperty({ type: 'boolean', example: true })
  enabled: boolean;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-24T10:00:00.000Z' })
  createdAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-24T10:00:00.000Z' })
  updatedAt: string;
}

const secretSchema = {
  type: 'string' as const,
  pattern: '^whsec_[A-Za-z0-9+/]+=*$',
  description: 'Signs what is sent (Standard Webhooks). It is told here and never again.',
  example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
};

export class WebhookEndpointCreatedOut extends WebhookEndpointOut {
  @ApiProperty(secretSchema)
  secret: string;
}

export class WebhookSecretOut {
  @ApiProperty(secretSchema)
  secret: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Until then the secret before signs as well.',
    example: '2026-11-25T10:00:00.000Z',
  })
  previousExpiresAt: string;
}

export class WebhookEndpointPageOut {
  @ApiProperty({ type: () => WebhookEndpointOut, isArray: true })
  items: readonly WebhookEndpointOut[];

  @NextCursor()
  nextCursor: string | null;
}

export function toWebhookEndpointOut(endpoint: WebhookEndpoint): WebhookEndpointOut {
  return {
    id: endpoint.id,
    url: endpoint.url,
    eventTypes: endpoint.eventTypes,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    ordered: endpoint.ordered,
    enabled: endpoint.enabled,
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
}

function eventTypesFaults(value: unknown): readonly InnerFault[] {
  if (!Array.isArray(value)) return [{ at: [], detail: 'must be a list of event types' }];
  const entries: readonly unknown[] = value;
  if (entries.length > listEntriesMax) return [{ at: [], detail: `must have at most ${eventTypes.length} entries` }];
  return entries.flatMap((entry, index) => {
    if (!isEventType(entry)) return [{ at: [index], detail: `must be one of ${eventTypes.join(', ')}` }];
    return entries.indexOf(entry) < index ? [{ at: [index], detail: 'must not be repeated' }] : [];
  });
}

function booleanFault(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be true or false';
}

function orNull(rule: Rule): Rule {
  return (value) => (value === null ? undefined : rule(value));
}

function innerOrNull(rule: InnerRule): InnerRule {
  return (value) => (value === null ? [] : rule(value));
}
