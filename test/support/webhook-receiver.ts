import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './database-server.js';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body's bytes as text. */
  readonly text: string;
  readonly at: number;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The connection is cut instead. */
  readonly cut?: boolean;
}

/** What a path answers; a promise lets the sender wait, `undefined` never answers. */
export type Behaviour = (request: Received, nth: number) => Reply | undefined | Promise<Reply | undefined>;

/** Somebody's server that webhooks are sent to: it keeps everything, and fails as it is told to. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly server = createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** From now on that path answers so; without it, 204. */
  on(path: string, behaviour: Behaviour): void {
    this.behaviours.set(path, behaviour);
  }

  at(path: string): Received[] {
    return this.received.filter((each) => each.path === path);
  }

  async untilReceived(path: string, count: number, withinMs = 20_000): Promise<Received[]> {
    await until(() => this.at(path).length >= count, withinMs);
    return this.at(path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    const received = { path, headers: request.headers, text: Buffer.concat(chunks).toString(), at: performance.now() };
    this.received.push(received);
    const behaviour = this.behaviours.get(path);
    const reply = behaviour ? await behaviour(received, this.at(path).length) : {};
    if (!reply) return;
    if (reply.cut) {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status ?? 204, reply.headers).end(reply.body);
  }
}
