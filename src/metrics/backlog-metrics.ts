import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { BacklogRepository } from './backlog.repository.js';
import type { Backlog } from './backlog.repository.js';
import { Metrics } from './metrics.js';

/** Several Prometheus servers, or somebody's reload key, must not become load on the database. In milliseconds. */
const freshForMs = 5_000;

/** Tells how old the oldest event is that nobody was told of: the one figure that shows any loop standing still. */
@Injectable()
export class BacklogMetrics {
  private reading: Promise<void> | undefined;
  private readAt = -Infinity;
  private known: Backlog | undefined;

  constructor(
    private readonly backlog: BacklogRepository,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    metrics.beforeScrape(() => this.update());
  }

  private async update(): Promise<void> {
    if (performance.now() - this.readAt > freshForMs) {
      await (this.reading ??= this.read().finally(() => (this.reading = undefined)));
    }
    this.show();
  }

  /** A failure is kept as long as a success: while the database is silent, not every scrape waits for it. */
  private async read(): Promise<void> {
    try {
      this.known = await this.backlog.oldest();
    } catch {
      // The readiness tells why the database is away; here it counts that nothing is known.
      this.known = undefined;
      this.metrics.backlogReadFailures.inc();
    }
    this.readAt = performance.now();
  }

  private show(): void {
    const gauge = this.metrics.oldestUndelivered;
    // Better no figure than one that nobody knows to be true.
    gauge.reset();
    if (!this.known) return;
    for (const [destination, age] of Object.entries<number>({ ...this.known })) {
      // Without a sink its mark on events means nothing.
      if (destination !== 'sink' || this.config.eventSink !== 'none') gauge.set({ destination }, age);
    }
  }
}
