import { Agent, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { openApiDocument } from '../../src/openapi.js';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { startApp } from './app.js';
import type { AppOptions, RunningApp } from './app.js';
import { anOrder } from './builders.js';
import type { OrderBody } from './builders.js';
import { Conformance } from './conformance.js';
import { rememberAuthorization } from './secrets.js';

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: string;
  readonly recovery: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[];
}

/** What a write answers: the members of the one or of the other. */
export type OrderOrProblem = OrderOut & Omit<ProblemBody, 'status'>;

export type RequestHeaders = Readonly<Record<string, string | readonly string[]>>;

export interface Answer<T = ProblemBody> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body's bytes as text. */
  readonly text: string;
  /** The body parsed; `undefined` when it is not JSON. */
  readonly body: T;
}

export interface Sending {
  readonly headers?: RequestHeaders;
  /** Sent as JSON, with its content type. */
  readonly json?: unknown;
  /** Sent as it is; the content type is JSON unless the headers say otherwise. */
  readonly raw?: string | Uint8Array;
}

/**
 * Talks to the service as a client would, and holds every single answer against the service's own OpenAPI document:
 * the test that asked need not care, and no test can overlook that the document lies.
 */
export class Api {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly conformance: Conformance;

  constructor(readonly running: RunningApp) {
    this.conformance = new Conformance(openApiDocument(running.app));
  }

  /** Of an application of its own, which `end` closes too. */
  static async start(options: AppOptions = {}): Promise<Api> {
    return new Api(await startApp(options));
  }

  /** Node's own client and no `fetch`: it sends paths, methods and headers as they are given. */
  async send<T = ProblemBody>(
    method: string,
    path: string,
    { headers = {}, json, raw }: Sending = {},
  ): Promise<Answer<T>> {
    rememberAuthorization(headers);
    const body = json === undefined ? raw : JSON.stringify(json);
    const length =
      'transfer-encoding' in headers || body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const { hostname, port } = new URL(this.running.url);
    const answer = await new Promise<Answer<T>>((resolve, reject) => {
      const request = httpRequest({
        hostname,
        port,
        method,
        path,
        headers: { ...type, ...length, ...headers } as OutgoingHttpHeaders,
        agent: this.agent,
      });
      request.on('error', reject).on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () =>
          resolve(answerOf(response.statusCode ?? 0, response.headers, Buffer.concat(chunks).toString())),
        );
      });
      request.end(body);
    });
    this.check(method, path, answer);
    return answer;
  }

  get<T = ProblemBody>(path: string, headers: RequestHeaders = {}): Promise<Answer<T>> {
    return this.send<T>('GET', path, { headers });
  }

  /** POST /orders with a valid order, but for what is given. */
  create(order: Partial<OrderBody> = {}, headers: RequestHeaders = {}): Promise<Answer<OrderOrProblem>> {
    return this.send('POST', '/orders', { json: anOrder(order), headers });
  }

  /** PATCH /orders/{id} from the given version. */
  move(
    id: string,
    status: string,
    version: number | string,
    headers: RequestHeaders = {},
  ): Promise<Answer<OrderOrProblem>> {
    return this.send('PATCH', `/orders/${id}`, {
      json: { status },
      headers: { 'if-match': String(version), ...headers },
    });
  }

  /** An order that went through the given statuses. */
  async orderThatWent(...statuses: readonly string[]): Promise<OrderOut> {
    let { body: order } = await this.create();
    for (const status of statuses) ({ body: order } = await this.move(order.id, status, order.version));
    return order;
  }

  close(): void {
    this.agent.destroy();
  }

  async end(): Promise<void> {
    this.close();
    await this.running.close();
  }

  /** @throws Error when the answer, however it was got, is not one that the OpenAPI document tells of */
  check(method: string, target: string, answer: Answer<unknown>): void {
    this.conformance.check(method, target, answer);
  }
}

export function answerOf<T>(status: number, headers: IncomingHttpHeaders, text: string): Answer<T> {
  const isJson = /^application\/([\w.-]+\+)?json/.test(headers['content-type'] ?? '') && text !== '';
  return { status, headers, text, body: (isJson ? JSON.parse(text) : undefined) as T };
}
