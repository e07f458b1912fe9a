import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { anOrder } from '../support/builders.js';
import type { Random } from '../support/random.js';

/** How many orders are written at the same time. */
const writers = 6;
const eventsPerOrder = 3;

/** Makes orders and moves them on, whatever becomes of the instances it talks to, until each has three events. */
export class Writer {
  /** By order and sequence: when the change was acknowledged, in milliseconds of `performance.now()`. */
  readonly acknowledged = new Map<string, number>();

  constructor(
    /** The instances that serve the API at this moment. */
    private readonly urls: () => readonly string[],
    private readonly random: Random,
  ) {}

  /** @returns the keys of the events written now, as `order/sequence` */
  async write(events: number): Promise<string[]> {
    const keys: string[] = [];
    let left = Math.ceil(events / eventsPerOrder);
    const one = async (): Promise<void> => {
      while (left-- > 0) keys.push(...(await this.order()));
    };
    await Promise.all(Array.from({ length: writers }, one));
    return keys;
  }

  private async order(): Promise<string[]> {
    const made = await this.untilDone('POST', '/orders', anOrder());
    const { id } = made as { id: string };
    const keys = [this.note(id, 1)];
    for (const [index, status] of ['PAID', this.random.of(['FULFILLED', 'CANCELLED'])].entries()) {
      await this.untilDone('PATCH', `/orders/${id}`, { status }, { 'if-match': String(index + 1) });
      keys.push(this.note(id, index + 2));
    }
    return keys;
  }

  private note(orderId: string, sequence: number): string {
    const key = `${orderId}/${sequence}`;
    this.acknowledged.set(key, performance.now());
    return key;
  }

  /** The same request with the same key, until it is known to be done. */
  private async untilDone(method: string, path: string, body: object, more: object = {}): Promise<unknown> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...more };
    for (let attempt = 1; ; attempt++) {
      const urls = this.urls();
      const url = urls[this.random.below(Math.max(urls.length, 1))];
      const answer = url === undefined ? undefined : await sent(`${url}${path}`, method, headers, body);
      if (answer && answer.status < 300) return answer.body;
      if (answer && answer.status < 500 && answer.status !== 409) {
        throw new Error(`${method} ${path} → ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      if (attempt > 300) throw new Error(`${method} ${path} was not done after ${attempt} tries`);
      await sleep(100);
    }
  }
}

async function sent(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: object,
): Promise<{ readonly status: number; readonly body: unknown } | undefined> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    // Killed in the middle: the outcome is unknown, and the same key finds out.
    return undefined;
  }
}
