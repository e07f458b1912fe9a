import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Claims } from './claims.js';
import type { Claimed } from './claims.js';
import { Completions } from './completions.js';
import { DeliveryQueue } from './delivery-queue.repository.js';
import type { Outcome } from './delivery-queue.repository.js';
import { Lanes } from './lanes.js';
import { givenBack, isGone, outcomeOf } from './outcome.js';
import { SendingCutOff, WebhookSender } from './webhook-sender.js';
import type { WebhookAnswer } from './webhook-sender.js';

/** How many deliveries are under way at the same time, from this instance. */
const underWayMax = 256;
/** When the process ends: how long tries may go on, and how long the outcomes may take, in milliseconds. */
const lastTriesMs = 8_000;
const lastOutcomesMs = 3_000;

/** Sends what is due, at least once. Any number of instances do it at the same time. */
@Injectable()
export class Dispatcher {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly lanes = new Lanes();
  private readonly underWay = new Set<Promise<void>>();
  private readonly cutOff = new AbortController();
  private freed: () => void = () => undefined;

  constructor(
    private readonly claims: Claims,
    private readonly completions: Completions,
    private readonly queue: DeliveryQueue,
    private readonly sender: WebhookSender,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param freed called whenever a delivery has come to its end, and another one may have its place */
  onFreed(freed: () => void): void {
    this.freed = freed;
  }

  /**
   * Takes what is due and begins to send it; it does not wait for the answers.
   * @returns how many due deliveries it has looked at; 0: there is nothing, or no place, for now
   */
  async runOnce(): Promise<number> {
    const places = underWayMax - this.lanes.underWay;
    if (places <= 0) return 0;
    const { found, claimed } = await this.claims.take(this.lanes, places);
    for (const each of claimed) this.begin(each);
    return found;
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** Lets what is under way end, and gives back what does not in time. Nothing new may begin. */
  async stop(): Promise<void> {
    await Promise.race([this.idle(), sleep(lastTriesMs, undefined, { ref: false })]);
    this.cutOff.abort();
    await Promise.race([this.idle(), sleep(lastOutcomesMs, undefined, { ref: false })]);
    this.sender.close();
  }

  private begin(claimed: Claimed): void {
    const endpointId = String(claimed.delivery.endpointId);
    this.lanes.enter(endpointId);
    const delivering = this.deliver(claimed)
      .catch((error: unknown): undefined => {
        this.logger.error({ err: error, deliveryId: String(claimed.delivery._id) }, 'a delivery failed unexpectedly');
      })
      .then((succeeded) => {
        this.lanes.leave(endpointId, succeeded);
        this.underWay.delete(delivering);
        this.freed();
      });
    this.underWay.add(delivering);
  }

  /** @returns whether the receiver took it; undefined: that is not known */
  private async deliver(claimed: Claimed): Promise<boolean | undefined> {
    const { delivery, endpoint, claim } = claimed;
    if (!claim.mayStart()) return undefined;
    const startedAt = claim.now();
    let answer: WebhookAnswer;
    try {
      const { url, secrets } = endpoint;
      const { payload } = delivery;
      answer = await this.sender.send({ url, eventId: String(delivery.eventId), payload, secrets }, this.cutOff.signal);
    } catch (error) {
      if (!(error instanceof SendingCutOff)) throw error;
      await this.completions.add(givenBack(delivery, claim.now()));
      return undefined;
    }
    if (isGone(answer)) await this.disable(claimed);
    const ended = { delivery, startedAt, endedAt: claim.now(), answer };
    const outcome = outcomeOf(ended, this.config.webhookRetrySeconds, Math.random());
    const isOver = outcome.set.status !== 'pending';
    await this.completions.add(outcome, endpoint.ordered && isOver ? delivery : undefined);
    this.tell(claimed, outcome);
    const succeeded = answer.error === null;
    if (succeeded && this.lanes.isFailing(String(endpoint._id))) await this.claims.bringBack(endpoint);
    return succeeded;
  }

  private async disable({ endpoint }: Claimed): Promise<void> {
    if (!(await this.queue.disable(endpoint))) return;
    const { tenantId, _id } = endpoint;
    this.logger.warn({ tenantId, webhookEndpointId: String(_id) }, 'a webhook endpoint answered 410: it is disabled');
  }

  private tell({ delivery, endpoint }: Claimed, { attempt, set }: Outcome): void {
    const names = {
      tenantId: endpoint.tenantId,
      webhookEndpointId: String(endpoint._id),
      deliveryId: String(delivery._id),
      eventId: String(delivery.eventId),
    };
    if (set.status === 'dead') this.logger.warn({ ...names, reason: attempt?.error }, 'a webhook delivery is dead');
    else if (set.status === 'pending') this.logger.debug({ ...names, reason: attempt?.error }, 'a webhook failed');
  }
}
