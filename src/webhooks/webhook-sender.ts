import { request as requestHttp } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { StringDecoder } from 'node:string_decoder';
import type { AttemptOutcome } from '../metrics/metrics.js';
import { inTrace, traceContextFrom, traceHeaders } from '../tracing/trace-context.js';
import type { TraceContext } from '../tracing/trace-context.js';
import { AddressRefused, refuseLiteral } from './filtering-agents.js';
import type { Agents } from './filtering-agents.js';
import { signatureHeaders } from './signature.js';
import type { WebhookSecret } from './webhook-secret.js';

/** Until the status is there, in milliseconds, connecting and TLS included. */
export const answerTimeoutMs = 15_000;
/** The beginning of the body is for people who look for a fault; it is not waited for long, in milliseconds. */
const bodyTimeoutMs = 1_000;
const responseCharactersMax = 1_024;

export interface Webhook {
  readonly url: string;
  readonly eventId: string;
  readonly payload: string;
  readonly secrets: readonly WebhookSecret[];
}

export interface WebhookAnswer {
  /** Null: there was none. */
  readonly status: number | null;
  /** Null: a success. It tells the tenant what to mend, and nothing of our network. */
  readonly error: string | null;
  readonly response: string | null;
  readonly retryAfter?: string | undefined;
  readonly durationMs: number;
}

/** What was cut off because this process ends: neither a success nor a failure. */
export class SendingCutOff extends Error {
  override readonly name = 'SendingCutOff';
}

export class WebhookSender {
  constructor(
    private readonly agents: Agents,
    private readonly allowPrivate: boolean,
    private readonly count: (outcome: AttemptOutcome, seconds: number) => void = () => undefined,
  ) {}

  /**
   * One try, which ends within 16 seconds whatever the receiver does.
   * @param cutOff ends it early
   * @throws SendingCutOff
   */
  async send(webhook: Webhook, cutOff: AbortSignal): Promise<WebhookAnswer> {
    const startedAt = performance.now();
    const ended = (outcome: AttemptOutcome): number => {
      const ms = performance.now() - startedAt;
      this.count(outcome, ms / 1_000);
      return Math.round(ms);
    };
    const trace = traceContextFrom(JSON.parse(webhook.payload) as Record<string, unknown>);
    try {
      const answer = await inTrace(trace, () => this.attempt({ ...webhook, trace }, cutOff));
      return { ...answer, durationMs: ended(answer.error === null ? 'delivered' : 'failed') };
    } catch (error) {
      if (cutOff.aborted) throw new SendingCutOff('the process ends', { cause: error });
      return { status: null, error: told(error), response: null, durationMs: ended(kindOf(error)) };
    }
  }

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private async attempt(webhook: TracedWebhook, cutOff: AbortSignal): Promise<Omit<WebhookAnswer, 'durationMs'>> {
    const url = new URL(webhook.url);
    if (!this.allowPrivate) refuseLiteral(url.hostname);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new AnswerTimeout()), answerTimeoutMs);
    try {
      const response = await this.request(url, webhook, AbortSignal.any([cutOff, late.signal]));
      clearTimeout(timer);
      const status = response.statusCode ?? 0;
      const succeeded = status >= 200 && status < 300;
      return {
        status,
        error: succeeded ? null : refusal(status),
        response: await beginningOf(response),
        retryAfter: response.headers['retry-after'],
      };
    } finally {
      clearTimeout(timer);
    }
  }

  /** @returns the answer as soon as its status is there */
  private request(url: URL, webhook: TracedWebhook, signal: AbortSignal): Promise<IncomingMessage> {
    const { eventId, payload, secrets, trace = {} } = webhook;
    const { http, https, lookup } = this.agents;
    const isHttps = url.protocol === 'https:';
    const options: RequestOptions = {
      method: 'POST',
      agent: isHttps ? https : http,
      lookup,
      headers: {
        'content-type': 'application/cloudevents+json',
        'content-length': Buffer.byteLength(payload),
        'user-agent': 'order-processing-service',
        ...traceHeaders(trace),
        ...signatureHeaders({ id: eventId, timestamp: new Date(), payload }, secrets),
      },
    };
    return new Promise((resolve, reject) => {
      const request: ClientRequest = (isHttps ? requestHttps : requestHttp)(url, options, resolve);
      const abort = (): void => void request.destroy(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      request.once('close', () => {
        signal.removeEventListener('abort', abort);
        // An answer that is none, such as 101, makes no other event.
        reject(new Error('closed without an answer'));
      });
      request.on('error', reject);
      if (signal.aborted) abort();
      else request.end(payload);
    });
  }
}

/** With the trace of the request that caused the event, for the receiver to continue. */
interface TracedWebhook extends Webhook {
  readonly trace: TraceContext | undefined;
}

class AnswerTimeout extends Error {
  override readonly name = 'AnswerTimeout';
}

/** Never rejects: by now the outcome is known. What comes after the beginning is not read. */
function beginningOf(response: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const decoder = new StringDecoder('utf8');
    let text = '';
    const finish = (): void => {
      clearTimeout(timer);
      resolve(text === '' ? null : firstCharacters(text));
    };
    const cut = (): void => {
      finish();
      response.destroy();
    };
    const timer = setTimeout(cut, bodyTimeoutMs);
    response.on('data', (chunk: Buffer) => {
      text += decoder.write(chunk);
      // A character takes two units of a string at most.
      if (text.length > 2 * responseCharactersMax) cut();
    });
    response.once('end', finish).once('error', finish).once('close', finish);
  });
}

function firstCharacters(text: string): string {
  return Array.from(text).slice(0, responseCharactersMax).join('');
}

function refusal(status: number): string {
  return status >= 300 && status < 400 ? `answered ${status}: redirects are not followed` : `answered ${status}`;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before an answer',
  EPIPE: 'the connection was closed before an answer',
  ETIMEDOUT: 'the connection could not be made in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved at the moment',
  EPROTO: 'TLS failed',
};

/** In our own words: an error's own may show addresses of the network that we are in. */
function told(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (error instanceof AnswerTimeout) return `no answer within ${answerTimeoutMs / 1_000} s`;
  if (isRefusedAddress(error)) return 'the address is not of the public internet';
  const reason = reasons[code];
  if (reason !== undefined) return reason;
  if (/CERT|TLS|SSL|ISSUER|SIGNATURE/.test(code)) return `TLS failed: ${code}`;
  if (code.startsWith('HPE_')) return 'the answer is not HTTP';
  return 'the request failed';
}

/** For the count, which has no place for reasons. */
function kindOf(error: unknown): AttemptOutcome {
  if (isRefusedAddress(error)) return 'blocked';
  const isLate = error instanceof AnswerTimeout || (error as NodeJS.ErrnoException).code === 'ETIMEDOUT';
  return isLate ? 'timeout' : 'unreachable';
}

function isRefusedAddress(error: unknown): boolean {
  // Several addresses were tried: the reason is in the parts. The agent's own refusal is told by its words alone.
  if (error instanceof AggregateError) return error.errors.some(isRefusedAddress);
  return (
    error instanceof AddressRefused || (error instanceof Error && error.message.includes('is not allowed. Because'))
  );
}
