import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config.ts';
import { log, reasonOf } from './log.ts';

/** The service answers within 10 seconds; in milliseconds. */
const requestTimeoutMs = 15_000;
/** The first pause, the longest one, and the longest that is taken on the service's word, in milliseconds. */
const pauseMs = { first: 250, longest: 30_000, asked: 600_000 };

/** The members of an order that this worker reads. */
export interface Order {
  readonly id: string;
  readonly status: 'CREATED' | 'PAID' | 'FULFILLED' | 'CANCELLED';
  readonly version: number;
}

/** The members of a problem document (RFC 9457) that a program decides by. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly recovery: string;
}

export type Answer<T> =
  | { readonly ok: true; readonly body: T; readonly replayed: boolean }
  | { readonly ok: false; readonly problem: Problem };

interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** Neither an answer nor a verdict: the same request finds out. */
export interface Unknown {
  readonly reason: string;
  /** What the service asks for, in milliseconds. */
  readonly retryAfterMs: number;
}

export class OrdersClient {
  readonly #config: Config;
  readonly #stopping: AbortSignal;

  constructor(config: Config, stopping: AbortSignal) {
    this.#config = config;
    this.#stopping = stopping;
  }

  get(id: string): Promise<Answer<Order>> {
    return this.call<Order>('GET', `/orders/${encodeURIComponent(id)}`);
  }

  /** @param version the one the change is made for; @param key the same for every try of the same change */
  changeStatus(id: string, status: Order['status'], version: number, key: string): Promise<Answer<Order>> {
    return this.call<Order>('PATCH', `/orders/${encodeURIComponent(id)}`, {
      headers: { 'if-match': `"${version}"`, 'idempotency-key': key },
      json: { status },
    });
  }

  /**
   * Sends the same request until the service has decided, however long it is away: `retry_same_key`, `wait_and_retry`
   * and broken connections never come back from here. Only for what may safely be repeated.
   * @throws the reason of the stopping signal
   */
  async call<T>(method: string, path: string, sending: Sending = {}): Promise<Answer<T>> {
    for (let failures = 0; ; failures++) {
      const outcome = await this.tryOnce<T>(method, path, sending);
      if ('ok' in outcome) return outcome;
      const backoffMs = Math.min(pauseMs.longest, pauseMs.first * 2 ** failures) * (0.8 + 0.4 * Math.random());
      const waitMs = Math.round(Math.max(backoffMs, Math.min(outcome.retryAfterMs, pauseMs.asked)));
      log('warn', 'the service gave no answer yet', { method, path, reason: outcome.reason, waitMs });
      await sleep(waitMs, undefined, { signal: this.#stopping }).catch(() => this.#stopping.throwIfAborted());
    }
  }

  async tryOnce<T>(method: string, path: string, { headers = {}, json }: Sending = {}): Promise<Answer<T> | Unknown> {
    const { ordersUrl, ordersApiKey } = this.#config;
    try {
      const response = await fetch(`${ordersUrl}${path}`, {
        method,
        headers: {
          ...(ordersApiKey === undefined ? {} : { authorization: `Bearer ${ordersApiKey}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(requestTimeoutMs), this.#stopping]),
      });
      const text = await response.text();
      if (!response.ok) return refusalOf(response, text);
      return { ok: true, body: JSON.parse(text) as T, replayed: response.headers.has('idempotent-replayed') };
    } catch (error) {
      this.#stopping.throwIfAborted();
      return { reason: reasonOf(error), retryAfterMs: 0 };
    }
  }
}

function refusalOf(response: Response, text: string): Answer<never> | Unknown {
  const problem = problemOf(response, text);
  if (problem.recovery !== 'retry_same_key' && problem.recovery !== 'wait_and_retry') return { ok: false, problem };
  // Seconds, as the service writes it; a date, which something in between may write, leaves it to the backoff.
  const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1_000 || 0;
  return { reason: `${problem.status} ${problem.code}`, retryAfterMs };
}

/** Whatever stands between may answer instead of the service, and knows nothing of `recovery`. */
function problemOf({ status, headers }: Response, text: string): Problem {
  if (headers.get('content-type')?.startsWith('application/problem+json')) return JSON.parse(text) as Problem;
  const recovery = status >= 500 || status === 429 || status === 408 ? 'retry_same_key' : 'fix_request';
  return { status, code: 'unknown', detail: `An answer without a problem document: ${status}.`, recovery };
}
