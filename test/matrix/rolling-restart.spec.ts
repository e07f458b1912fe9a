import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/database/embedded/readiness.js';
import { anOrder } from '../support/builders.js';
import { uniqueDatabaseUri, until } from '../support/database-server.js';
import { startService } from '../support/service-process.js';
import type { ServiceProcess } from '../support/service-process.js';
import { BalancedClient } from './balanced-client.js';
import type { Reply } from './balanced-client.js';

/** Restarts in all, of the two instances in turn: 10 for figures, few without the variable. */
const restarts = Number(process.env['ROLLING_RESTARTS'] ?? 2);
const requestsPerSecond = 50;
/** Long enough for the client to see `/ready` turn 503, and to be given no connection that is about to close. */
const shutdownDelayMs = 1_500;

interface Created {
  readonly id: string;
}

describe('Restarting two instances in turn', () => {
  let services: ServiceProcess[];
  let ports: readonly number[];
  let uri: string;
  let client: BalancedClient;

  const startOn = (port: number): Promise<ServiceProcess> =>
    startService({ MONGODB_URI: uri, PORT: String(port), SHUTDOWN_DELAY_MS: String(shutdownDelayMs) });

  beforeAll(async () => {
    uri = uniqueDatabaseUri('rolling');
    ports = [await freePort(), await freePort()];
    services = [];
    for (const port of ports) services.push(await startOn(port));
    client = new BalancedClient(services.map(({ url }) => url));
  });

  afterAll(async () => {
    await client.stop();
    await Promise.all(services.map((service) => service.kill9()));
  });

  it(
    'fails no request, and every instance ends with status 0',
    async () => {
      const load = new Load(client);
      load.start();
      const statuses: (number | string)[] = [];
      for (let restart = 0; restart < restarts; restart++) {
        const index = restart % 2;
        await sleep(500);
        statuses.push(await services[index]!.terminate());
        await until(() => !client.isReady(index), 5_000);
        services[index] = await startOn(ports[index]!);
        await until(() => client.isReady(index), 5_000);
      }
      await sleep(500);
      await load.stop();
      process.stdout.write(`rolling restart: ${restarts} restarts, ${load.summary()}\n`);
      expect(statuses).toEqual(statuses.map(() => 0));
      expect(load.failures.length === 0 ? [] : [load.failures.length, ...load.failures.slice(0, 10)]).toEqual([]);
      expect(load.answered).toBeGreaterThan(restarts * requestsPerSecond);
    },
    30_000 + 15_000 * restarts,
  );
});

/** Creations with a key, reads, changes and lists, one after the other at a fixed pace, whatever comes of them. */
class Load {
  readonly failures: string[] = [];
  answered = 0;
  private readonly byStatus = new Map<number, number>();
  private readonly open = new Set<Promise<void>>();
  /** Orders nobody has changed yet. */
  private readonly fresh: Created[] = [];
  private readonly all: Created[] = [];
  private sent = 0;
  private longestMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly client: BalancedClient) {}

  start(): void {
    const startedAt = performance.now();
    // A timer that was late makes up for it, or a busy machine would ease the load just when it matters.
    this.timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1_000) * requestsPerSecond;
      while (this.sent < due) this.sendNext();
    }, 1_000 / requestsPerSecond);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.open);
  }

  summary(): string {
    const statuses = [...this.byStatus].map(([status, count]) => `${count} × ${status}`).join(', ');
    return `${this.sent} requests: ${statuses}; ${this.failures.length} failed; longest ${Math.round(this.longestMs)} ms`;
  }

  private sendNext(): void {
    const startedAt = performance.now();
    const exchange = this.next(this.sent++)
      .then(
        ({ status, text }) => {
          this.answered++;
          this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1);
          if (status !== 200 && status !== 201) this.failures.push(`${status} ${text}`);
        },
        (error: unknown) => this.failures.push(String(error)),
      )
      .then(() => {
        this.longestMs = Math.max(this.longestMs, performance.now() - startedAt);
        this.open.delete(exchange);
      });
    this.open.add(exchange);
  }

  private async next(index: number): Promise<Reply> {
    const known = this.all[index % Math.max(1, this.all.length)];
    const unchanged = index % 4 === 1 ? this.fresh.shift() : undefined;
    if (unchanged) {
      const headers = { 'if-match': '1', 'idempotency-key': randomUUID() };
      return this.client.send('PATCH', `/orders/${unchanged.id}`, headers, { status: 'PAID' });
    }
    if (known && index % 4 === 2) return this.client.send('GET', `/orders/${known.id}`, {});
    // One customer of many: a list of all is slow on the stand-in server, which reads all that match before it sorts.
    const customerId = `cus_${index % 97}`;
    if (known && index % 4 === 3) return this.client.send('GET', `/orders?limit=5&customerId=${customerId}`, {});
    const headers = { 'idempotency-key': randomUUID() };
    const reply = await this.client.send('POST', '/orders', headers, anOrder({ customerId }));
    if (reply.status === 201) {
      const created = JSON.parse(reply.text) as Created;
      this.fresh.push(created);
      this.all.push(created);
    }
    return reply;
  }
}
