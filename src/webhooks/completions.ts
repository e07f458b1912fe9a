import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.js';
import { DeliveryQueue } from './delivery-queue.repository.js';
import type { Outcome } from './delivery-queue.repository.js';
import type { DeliveryDocument } from './delivery.schema.js';

/** What an ordered endpoint may be sent next, once the one before has come to its end. */
export type Successors = Pick<DeliveryDocument, 'endpointId' | 'subject'>;

interface Batch {
  readonly outcomes: Outcome[];
  readonly successors: Successors[];
  readonly written: Promise<void>;
}

/** Writes outcomes together: what ends while one batch is on its way to the database makes up the next. */
@Injectable()
export class Completions {
  private readonly logger = new Logger(Completions.name);
  private next: Batch | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Resolves when it is written, or could not be: then the claim lapses and somebody sends again.
   * @param successors of an ordered endpoint: woken as soon as this is written
   */
  add(outcome: Outcome, successors?: Successors): Promise<void> {
    const batch = (this.next ??= this.begin());
    batch.outcomes.push(outcome);
    if (successors) batch.successors.push(successors);
    return batch.written;
  }

  private begin(): Batch {
    const outcomes: Outcome[] = [];
    const successors: Successors[] = [];
    const written = this.last.then(async () => {
      this.next = undefined;
      try {
        await this.queue.complete(outcomes);
        this.metrics.webhookDeliveriesDead.inc(outcomes.filter(({ set }) => set.status === 'dead').length);
        for (const { endpointId, subject } of successors) await this.queue.wake(endpointId, subject);
      } catch (error) {
        const deliveryIds = outcomes.map(({ id }) => String(id));
        this.logger.warn({ err: error, deliveryIds }, 'outcomes could not be stored: these webhooks are sent again');
      }
    });
    this.last = written;
    return { outcomes, successors, written };
  }
}
