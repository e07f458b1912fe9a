import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Poller } from '../background/poller.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { failureKind } from '../database/mongo-errors.js';
import { EventFeed } from '../events/event-feed.js';
import { Dispatcher } from './dispatcher.js';
import { FanOut, fanOutBatchMax } from './fan-out.js';
import { Retention } from './retention.js';

/** How soon an idle instance sees what nothing has told it of, in milliseconds. */
const idleMs = 1_000;
/** How often what is too old is looked for, in milliseconds. */
const retentionIdleMs = 600_000;
/** What the rounds under way may take when the process ends, in milliseconds. */
const lastRoundsMs = 5_000;

/** Runs fan-out and dispatch in this process, unless WORKER says that others do. */
@Injectable()
export class WebhookLoops implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(WebhookLoops.name);
  private readonly fanOutPoller: Poller;
  private readonly dispatchPoller: Poller;
  private readonly retentionPoller: Poller;
  private stopping: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly fanOut: FanOut,
    private readonly dispatcher: Dispatcher,
    retention: Retention,
    private readonly feed: EventFeed,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.fanOutPoller = this.poller('webhook fan-out', async () => {
      const handedOut = await this.fanOut.runOnce();
      if (handedOut > 0) this.dispatchPoller.wake();
      // A batch that is not full was the last: what comes next is gathered until somebody tells of it.
      return handedOut >= fanOutBatchMax ? handedOut : 0;
    });
    this.dispatchPoller = this.poller('webhook dispatch', () => this.dispatcher.runOnce());
    this.retentionPoller = this.poller('retention', () => retention.runOnce(), retentionIdleMs);
    this.dispatcher.onFreed(() => this.dispatchPoller.wake());
  }

  onApplicationBootstrap(): void {
    if (this.config.worker === 'off') return;
    this.fanOutPoller.start();
    this.dispatchPoller.start();
    if (this.config.eventRetentionDays > 0) this.retentionPoller.start();
    this.feed.start(() => this.fanOutPoller.wake());
  }

  /** From here on nothing new begins, though requests are still served. */
  onModuleDestroy(): void {
    const pollers = [this.fanOutPoller, this.dispatchPoller, this.retentionPoller];
    this.stopping = Promise.all([this.feed.stop(), ...pollers.map((poller) => poller.stop())]);
  }

  /** Earlier than the database's connection is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.race([this.stopping, sleep(lastRoundsMs, undefined, { ref: false })]);
    await this.dispatcher.stop();
  }

  private poller(name: string, runOnce: () => Promise<number>, everyMs = idleMs): Poller {
    return new Poller({ idleMs: everyMs, runOnce, onError: (error) => this.tell(name, error) });
  }

  private tell(loop: string, error: unknown): void {
    // A database that is away is told of by the readiness; who lost a race comes again.
    if (failureKind(error) === 'foreign')
      this.logger.error({ err: error, loop }, 'a background loop failed; it goes on');
    else this.logger.debug({ err: error, loop }, 'a background loop could not do its round');
  }
}
