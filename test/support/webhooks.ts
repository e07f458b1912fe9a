import { ServerClock } from '../../src/database/server-clock.js';
import type { DeliveryOut } from '../../src/webhooks/delivery.dto.js';
import { Dispatcher } from '../../src/webhooks/dispatcher.js';
import { FanOut } from '../../src/webhooks/fan-out.js';
import type { WebhookEndpointOut } from '../../src/webhooks/webhook-endpoint.dto.js';
import { startApp } from './app.js';
import type { AppOptions, RunningApp } from './app.js';
import { anOrder } from './builders.js';
import { send } from './send.js';
import type { Answer } from './send.js';
import { WebhookReceiver } from './webhook-receiver.js';

export interface EndpointWithSecret extends WebhookEndpointOut {
  readonly secret: string;
}

/**
 * An application whose loops are turned by hand and whose database server's clock is steered: delays of days pass at
 * once, and nothing happens before a test says so.
 */
export class Webhooks {
  /** How far the database server's clock is ahead of the real one, as this application sees it, in milliseconds. */
  private aheadMs = 0;

  private constructor(
    readonly running: RunningApp,
    readonly receiver: WebhookReceiver,
  ) {
    const clock = running.app.get(ServerClock);
    const real = clock.now.bind(clock);
    clock.now = async () => new Date((await real()).getTime() + this.aheadMs);
  }

  static async start(config: AppOptions['config'] = {}, receiver?: WebhookReceiver): Promise<Webhooks> {
    const full = { worker: 'off', webhookAllowPrivate: true, ...config } as const;
    return new Webhooks(await startApp({ config: full }), receiver ?? (await WebhookReceiver.start()));
  }

  /** A second instance beside this one, with a clock of its own to steer. */
  another(config: AppOptions['config'] = {}): Promise<Webhooks> {
    return Webhooks.start({ ...config, mongodbUri: this.running.mongodbUri }, this.receiver);
  }

  send(method: string, path: string, body?: unknown): Promise<Answer> {
    return send(this.running.url, method, path, { body });
  }

  /** @returns the body of what has to be a success */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status} ${answer.text}`);
    return answer.body as T;
  }

  /** An endpoint that leads to the receiver's path. */
  endpoint(path: string, more: object = {}): Promise<EndpointWithSecret> {
    return this.ask('POST', '/webhook-endpoints', { url: this.receiver.url(path), ...more });
  }

  change(id: string, patch: object): Promise<WebhookEndpointOut> {
    return this.ask('PATCH', `/webhook-endpoints/${id}`, patch);
  }

  /** Oldest first. */
  async deliveries(endpointId: string): Promise<DeliveryOut[]> {
    const { items } = await this.ask<{ items: DeliveryOut[] }>(
      'GET',
      `/webhook-endpoints/${endpointId}/deliveries?limit=100`,
    );
    return items.reverse();
  }

  /** An order that went through those statuses: as many events and one more. @returns its id */
  async order(...statuses: readonly string[]): Promise<string> {
    const { id } = await this.ask<{ id: string }>('POST', '/orders', anOrder());
    for (const [index, status] of statuses.entries()) {
      const headers = { 'if-match': String(index + 1) };
      const answer = await send(this.running.url, 'PATCH', `/orders/${id}`, { body: { status }, headers });
      if (answer.status !== 200) throw new Error(`PATCH → ${answer.status} ${answer.text}`);
    }
    return id;
  }

  /** Time passes for this application. */
  advance(ms: number): void {
    this.aheadMs += ms;
  }

  async fanOut(): Promise<void> {
    while ((await this.running.app.get(FanOut).runOnce()) > 0);
  }

  /** Sends what is due, and what becomes due by that, until there is nothing more. */
  async dispatch(): Promise<void> {
    const dispatcher = this.running.app.get(Dispatcher);
    while ((await dispatcher.runOnce()) > 0) await dispatcher.idle();
  }

  async deliver(): Promise<void> {
    await this.fanOut();
    await this.dispatch();
  }

  async close(): Promise<void> {
    await this.running.close();
  }
}
