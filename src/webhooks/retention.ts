import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { ServerClock } from '../database/server-clock.js';
import { smallestIdAt } from '../database/uuid-v7.js';
import { EventLog } from '../events/event-log.js';
import { DeliveryLog } from './delivery-log.repository.js';

const dayMs = 86_400_000;
const stepMax = 1_000;

/** Removes events and finished deliveries that are older than EVENT_RETENTION_DAYS, by the time in their ids. */
@Injectable()
export class Retention {
  constructor(
    private readonly events: EventLog,
    private readonly deliveries: DeliveryLog,
    private readonly clock: ServerClock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns how many were removed; 0: nothing is too old any more */
  async runOnce(): Promise<number> {
    const { eventRetentionDays: days, eventSink } = this.config;
    if (days === 0) return 0;
    const before = smallestIdAt((await this.clock.now()).getTime() - days * dayMs);
    const waitingFor = eventSink === 'none' ? (['forWebhooks'] as const) : (['forWebhooks', 'forSink'] as const);
    const events = await this.events.removeBefore(before, waitingFor, stepMax);
    return events + (await this.deliveries.removeFinishedBefore(before, stepMax));
  }
}
