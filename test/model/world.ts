import mongoose from 'mongoose';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';

/** The real thing: the service, which can be restarted, and its database, which can be emptied between two runs. */
export class World {
  readonly api: Api;
  /** How often each outcome was met. */
  readonly outcomes = new Map<string, number>();

  private constructor(
    private running: RunningApp,
    private readonly direct: mongoose.mongo.MongoClient,
  ) {
    const current = (): RunningApp => this.running;
    this.api = new Api({
      ...running,
      get url(): string {
        return current().url;
      },
    });
  }

  static async start(): Promise<World> {
    const running = await startApp();
    return new World(running, await new mongoose.mongo.MongoClient(running.mongodbUri).connect());
  }

  async restart(): Promise<void> {
    this.count('restart');
    await this.running.close();
    this.running = await startApp({ config: { mongodbUri: this.running.mongodbUri } });
  }

  count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  /** Orders, events and keys go; indexes and the secret that signs cursors stay. */
  async clear(): Promise<void> {
    const names = ['orders', 'order_events', 'idempotency_keys'];
    await Promise.all(names.map((name) => this.direct.db().collection(name).deleteMany({})));
    // The service's log is kept in memory.
    this.running.logs.length = 0;
  }

  /** What a day does to those keys, whether or not the database has removed the records by then. */
  async expire(keys: readonly string[]): Promise<void> {
    const past = { $set: { expiresAt: new Date(Date.now() - 1) } };
    await this.direct
      .db()
      .collection('idempotency_keys')
      .updateMany({ key: { $in: [...keys] } }, past);
  }

  async close(): Promise<void> {
    this.api.close();
    await this.running.close();
    await this.direct.close();
  }
}
