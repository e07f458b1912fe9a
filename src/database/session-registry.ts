import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Schema } from 'mongoose';
import type { Model, mongo } from 'mongoose';
import { withValidator } from './collection-validator.js';
import { driverCollection } from './driver-collection.js';
import { failureKind } from './mongo-errors.js';

/** How often an instance tells that it lives, and looks for those that do not any more, in milliseconds. */
const heartbeatMs = 2_000;
/** An instance that was silent for this long is taken for dead, in milliseconds. */
const deadAfterMs = 7_000;
/** Sessions are used again and again; so many new ones come only of many faults, whose sessions are long gone. */
const sessionsMax = 1_000;

interface InstanceDocument {
  readonly _id: string;
  /** Ids of the sessions that may have a transaction open. */
  readonly sessions: readonly mongo.Binary[];
  /** By the server's clock. */
  readonly aliveAt: Date;
}

export const instanceSchema = withValidator(
  new Schema<InstanceDocument>(
    { _id: { type: String, required: true }, sessions: { type: [Buffer] }, aliveAt: { type: Date, required: true } },
    { collection: 'service_instances', versionKey: false },
  ),
  {
    bsonType: 'object',
    required: ['_id', 'sessions', 'aliveAt'],
    properties: {
      _id: { bsonType: 'string' },
      sessions: { bsonType: 'array', items: { bsonType: 'binData' } },
      aliveAt: { bsonType: 'date' },
    },
  },
);

/**
 * What a process that dies leaves open in the database holds its order and its key until the server's limit of a
 * minute. So each instance writes down its sessions before it writes with them, and whoever finds an instance
 * silent kills them. To take a living instance for dead costs it a repetition, never a result: only what is not
 * committed can be killed.
 */
@Injectable()
export class SessionRegistry {
  private readonly logger = new Logger(SessionRegistry.name);
  private readonly instanceId = randomUUID();
  private readonly known = new Set<string>();
  private stopping = false;
  private loop: Promise<void> | undefined;

  constructor(@InjectModel('ServiceInstance') private readonly instances: Model<InstanceDocument>) {}

  /** Must have succeeded before the session's first write. One round trip for a new session, none for a known one. */
  async register(session: mongo.ClientSession): Promise<void> {
    const id = session.id?.id;
    if (!id) throw new Error('Bug! The session has ended.');
    const name = Buffer.from(id.buffer).toString('hex');
    if (this.known.has(name)) return;
    if (this.known.size >= sessionsMax) await this.forget();
    await this.collection.updateOne(
      { _id: this.instanceId },
      { $addToSet: { sessions: id }, $currentDate: { aliveAt: true } },
      { upsert: true },
    );
    this.known.add(name);
  }

  /** Tells that this instance lives and ends what dead ones left open. */
  async runOnce(): Promise<void> {
    if (this.known.size > 0) {
      const beat = await this.collection.updateOne({ _id: this.instanceId }, { $currentDate: { aliveAt: true } });
      // Somebody took this instance for dead; its sessions have to be written down again.
      if (beat.matchedCount === 0) this.known.clear();
    }
    const { localTime } = (await this.instances.db.db!.admin().command({ hello: 1 })) as unknown as { localTime: Date };
    const dead = await this.collection
      .find({ aliveAt: { $lt: new Date(localTime.getTime() - deadAfterMs) } })
      .toArray();
    for (const instance of dead) await this.bury(instance);
  }

  start(): void {
    this.loop ??= this.runUntilStopped();
  }

  /** Leaves nothing for others to clean up. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.forget().catch(() => undefined);
  }

  private async bury({ _id, sessions }: InstanceDocument): Promise<void> {
    const ids = sessions.map((id) => ({ id }));
    if (ids.length > 0) await this.instances.db.db!.admin().command({ killSessions: ids });
    await this.collection.deleteOne({ _id });
    this.logger.warn({ instance: _id, sessions: ids.length }, 'an instance died; what it left open was ended');
  }

  private async forget(): Promise<void> {
    this.known.clear();
    await this.collection.deleteOne({ _id: this.instanceId });
  }

  private async runUntilStopped(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.runOnce();
      } catch (error) {
        // A database that is away is told of by the readiness; the next round comes soon.
        if (failureKind(error) === 'foreign') this.logger.warn({ err: error }, 'dead instances cannot be looked for');
      }
      await sleep(heartbeatMs, undefined, { ref: false });
    }
  }

  private get collection(): mongo.Collection<InstanceDocument> {
    return driverCollection(this.instances);
  }
}
