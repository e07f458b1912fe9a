import { flag, integer, integers, matching, oneOf } from './rules.js';
import type { Variable } from './variable.js';

/** How events leave the house. */
export const eventVariables = {
  worker: {
    name: 'WORKER',
    rule: oneOf('on', 'off', 'only'),
    default: 'on',
    unit: 'mode',
    meaning: 'Whether this process carries events outwards; off: API alone; only: that alone, with health and metrics.',
  },
  webhookAllowPrivate: {
    name: 'WEBHOOK_ALLOW_PRIVATE',
    rule: flag,
    default: 'false',
    unit: 'flag',
    meaning: 'Whether webhooks may go to http URLs and to private addresses; for development and closed networks.',
  },
  webhookRetrySeconds: {
    name: 'WEBHOOK_RETRY_SECONDS',
    rule: integers({ min: 1, max: 20 }, 0, 604_800),
    // The schedule that Standard Webhooks shows as an example, in its "Deliverability and reliability".
    default: '5,300,1800,7200,18000,36000,50400,72000,86400',
    unit: 'seconds',
    meaning: 'How long after a failed delivery the next try comes; after the last one the delivery is dead.',
  },
  eventSink: {
    name: 'EVENT_SINK',
    rule: oneOf('none', 'nats', 'eventbridge'),
    default: 'none',
    unit: 'engine',
    meaning: 'An existing engine that gets every event as well: NATS JetStream or Amazon EventBridge.',
  },
  natsUrl: {
    name: 'NATS_URL',
    rule: matching(/^(nats|tls|wss?):\/\/[^\s/]\S*$/, 'a URL that starts with nats://, tls://, ws:// or wss://'),
    default: '',
    secret: true,
    unit: 'URL',
    meaning: 'The NATS server. Required with EVENT_SINK=nats.',
  },
  natsStream: {
    name: 'NATS_STREAM',
    rule: matching(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 characters of A-Z a-z 0-9 _ -'),
    default: 'orders',
    unit: 'stream',
    meaning: 'The JetStream stream for the subjects orders.>; it is created if it does not exist.',
  },
  eventbridgeBus: {
    name: 'EVENTBRIDGE_BUS',
    rule: matching(/^[A-Za-z0-9/_.:-]{1,1600}$/, 'the name or ARN of an event bus'),
    default: 'default',
    unit: 'event bus',
    meaning: "The bus events are put on; region and credentials are read from the AWS SDK's own variables.",
  },
  eventRetentionDays: {
    name: 'EVENT_RETENTION_DAYS',
    rule: integer(0, 36_500),
    default: '0',
    unit: 'days',
    meaning: 'How long events and finished deliveries are kept; what is still to be delivered stays. 0: for ever.',
  },
} as const satisfies Readonly<Record<string, Variable<unknown>>>;
