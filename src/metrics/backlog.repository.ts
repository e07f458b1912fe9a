import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { withinDeadline } from '../database/deadline.js';
import { DatabaseReadiness } from '../database/database-readiness.js';

/** What one look may take, in milliseconds: on the server, and in all should the server be silent. */
const serverTimeMs = 500;
const patienceMs = 800;

/** Since when the oldest waits; null: none waits. */
export interface Backlog {
  readonly webhooks: Date | null;
  readonly sink: Date | null;
  readonly deliveries: Date | null;
}

/** Looks at the front of each queue: one document by an index, whatever waits behind it. */
@Injectable()
export class BacklogRepository {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly readiness: DatabaseReadiness,
  ) {}

  /** @throws within a second when the database does not tell */
  async oldest(): Promise<Backlog> {
    this.readiness.assertConnected();
    const due = { status: 'pending', dueAt: { $lte: new Date() } };
    const reads = Promise.all([
      this.front('OrderEvent', { pending: 'webhooks' }, '_id', 'time'),
      this.front('OrderEvent', { pending: 'sink' }, '_id', 'time'),
      this.front('WebhookDelivery', due, 'dueAt', 'dueAt'),
    ]);
    const [webhooks, sink, deliveries] = await withinDeadline(reads, patienceMs);
    return { webhooks, sink, deliveries };
  }

  /** By the model's name, since who counts events need not know their modules. */
  private async front(model: string, filter: mongo.Document, order: string, wanted: string): Promise<Date | null> {
    const collection = this.connection.model(model).collection as unknown as mongo.Collection;
    const options = { projection: { _id: 0, [wanted]: 1 }, timeoutMS: serverTimeMs };
    const found = await collection.findOne(filter, { ...options, sort: { [order]: 1 } });
    return (found?.[wanted] as Date | undefined) ?? null;
  }
}
