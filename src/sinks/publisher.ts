import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { failureKind } from '../database/mongo-errors.js';
import { Metrics } from '../metrics/metrics.js';
import type { EventSink } from './event-sink.js';
import { openSink } from './open-sink.js';
import { SinkQueueRepository } from './sink-queue.repository.js';

const batchMax = 100;
/** An engine that is away must not bury all other log lines, in milliseconds. */
const warningEveryMs = 10_000;

/** The engine's failure, which may look like the database's: both speak of refused connections. */
class SinkFailed extends Error {
  override readonly name = 'SinkFailed';
}

/**
 * Hands committed events to the configured sink, at least once. Any number of instances do it at the same time; what
 * one of them leaves undone is done by another when its claim has lapsed.
 */
@Injectable()
export class Publisher {
  private readonly logger = new Logger(Publisher.name);
  private opening: Promise<EventSink | null> | undefined;
  private lastWarningAt = -Infinity;
  private failing = false;

  constructor(
    private readonly queue: SinkQueueRepository,
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /**
   * @returns how many events were published; 0 also when the sink refused some, so that a pause follows
   * @throws whatever kept the sink from taking a single event
   */
  async runOnce(): Promise<number> {
    const sink = await (this.opening ??= openSink(this.config));
    if (sink === null) return 0;
    const { owner, events } = await this.queue.claim(batchMax);
    if (events.length === 0) return 0;
    const { acknowledged, failure } = await sink.publish(events);
    if (acknowledged.size > 0) await this.queue.markPublished(owner, acknowledged);
    const published = events.filter(({ id }) => acknowledged.has(id));
    this.metrics.observeLag(
      'sink',
      published.map(({ time }) => new Date(time)),
    );
    const refused = events.flatMap(({ id }) => (acknowledged.has(id) ? [] : [id]));
    if (refused.length === 0) {
      this.tellRecovery();
      return events.length;
    }
    await this.queue.release(owner, refused);
    const failed = new SinkFailed('the sink did not take all events', { cause: failure });
    if (acknowledged.size === 0) throw failed;
    this.tell(failed);
    return 0;
  }

  /** Tells of an error that ended a round, at most every ten seconds. Nothing is lost by it: the round comes again. */
  tell(error: unknown): void {
    // A database that is away is told of by the readiness.
    if (!(error instanceof SinkFailed) && failureKind(error) === 'unavailable') return;
    this.failing = true;
    if (Date.now() - this.lastWarningAt < warningEveryMs) return;
    this.lastWarningAt = Date.now();
    const cause = error instanceof SinkFailed ? error.cause : error;
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    this.logger.warn({ sink: this.config.eventSink, reason }, 'events cannot be published, and wait in the log');
  }

  async close(): Promise<void> {
    await (await this.opening)?.close();
  }

  private tellRecovery(): void {
    if (!this.failing) return;
    this.failing = false;
    this.lastWarningAt = -Infinity;
    this.logger.log({ sink: this.config.eventSink }, 'events are published again');
  }
}
