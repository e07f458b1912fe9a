import mongoose from 'mongoose';
import { newId } from '../../src/database/uuid-v7.js';
import type { DeliveryDocument, DeliveryStatus } from '../../src/webhooks/delivery.schema.js';
import type { WebhookEndpointCreatedOut } from '../../src/webhooks/webhook-endpoint.dto.js';
import type { WebhookEndpointDocument } from '../../src/webhooks/webhook-endpoint.schema.js';
import type { Answer, Api, ProblemBody, RequestHeaders } from './api.js';
import { rememberSecret } from './secrets.js';

const { UUID } = mongoose.mongo;

export type CreatedOrProblem = WebhookEndpointCreatedOut & Omit<ProblemBody, 'status'>;

/** A valid body of POST /webhook-endpoints, but for what is given. */
export function anEndpoint(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { url: 'https://example.com/hooks', ...overrides };
}

/** POST /webhook-endpoints; the secret must appear in no log from then on. */
export async function createEndpoint(
  api: Api,
  overrides: Readonly<Record<string, unknown>> = {},
  headers: RequestHeaders = {},
): Promise<Answer<CreatedOrProblem>> {
  const answer = await api.send<CreatedOrProblem>('POST', '/webhook-endpoints', {
    json: anEndpoint(overrides),
    headers,
  });
  rememberWebhookSecret(answer.body.secret);
  return answer;
}

export function rememberWebhookSecret(secret: string | undefined): void {
  if (secret !== undefined) rememberSecret(secret.slice('whsec_'.length));
}

/** The service's collections, for what no request can bring about, and to see what no answer tells. */
export class WebhookData {
  private constructor(private readonly client: mongoose.mongo.MongoClient) {}

  static async on(uri: string): Promise<WebhookData> {
    return new WebhookData(await new mongoose.mongo.MongoClient(uri).connect());
  }

  get endpoints(): mongoose.mongo.Collection<WebhookEndpointDocument> {
    return this.client.db().collection<WebhookEndpointDocument>('webhook_endpoints');
  }

  get deliveries(): mongoose.mongo.Collection<DeliveryDocument> {
    return this.client.db().collection<DeliveryDocument>('webhook_deliveries');
  }

  /** As the loops would have left it. @returns its id */
  async insert(
    endpointId: string,
    status: DeliveryStatus,
    overrides: Partial<Omit<DeliveryDocument, '_id'>> = {},
  ): Promise<string> {
    const id = newId();
    const now = new Date();
    const next = status === 'pending' ? now : null;
    await this.deliveries.insertOne({
      ...{ _id: new UUID(id), tenantId: 'default', endpointId: new UUID(endpointId), eventId: new UUID(newId()) },
      ...{ eventType: 'order.paid', eventTime: now, subject: 'orders/1', sequence: 2, payload: '{}', status },
      ...{ attempts: [], failures: 0, nextAttemptAt: next, dueAt: next, owner: null, ...overrides },
    });
    return id;
  }

  async delivery(id: string): Promise<DeliveryDocument> {
    const found = await this.deliveries.findOne({ _id: new UUID(id) });
    if (!found) throw new Error(`there is no delivery ${id}`);
    return found;
  }

  async endpoint(id: string): Promise<WebhookEndpointDocument> {
    const found = await this.endpoints.findOne({ _id: new UUID(id) });
    if (!found) throw new Error(`there is no endpoint ${id}`);
    return found;
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
