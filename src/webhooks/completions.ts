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
      if (await this.stored(outcomes)) await this.wake(successors);
    });
    this.last = written;
    return { outcomes, successors, written };
  }

  private async stored(outcomes: readonly Outcome[]): Promise<boolean> {
    try {
      await this.queue.complete(outcomes);
    } catch (error) {
      const deliveryIds = outcomes.map(({ id }) => String(id));
      this.logger.warn({ err: error, deliveryIds }, 'outcomes could not be stored: these webhooks are sent again');
      return false;
    }
    this.metrics.webhookDeliveriesDead.inc(outcomes.filter(({ set }) => set.status === 'dead').length);
    return true;
  }

  private async wake(successors: readonly Successors[]): Promise<void> {
    try {
      for (const group of Map.groupBy(successors, ({ endpointId }) => String(endpointId)).values()) {
        const subjects = group.map(({ subject }) => subject);
        await this.queue.wake(group[0]!.endpointId, subjects);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'what comes next of some orders could not be woken: it comes by itself');
    }
  }
}
