import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Poller } from '../background/poller.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { EventsModule } from '../events/events.module.js';
import { Publisher } from './publisher.js';
import { SinkQueueRepository } from './sink-queue.repository.js';

/** How soon an event is seen by an idle instance, in milliseconds. */
const idleMs = 500;
/** What the round under way may take when the process ends, in milliseconds. */
const lastRoundMs = 5_000;

@Module({
  imports: [EventsModule],
  providers: [Publisher, SinkQueueRepository],
})
export class SinksModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly poller: Poller;

  constructor(
    private readonly publisher: Publisher,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.poller = new Poller({
      idleMs,
      runOnce: () => publisher.runOnce(),
      onError: (error) => publisher.tell(error),
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.worker !== 'off' && this.config.eventSink !== 'none') this.poller.start();
  }

  /** Earlier than the database's connection is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.race([this.poller.stop(), sleep(lastRoundMs, undefined, { ref: false })]);
    await this.publisher.close();
  }
}
