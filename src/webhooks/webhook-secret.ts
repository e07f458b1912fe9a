import { randomBytes } from 'node:crypto';

/** Standard Webhooks asks for 24 to 64. */
const secretBytes = 32;
/** How long the receiver of a rolled secret has to take the new one. */
const previousSignsForMs = 24 * 3_600_000;

/** A secret of an endpoint. */
export interface WebhookSecret {
  /** `whsec_` and base64, as the receiver has it. */
  readonly secret: string;
  /** By when a rolled secret signs no more; null: the current one. */
  readonly expiresAt: Date | null;
}

export function newWebhookSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** The new one and the one before, which signs for another day. Whatever came before those signs no more. */
export function rolled(current: string, next: string, now: Date): readonly [WebhookSecret, WebhookSecret] {
  return [
    { secret: next, expiresAt: null },
    { secret: current, expiresAt: new Date(now.getTime() + previousSignsForMs) },
  ];
}
