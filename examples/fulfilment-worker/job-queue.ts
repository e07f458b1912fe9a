import { OrderCancelled } from './fulfilment.ts';
import type { Outcome } from './fulfilment.ts';
import type { Inbox } from './inbox.ts';
import { log, reasonOf } from './log.ts';
import type { OrderEvent } from './order-event.ts';

/** After a failure that is not the order's fault, in milliseconds. */
const againAfterMs = 30_000;

export interface Job {
  readonly event: OrderEvent;
  /** True: finished for good. False: left for the next start. Never rejects. */
  readonly finished: Promise<boolean>;
}

interface OpenJob extends Job {
  readonly interruption: AbortController;
  readonly settle: (finished: boolean) => void;
}

export type Work = (event: OrderEvent, signal: AbortSignal) => Promise<Outcome>;

/** Works off the inbox, so many jobs at a time, and each event once however often it comes. */
export class JobQueue {
  readonly #inbox: Inbox;
  readonly #work: Work;
  readonly #concurrency: number;
  readonly #jobs = new Map<string, OpenJob>();
  readonly #waiting: OpenJob[] = [];
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(inbox: Inbox, work: Work, concurrency: number) {
    this.#inbox = inbox;
    this.#work = work;
    this.#concurrency = concurrency;
  }

  /** The event is on the disk when this returns. @throws Error when it could not be noted */
  take(event: OrderEvent): Job {
    this.#inbox.add(event);
    if (this.#inbox.isFinished(event.id)) return { event, finished: Promise.resolve(true) };
    const known = this.#jobs.get(event.id);
    if (known) return known;
    if (this.#stopped) return { event, finished: Promise.resolve(false) };
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const job: OpenJob = { event, finished: promise, interruption: new AbortController(), settle: resolve };
    this.#jobs.set(event.id, job);
    this.#enqueue(job);
    return job;
  }

  /** Takes up what an earlier process left. */
  resume(): void {
    const events = this.#inbox.unfinished();
    if (events.length > 0) log('info', 'going on with events of an earlier run', { count: events.length });
    for (const event of events) this.take(event);
  }

  /** Only saves time: a cancelled order whose simulation was not stopped is found out when it is to be changed. */
  cancel(orderId: string): void {
    for (const { event, interruption } of this.#jobs.values())
      if (event.orderId === orderId) interruption.abort(new OrderCancelled('the order was cancelled'));
  }

  /** Interrupts what runs; all that is unfinished stays in the inbox. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { interruption } of this.#jobs.values()) interruption.abort(new Error('the worker stops'));
    await Promise.all(this.#running);
    for (const { settle } of this.#jobs.values()) settle(false);
  }

  #enqueue(job: OpenJob): void {
    this.#waiting.push(job);
    this.#startNext();
  }

  #startNext(): void {
    while (!this.#stopped && this.#running.size < this.#concurrency) {
      const job = this.#waiting.shift();
      if (!job) return;
      const run = this.#run(job).finally(() => {
        this.#running.delete(run);
        this.#startNext();
      });
      this.#running.add(run);
    }
  }

  async #run(job: OpenJob): Promise<void> {
    const { event, interruption } = job;
    const facts = { orderId: event.orderId, eventId: event.id };
    try {
      const outcome = await this.#work(event, interruption.signal);
      this.#inbox.finish(event.id, outcome);
      this.#jobs.delete(event.id);
      log('info', 'event finished', { ...facts, outcome });
      job.settle(true);
    } catch (error) {
      if (this.#stopped) return;
      log('error', 'an event could not be handled and is tried again', {
        ...facts,
        reason: reasonOf(error),
        againAfterMs,
      });
      setTimeout(() => this.#enqueue(job), againAfterMs).unref();
    }
  }
}
