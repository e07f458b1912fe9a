import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { DatabaseReadiness } from '../database/database-readiness.js';
import { failureKind } from '../database/mongo-errors.js';
import type { EventDocument } from './event.schema.js';

/** Events that come close together are told of once, in milliseconds. */
const gatherMs = 25;
/** Between a stream that ended and the next, in milliseconds. */
const reopenAfterMs = 2_000;

/**
 * Tells that something was added to the log, soon after it was committed. A convenience: whoever is told has to look
 * from time to time all the same, since a stream can be away, and some databases have none.
 */
@Injectable()
export class EventFeed {
  private readonly logger = new Logger(EventFeed.name);
  private readonly ending = new AbortController();
  private stream: mongo.ChangeStream | undefined;
  private running: Promise<void> | undefined;
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    @InjectModel('OrderEvent') private readonly events: Model<EventDocument>,
    private readonly readiness: DatabaseReadiness,
  ) {}

  /** @param added called at most once in 25 ms, and never while nothing was added */
  start(added: () => void): void {
    this.running ??= this.run(() => {
      this.gathering ??= setTimeout(() => {
        this.gathering = undefined;
        added();
      }, gatherMs);
    });
  }

  async stop(): Promise<void> {
    this.ending.abort();
    clearTimeout(this.gathering);
    await this.stream?.close().catch(() => undefined);
    await this.running;
  }

  private async run(added: () => void): Promise<void> {
    while (!this.ending.signal.aborted) {
      try {
        if (this.readiness.indexesInPlace) await this.follow(added);
      } catch (error) {
        if (failureKind(error) === 'foreign') this.logger.debug({ err: error }, 'the change stream ended');
      }
      await sleep(this.readiness.indexesInPlace ? reopenAfterMs : gatherMs, undefined, {
        signal: this.ending.signal,
        ref: false,
      }).catch(() => undefined);
    }
  }

  private async follow(added: () => void): Promise<void> {
    const inserts = [{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }];
    const stream = this.events.collection.watch(inserts);
    this.stream = stream;
    try {
      // What was added before the stream was there.
      added();
      for (;;) {
        await stream.next();
        added();
      }
    } finally {
      this.stream = undefined;
      await stream.close().catch(() => undefined);
    }
  }
}
