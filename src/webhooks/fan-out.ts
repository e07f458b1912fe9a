import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { ServerClock } from '../database/server-clock.js';
import { Transactions } from '../database/transactions.js';
import { Metrics } from '../metrics/metrics.js';
import { FanOutRepository } from './fan-out.repository.js';
import type { Destination } from './fan-out.repository.js';

/** How many events one transaction hands out, but for the rest of their orders. Few, so that it is short: it holds them. */
export const fanOutBatchMax = 20;

/**
 * Makes of every committed event one delivery for each endpoint whose filter it matches. Events, endpoints and the
 * deliveries made of them are of one transaction's snapshot, so an event goes to the endpoints that existed when it
 * was committed, however many instances do this at once and wherever one of them dies.
 */
@Injectable()
export class FanOut {
  constructor(
    private readonly repository: FanOutRepository,
    private readonly transactions: Transactions,
    private readonly clock: ServerClock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /** @returns how many events were handed out; fewer than the batch's maximum: there are no more */
  async runOnce(): Promise<number> {
    return this.handOut();
  }

  /**
   * Hands out what was committed before, by the endpoints as they are now. What comes before a change of endpoints
   * that later events alone are to feel.
   */
  async flush(tenantId: string): Promise<void> {
    while ((await this.handOut(tenantId)) > 0);
  }

  private async handOut(tenantId?: string): Promise<number> {
    if (!(await this.repository.isAnyPending(tenantId))) return 0;
    const now = await this.clock.now();
    return this.transactions.run(async () => {
      const events = await this.repository.pending(fanOutBatchMax, tenantId);
      if (events.length === 0) return 0;
      const tenants = [...new Set(events.map((event) => event.tenantId))];
      const destinations = Map.groupBy(await this.repository.destinations(tenants), (each) => each.tenantId);
      for (const event of events) {
        const wanting = (destinations.get(event.tenantId) ?? []).filter((endpoint) => wants(endpoint, event.type));
        for (const endpoint of wanting) this.repository.deliver(event, endpoint, now);
      }
      this.repository.markFannedOut(events, this.config.eventSink !== 'none');
      const times = events.map(({ time }) => time);
      this.transactions.afterCommit(() => this.metrics.observeLag('webhooks', times));
      return events.length;
    });
  }
}

function wants({ eventTypes }: Destination, type: string): boolean {
  return eventTypes.length === 0 || eventTypes.includes(type);
}
