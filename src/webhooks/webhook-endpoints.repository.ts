import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Model, mongo } from 'mongoose';
import { driverCollection, majorityRead, majorityWrite } from '../database/driver-collection.js';
import { Transactions } from '../database/transactions.js';
import { isId } from '../database/uuid-v7.js';
import type { WebhookEndpointDocument } from './webhook-endpoint.schema.js';
import type { WebhookSecret } from './webhook-secret.js';

const { UUID } = mongoose.mongo;

/** Where a tenant wants its events. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** Empty: every type. */
  readonly eventTypes: readonly string[];
  readonly description?: string | undefined;
  readonly ordered: boolean;
  readonly enabled: boolean;
  /** The newest first; the first is the current one. */
  readonly secrets: readonly WebhookSecret[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Only what is to change; `description: null` takes it away. */
export interface WebhookEndpointChange {
  readonly url?: string;
  readonly eventTypes?: readonly string[];
  readonly description?: string | null;
  readonly ordered?: boolean;
  readonly enabled?: boolean;
}

/** No method can be called without the tenant. An id is whatever a client sent; a malformed one is not found. */
@Injectable()
export class WebhookEndpointsRepository {
  constructor(
    @InjectModel('WebhookEndpoint') private readonly model: Model<WebhookEndpointDocument>,
    private readonly transactions: Transactions,
  ) {}

  /** An upsert, so that it can be repeated when its answer was lost. */
  async insert(tenantId: string, { id, description, ...rest }: WebhookEndpoint): Promise<void> {
    const endpoint = { ...rest, ...(description === undefined ? {} : { description }) };
    await this.transactions.call(() =>
      this.endpoints.updateOne(
        { _id: new UUID(id), tenantId },
        { $setOnInsert: endpoint },
        { upsert: true, ...majorityWrite },
      ),
    );
  }

  async find(tenantId: string, id: string): Promise<WebhookEndpoint | undefined> {
    if (!isId(id)) return undefined;
    const found = await this.transactions.call(() =>
      this.endpoints.findOne({ _id: new UUID(id), tenantId }, majorityRead),
    );
    return found ? toEndpoint(found) : undefined;
  }

  /** @returns newest first, at most `limit`, only those older than the id `before` */
  async page(tenantId: string, before: string | undefined, limit: number): Promise<WebhookEndpoint[]> {
    const older = before === undefined ? {} : { _id: { $lt: new UUID(before) } };
    const found = await this.transactions.call(() =>
      this.endpoints
        .find({ tenantId, ...older }, majorityRead)
        .sort({ _id: -1 })
        .limit(limit)
        .toArray(),
    );
    return found.map(toEndpoint);
  }

  /** Members that are not named stay as somebody else may just have set them. */
  async change(tenantId: string, id: string, change: WebhookEndpointChange, now: Date): Promise<void> {
    const { description, ...rest } = change;
    const set = { ...rest, ...(typeof description === 'string' ? { description } : {}), updatedAt: now };
    const unset = description === null ? { $unset: { description: '' as const } } : {};
    await this.transactions.call(() =>
      this.endpoints.updateOne({ _id: new UUID(id), tenantId }, { $set: set, ...unset }, majorityWrite),
    );
  }

  /** @returns whether `current` still was the current secret; otherwise nothing is done */
  async replaceSecrets(
    tenantId: string,
    id: string,
    current: string,
    secrets: readonly WebhookSecret[],
  ): Promise<boolean> {
    const { matchedCount } = await this.transactions.call(() =>
      this.endpoints.updateOne(
        { _id: new UUID(id), tenantId, 'secrets.0.secret': current },
        { $set: { secrets, updatedAt: new Date() } },
        majorityWrite,
      ),
    );
    return matchedCount === 1;
  }

  async remove(tenantId: string, id: string): Promise<void> {
    await this.transactions.call(() => this.endpoints.deleteOne({ _id: new UUID(id), tenantId }, majorityWrite));
  }

  private get endpoints(): mongo.Collection<WebhookEndpointDocument> {
    return driverCollection(this.model);
  }
}

function toEndpoint(document: WebhookEndpointDocument): WebhookEndpoint {
  return {
    id: document._id.toString(),
    url: document.url,
    eventTypes: document.eventTypes,
    description: document.description,
    ordered: document.ordered,
    enabled: document.enabled,
    secrets: document.secrets,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
  };
}
