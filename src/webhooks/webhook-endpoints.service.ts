import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../auth/caller.js';
import { SharedSecrets } from '../database/shared-secrets.js';
import { isId, newId, timeOf } from '../database/uuid-v7.js';
import { readPage } from '../http/page-cursor.js';
import type { Page } from '../http/page-cursor.js';
import { DeliveryLog } from './delivery-log.repository.js';
import { FanOut } from './fan-out.js';
import type { WebhookEndpointIn, WebhookEndpointPatchIn } from './webhook-endpoint.dto.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import type { WebhookEndpoint, WebhookEndpointChange } from './webhook-endpoints.repository.js';
import { newWebhookSecret, rolled } from './webhook-secret.js';
import { webhookEndpointNotFound } from './webhooks.problems.js';

export interface RolledSecret {
  readonly secret: string;
  readonly previousExpiresAt: Date;
}

@Injectable()
export class WebhookEndpointsService {
  constructor(
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly deliveries: DeliveryLog,
    private readonly fanOut: FanOut,
    private readonly secrets: SharedSecrets,
  ) {}

  /** Events of before are not its own: they are handed out to those who were there. */
  async create({ tenantId }: Caller, input: WebhookEndpointIn): Promise<WebhookEndpoint> {
    await this.fanOut.flush(tenantId);
    const id = newId();
    const { url, eventTypes = [], description, ordered = false, enabled = true } = input;
    const secrets = [{ secret: newWebhookSecret(), expiresAt: null }];
    const times = { createdAt: timeOf(id), updatedAt: timeOf(id) };
    const endpoint = { id, url, eventTypes, description, ordered, enabled, secrets, ...times };
    await this.endpoints.insert(tenantId, endpoint);
    return endpoint;
  }

  /** @throws Problem webhook_endpoint_not_found */
  async get({ tenantId }: Caller, id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.find(tenantId, id);
    if (!endpoint) throw webhookEndpointNotFound();
    return endpoint;
  }

  /** @throws Problem validation_failed for a cursor that is not this list's */
  async list({ tenantId }: Caller, limit: number, cursor?: string): Promise<Page<WebhookEndpoint>> {
    const secret = await this.secrets.get('webhooks-cursor');
    const scope = JSON.stringify(['webhook-endpoints', tenantId]);
    return readPage(secret, { scope, limit, cursor }, (before, count) => this.endpoints.page(tenantId, before, count));
  }

  /**
   * Another filter counts for events from now on; those of before are handed out by the old one.
   * @throws Problem webhook_endpoint_not_found
   */
  async change(caller: Caller, id: string, patch: WebhookEndpointPatchIn): Promise<WebhookEndpoint> {
    const { tenantId } = caller;
    const before = await this.get(caller, id);
    const change = changeOf(patch);
    if (Object.keys(change).length === 0) return before;
    if (change.eventTypes && !isDeepStrictEqual(change.eventTypes, before.eventTypes)) {
      await this.fanOut.flush(tenantId);
    }
    await this.endpoints.change(tenantId, id, change, new Date());
    const after = await this.get(caller, id);
    if (after.enabled) await this.deliveries.revive(tenantId, id);
    return after;
  }

  /** @throws Problem webhook_endpoint_not_found */
  async remove({ tenantId }: Caller, id: string): Promise<void> {
    if (!isId(id)) throw webhookEndpointNotFound();
    // Asked for beforehand: a removal that is repeated because its answer was lost finds nothing to remove.
    const found = await this.endpoints.find(tenantId, id);
    if (found) await this.endpoints.remove(tenantId, id);
    // Even if it was gone already: an earlier removal may have been cut off between the two.
    await this.deliveries.removeOf(tenantId, id);
    if (!found) throw webhookEndpointNotFound();
  }

  /**
   * Of several at once each replaces the one before it: the last two sign.
   * @throws Problem webhook_endpoint_not_found
   */
  async rollSecret(caller: Caller, id: string): Promise<RolledSecret> {
    const secret = newWebhookSecret();
    for (;;) {
      const [current, previous] = (await this.get(caller, id)).secrets;
      // It is in place: the answer to an earlier try was lost. Rolled once more it would be its own predecessor.
      if (current!.secret === secret) return { secret, previousExpiresAt: previous!.expiresAt! };
      const secrets = rolled(current!.secret, secret, new Date());
      if (await this.endpoints.replaceSecrets(caller.tenantId, id, current!.secret, secrets)) {
        return { secret, previousExpiresAt: secrets[1].expiresAt! };
      }
    }
  }
}

/** A merge patch without its nulls: they become what they stand for. */
function changeOf({ url, eventTypes, description, ordered, enabled }: WebhookEndpointPatchIn): WebhookEndpointChange {
  return {
    ...(url === undefined ? {} : { url }),
    ...(eventTypes === undefined ? {} : { eventTypes: eventTypes ?? [] }),
    ...(description === undefined ? {} : { description }),
    ...(ordered === undefined ? {} : { ordered: ordered ?? false }),
    ...(enabled === undefined ? {} : { enabled: enabled ?? true }),
  };
}
