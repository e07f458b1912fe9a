import { Injectable } from '@nestjs/common';
import type { Caller } from '../auth/caller.js';
import { SharedSecrets } from '../database/shared-secrets.js';
import { newId } from '../database/uuid-v7.js';
import { cloudEventOf } from '../events/cloud-event.js';
import { readPage } from '../http/page-cursor.js';
import type { Page, PageRequest } from '../http/page-cursor.js';
import { DeliveryLog } from './delivery-log.repository.js';
import type { Delivery, DeliveryFilter } from './delivery-log.repository.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';
import { deliveryNotFound } from './webhooks.problems.js';

@Injectable()
export class DeliveriesService {
  constructor(
    private readonly endpoints: WebhookEndpointsService,
    private readonly log: DeliveryLog,
    private readonly secrets: SharedSecrets,
  ) {}

  /**
   * An event that tells nothing, for this endpoint alone and whatever its filter. @returns the delivery's id
   * @throws Problem webhook_endpoint_not_found
   */
  async ping(caller: Caller, endpointId: string): Promise<string> {
    const { id } = await this.endpoints.get(caller, endpointId);
    const { tenantId, actor } = caller;
    const subject = `webhook-endpoints/${id}`;
    const facts = { id: newId(), tenantId, type: 'ping', subject, time: new Date(), sequence: 1, actor, data: {} };
    return this.log.insert(tenantId, id, cloudEventOf(facts));
  }

  /** @throws Problem webhook_endpoint_not_found, validation_failed for a cursor that is not this list's */
  async list(caller: Caller, filter: DeliveryFilter, request: Omit<PageRequest, 'scope'>): Promise<Page<Delivery>> {
    const { tenantId } = caller;
    const secret = await this.secrets.get('webhooks-cursor');
    const scope = JSON.stringify(['deliveries', tenantId, filter.endpointId, filter.status ?? null]);
    return readPage(secret, { ...request, scope }, async (before, count) => {
      // Not earlier: what a request says is judged before what exists.
      await this.endpoints.get(caller, filter.endpointId);
      return this.log.page(tenantId, filter, before, count);
    });
  }

  /** @throws Problem delivery_not_found */
  async retry({ tenantId }: Caller, id: string): Promise<void> {
    if (!(await this.log.retry(tenantId, id))) throw deliveryNotFound();
  }

  /**
   * @param since of the events
   * @returns how many dead deliveries are pending again
   * @throws Problem webhook_endpoint_not_found
   */
  async retryDead(caller: Caller, endpointId: string, since: Date): Promise<number> {
    await this.endpoints.get(caller, endpointId);
    return this.log.retryDead(caller.tenantId, endpointId, since);
  }
}
