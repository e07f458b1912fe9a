import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ServerClock } from '../database/server-clock.js';
import { DeliveryLog } from './delivery-log.repository.js';
import { DeliveryQueue } from './delivery-queue.repository.js';
import type { Candidate } from './delivery-queue.repository.js';
import type { DeliveryDocument } from './delivery.schema.js';
import type { Lanes } from './lanes.js';
import type { WebhookEndpointDocument } from './webhook-endpoint.schema.js';

/** A killed instance's deliveries wait for so long, in milliseconds. A try that starts in time ends well before. */
const leaseMs = 45_000;
/** Later than this after the claim no try starts, in milliseconds: it might not end before the lease does. */
const startWithinMs = 25_000;
/** How many due deliveries are looked at in one round. */
const candidatesMax = 256;
/** With fewer of them left to take, the queue is looked at as a whole again. */
const windowMin = 64;
/** Of how many orders it is found out in one round which event comes first. */
const subjectsMax = 32;
/**
 * What waits for its endpoint, or for an earlier event, is woken when that changes; should whoever ought to wake it die
 * in between, it comes by itself after so long, in milliseconds.
 */
const disabledWaitMs = 3_600_000;
const blockedWaitMs = 60_000;
/**
 * Of an endpoint that keeps failing, more than so many due deliveries are put off for so long, in milliseconds: they would be
 * looked at in every round for nothing. Its first success brings them back.
 */
const failingBacklogMin = 64;
const failingWaitMs = 300_000;

/** A delivery that is this instance's to send. */
export interface Claimed {
  readonly delivery: DeliveryDocument;
  readonly endpoint: WebhookEndpointDocument;
  readonly claim: Claim;
}

/** The database server's clock as seen from here. */
export class Claim {
  private readonly askedAt = performance.now();

  /** @param serverTime of the moment this is made, or a little earlier */
  constructor(private readonly serverTime: Date) {}

  now(): Date {
    return new Date(this.serverTime.getTime() + Math.round(performance.now() - this.askedAt));
  }

  mayStart(): boolean {
    return performance.now() - this.askedAt < startWithinMs;
  }

  get until(): Date {
    return new Date(this.serverTime.getTime() + leaseMs);
  }
}

/** Decides which due deliveries this instance takes, and puts off those whose time has not come after all. */
@Injectable()
export class Claims {
  /** While more is due than one round looks at: until when what comes first was due. */
  private windowEnd: Date | null = null;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly log: DeliveryLog,
    private readonly clock: ServerClock,
  ) {}

  /**
   * @param lanes what is under way already
   * @returns what is now this instance's, and how many due deliveries there were to look at
   */
  async take(lanes: Lanes, limit: number): Promise<{ readonly found: number; readonly claimed: Claimed[] }> {
    const now = await this.clock.now();
    const claim = new Claim(now);
    const candidates = await this.candidates(lanes, now);
    if (candidates.length === 0) return { found: 0, claimed: [] };
    const groups = Map.groupBy(candidates, ({ endpointId }) => String(endpointId));
    const found = await this.queue.endpoints([...groups.values()].map(([first]) => first!.endpointId));
    const endpoints = new Map(found.map((endpoint) => [String(endpoint._id), endpoint]));
    const ready: Candidate[] = [];
    for (const [endpointId, group] of groups) {
      const free = await this.sendable(group, endpoints.get(endpointId), now);
      ready.push(...free.slice(0, lanes.free(endpointId)));
    }
    const ids = ready.slice(0, limit).map(({ _id }) => _id);
    if (ids.length === 0) return { found: candidates.length, claimed: [] };
    const mine = await this.queue.claim(ids, randomUUID(), now, claim.until);
    const claimed = mine.map((delivery) => ({
      delivery,
      endpoint: endpoints.get(String(delivery.endpointId))!,
      claim,
    }));
    return { found: candidates.length, claimed };
  }

  /** What was put off while the endpoint was disabled or kept failing goes on by its schedule. */
  async bringBack({ _id, tenantId }: WebhookEndpointDocument): Promise<void> {
    await this.log.revive(tenantId, String(_id));
  }

  /** @returns what is due for endpoints that have a free place */
  private async candidates(lanes: Lanes, now: Date): Promise<readonly Candidate[]> {
    const isWanted = ({ endpointId }: Candidate): boolean => lanes.free(String(endpointId)) > 0;
    if (this.windowEnd) {
      const first = (await this.dueUpTo(this.windowEnd, lanes, now)).filter(isWanted);
      if (first.length >= windowMin) return first;
    }
    const due = await this.dueUpTo(now, lanes, now);
    const isMore = due.length === candidatesMax;
    // A server that does not sort by an index reads all that is due, so what comes first is then asked for by itself.
    this.windowEnd = isMore ? due.at(-1)!.dueAt : null;
    const wanted = due.filter(isWanted);
    return wanted.length > 0 || !isMore ? wanted : this.queue.due(now, candidatesMax, lanes.full());
  }

  private async dueUpTo(time: Date, lanes: Lanes, now: Date): Promise<readonly Candidate[]> {
    const due = await this.queue.due(time, candidatesMax);
    await this.putBacklogsOff(lanes, due, now);
    return due;
  }

  private async putBacklogsOff(lanes: Lanes, due: readonly Candidate[], now: Date): Promise<void> {
    const failing = due.filter(({ endpointId }) => lanes.isFailing(String(endpointId)));
    for (const backlog of Map.groupBy(failing, ({ endpointId }) => String(endpointId)).values()) {
      const ids = backlog.slice(failingBacklogMin).map(({ _id }) => _id);
      if (ids.length === 0) continue;
      await this.queue.postpone({ _id: { $in: ids } }, now, new Date(now.getTime() + failingWaitMs));
    }
  }

  private async sendable(
    group: readonly Candidate[],
    endpoint: WebhookEndpointDocument | undefined,
    now: Date,
  ): Promise<readonly Candidate[]> {
    if (!endpoint) {
      const { tenantId, endpointId } = group[0]!;
      // Its removal and a fan-out may have crossed.
      await this.log.removeOf(tenantId, String(endpointId));
      return [];
    }
    if (!endpoint.enabled) {
      await this.waitForEnabling(endpoint, now);
      return [];
    }
    return endpoint.ordered ? this.unblocked(group, now) : group;
  }

  private async waitForEnabling({ _id }: WebhookEndpointDocument, now: Date): Promise<void> {
    await this.queue.postpone({ endpointId: _id }, now, new Date(now.getTime() + disabledWaitMs));
    // It may have been enabled after it was read, and have woken them before they were put off.
    const [endpoint] = await this.queue.endpoints([_id]);
    if (endpoint?.enabled) await this.bringBack(endpoint);
  }

  /** Of each subject only what has nothing before it that is still to be delivered or to die. */
  private async unblocked(group: readonly Candidate[], now: Date): Promise<readonly Candidate[]> {
    const { free, blocked } = await this.sorted(group);
    if (blocked.length === 0) return free;
    const ids = blocked.map(({ _id }) => _id);
    await this.queue.postpone({ _id: { $in: ids } }, now, new Date(now.getTime() + blockedWaitMs));
    // What was in the way may have ended after it was read, and have woken them before they were put off.
    const late = (await this.sorted(blocked)).free.map(({ subject }) => subject);
    if (late.length > 0) await this.queue.wake(group[0]!.endpointId, late);
    return free;
  }

  /** @param group of one endpoint; of too many orders at once the later ones are left for another round */
  private async sorted(
    group: readonly Candidate[],
  ): Promise<{ readonly free: readonly Candidate[]; readonly blocked: readonly Candidate[] }> {
    const histories = [...Map.groupBy(group, ({ subject }) => subject)].slice(0, subjectsMax);
    const firsts = await this.queue.firstPending(
      group[0]!.endpointId,
      histories.map(([subject]) => subject),
    );
    const judged = histories.map(([subject, events]) =>
      events.map((event) => ({ event, isFree: event.sequence <= (firsts.get(subject) ?? event.sequence) })),
    );
    const judgedSo = (wanted: boolean): Candidate[] =>
      judged.flat().flatMap(({ event, isFree }) => (isFree === wanted ? [event] : []));
    return { free: judgedSo(true), blocked: judgedSo(false) };
  }
}
