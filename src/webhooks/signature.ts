import { Webhook } from 'standardwebhooks';
import type { WebhookSecret } from './webhook-secret.js';

export interface Message {
  readonly id: string;
  /** Of the try, not of the event: a receiver refuses old ones, so that nobody can replay what was overheard. */
  readonly timestamp: Date;
  /** The body, byte for byte. */
  readonly payload: string;
}

/**
 * The three header fields of Standard Webhooks (https://www.standardwebhooks.com), with one signature for each secret
 * that is valid at that time.
 * @param secrets newest first
 */
export function signatureHeaders(message: Message, secrets: readonly WebhookSecret[]): Record<string, string> {
  const { id, timestamp, payload } = message;
  const valid = secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > timestamp);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1_000)),
    'webhook-signature': valid.map(({ secret }) => new Webhook(secret).sign(id, timestamp, payload)).join(' '),
  };
}
