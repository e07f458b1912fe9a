import { setTimeout as sleep } from 'node:timers/promises';
import { anOrder } from '../support/builders.js';
import type { Answer } from '../support/send.js';

/** A creation or a change with its key, which is sent again and again and takes effect once. */
export interface KeyedRequest {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export type Outcome = 'done' | 'replayed' | '503' | '409 in progress' | 'connection lost';

export interface Attempt {
  readonly outcome: Outcome;
  /** Absent when the connection was lost. */
  readonly answer?: Answer;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** When it was over, by `performance.now()`. */
  readonly at: number;
}

/** No request may stay open for longer, whatever happens. */
export const openMaxMs = 30_000;

export function creation(key: string): KeyedRequest {
  const headers = { 'idempotency-key': key };
  return { method: 'POST', path: '/orders', key, body: anOrder({ customerId: key }), headers };
}

export function change(key: string, orderId: string): KeyedRequest {
  const headers = { 'idempotency-key': key, 'if-match': '1' };
  return { method: 'PATCH', path: `/orders/${orderId}`, key, body: { status: 'PAID' }, headers };
}

export interface Attempting {
  /** The service may die, so the connection may break. */
  readonly mayBreak?: boolean;
  /** Aborted when the client goes away. */
  readonly leaving?: AbortSignal;
}

/** @throws Error when the answer is none that the contract has for this request, or none came in time */
export async function attempt(
  url: string,
  request: KeyedRequest,
  { mayBreak = false, leaving }: Attempting = {},
): Promise<Attempt> {
  const { method, key } = request;
  const startedAt = performance.now();
  const late = AbortSignal.timeout(openMaxMs);
  const answer = await exchange(url, request, leaving ? AbortSignal.any([late, leaving]) : late).catch(
    (error: unknown) => {
      if (late.aborted) throw new Error(`${method} ${key}: still open after ${openMaxMs} ms`, { cause: error });
      if (!mayBreak && !leaving?.aborted) {
        throw new Error(`${method} ${key}: the connection broke`, { cause: error });
      }
      return undefined;
    },
  );
  const at = performance.now();
  const ms = at - startedAt;
  return answer ? { outcome: outcomeOf(request, answer), answer, ms, at } : { outcome: 'connection lost', ms, at };
}

async function exchange(url: string, request: KeyedRequest, signal: AbortSignal): Promise<Answer> {
  const { method, path, body, headers } = request;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}

/** Asks again with the same key until it is done. */
export async function untilDone(url: string, request: KeyedRequest, giveUpAt: number): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (;;) {
    const latest = await attempt(url, request);
    attempts.push(latest);
    if (isDone(latest)) return attempts;
    if (performance.now() > giveUpAt) {
      const seen = attempts.map(({ outcome, ms }) => `${outcome} after ${Math.round(ms)} ms`);
      throw new Error(`${request.method} ${request.key}: not done in time: ${seen.join(', ')}`);
    }
    await sleep(50);
  }
}

/**
 * The answers that tell of success are one answer: byte for byte, with the same headers, and only one of them at most
 * is not a replay.
 */
export function expectOneAnswer(attempts: readonly Attempt[]): void {
  const done = attempts.filter(isDone);
  const shown = done.map(({ answer }) => ({
    text: answer?.text,
    location: answer?.headers.get('location'),
    etag: answer?.headers.get('etag'),
  }));
  for (const each of shown) expect(each).toEqual(shown[0]);
  expect(done.slice(1).map(({ outcome }) => outcome)).toEqual(done.slice(1).map(() => 'replayed'));
}

export function isDone({ outcome }: Attempt): boolean {
  return outcome === 'done' || outcome === 'replayed';
}

function outcomeOf({ method, key }: KeyedRequest, { status, headers, body, text }: Answer): Outcome {
  if (status === (method === 'POST' ? 201 : 200)) {
    return headers.get('idempotent-replayed') === 'true' ? 'replayed' : 'done';
  }
  const { code, recovery } = (body ?? {}) as { code?: string; recovery?: string };
  const waits = /^[1-9][0-9]*$/.test(headers.get('retry-after') ?? '');
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const said = `${status} ${code} ${recovery}`;
  if (waits && isProblem && said === '503 service_unavailable wait_and_retry') return '503';
  if (waits && isProblem && said === '409 idempotency_in_progress retry_same_key') return '409 in progress';
  throw new Error(`${method} ${key}: an answer that must not be: ${status} ${text}`);
}
