import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { withinDeadline } from '../database/deadline.js';
import { DatabaseReadiness } from '../database/database-readiness.js';
import { ServerClock } from '../database/server-clock.js';

/** What one look may take, in milliseconds: on the server, and in all should the server be silent. */
const serverTimeMs = 500;
const patienceMs = 800;

/** How long the oldest has been waiting, in seconds; 0: none waits. */
export interface Backlog {
  readonly webhooks: number;
  readonly sink: number;
  readonly deliveries: number;
}

/** Looks at the front of each queue: one document by an index, whatever waits behind it. */
@Injectable()
export class BacklogRepository {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly readiness: DatabaseReadiness,
    private readonly clock: ServerClock,
  ) {}

  /** @throws within a second when the database does not tell */
  async oldest(): Promise<Backlog> {
    this.readiness.assertConnected();
    return withinDeadline(this.read(), patienceMs);
  }

  private async read(): Promise<Backlog> {
    // What is due is so by the server's clock.
    const now = await this.clock.now();
    const due = { status: 'pending', dueAt: { $lte: now } };
    const [webhooks, sink, deliveries] = await Promise.all([
      this.front('OrderEvent', { forWebhooks: true }, '_id', 'time'),
      this.front('OrderEvent', { forSink: true }, '_id', 'time'),
      this.front('WebhookDelivery', due, 'dueAt', 'dueAt'),
    ]);
    const age = (since = now): number => Math.max(0, now.getTime() - since.getTime()) / 1_000;
    return { webhooks: age(webhooks), sink: age(sink), deliveries: age(deliveries) };
  }

  /** By the model's name, since who counts events need not know their modules. */
  private async front(model: string, filter: mongo.Document, order: string, wanted: string): Promise<Date | undefined> {
    const collection = this.connection.model(model).collection as unknown as mongo.Collection;
    const options = { projection: { _id: 0, [wanted]: 1 }, timeoutMS: serverTimeMs };
    const found = await collection.findOne(filter, { ...options, sort: { [order]: 1 } });
    return found?.[wanted] as Date | undefined;
  }
}
