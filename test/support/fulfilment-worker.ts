import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { newWebhookSecret } from '../../src/webhooks/webhook-secret.js';
import { until } from './database-server.js';
import { expectNoLeak, rememberSecret, searchForSecrets } from './secrets.js';
import { send } from './send.js';
import { startTcpProxy } from './tcp-proxy.js';
import type { TcpProxy } from './tcp-proxy.js';

const program = fileURLToPath(new URL('../../examples/fulfilment-worker/main.ts', import.meta.url));
/** A busy machine is slow; nothing here is about speed. */
const patienceMs = 120_000;

type Line = Readonly<Record<string, unknown>>;

/** One run of the example, as an operating system sees it. */
export interface WorkerProcess {
  readonly logs: readonly Line[];
  /** Exit status, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** The lines with this message and these members. */
  logged(msg: string, facts?: Line): Line[];
  /** Waits for such a line. */
  untilLogged(msg: string, facts?: Line): Promise<Line>;
  kill9(): Promise<void>;
  terminate(): Promise<number | string>;
}

export interface DeliveryOptions {
  readonly secret?: string;
  /** Sent instead of the signed one. */
  readonly body?: string;
  readonly time?: Date;
}

/** The example on a data folder of its own, which its runs share, and what the service does to it. */
export class WorkerBench {
  readonly secret = newWebhookSecret();
  readonly #env: Readonly<Record<string, string>>;
  readonly #runs: WorkerProcess[] = [];
  readonly #networks: TcpProxy[] = [];

  private constructor(
    readonly dataDir: string,
    env: Readonly<Record<string, string>>,
  ) {
    this.#env = env;
    rememberSecret(this.secret);
  }

  static async make(env: Readonly<Record<string, string>>): Promise<WorkerBench> {
    return new WorkerBench(await mkdtemp(join(tmpdir(), 'orders-worker-')), env);
  }

  /** Returns when it listens or consumes; at once when it is not to be waited for. */
  async start(env: Readonly<Record<string, string>> = {}, waitUntilReady = true): Promise<WorkerProcess> {
    const all: Record<string, string> = {
      DATA_DIR: this.dataDir,
      PORT: '0',
      SIMULATION_SECONDS: '0.3',
      WEBHOOK_SECRET: this.secret,
      ...this.#env,
      ...env,
    };
    const run = runWorker(all);
    this.#runs.push(run);
    if (waitUntilReady) await run.untilLogged(all['NATS_URL'] === undefined ? 'ready for webhooks' : 'consuming');
    return run;
  }

  /** As the service delivers it: signed, and the same bytes every time. */
  async deliver(
    event: CloudEvent,
    { secret = this.secret, body, time = new Date() }: DeliveryOptions = {},
  ): Promise<number> {
    const listening = this.#runs.at(-1)?.logged('listening')[0];
    const bytes = JSON.stringify(event);
    const { status } = await fetch(`http://127.0.0.1:${String(listening?.['port'])}/hooks`, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json',
        'webhook-id': event.id,
        'webhook-timestamp': String(Math.floor(time.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(event.id, time, bytes),
      },
      body: body ?? bytes,
    });
    return status;
  }

  /** Between the worker and whom it talks to; it ends with the bench, even when a test fails. */
  async networkTo(url: string): Promise<TcpProxy & { readonly url: string }> {
    const proxy = await startTcpProxy(Number(new URL(url).port));
    this.#networks.push(proxy);
    return Object.assign(proxy, { url: url.replace(/\d+$/, String(proxy.port)) });
  }

  async clear(): Promise<void> {
    for (const run of this.#runs) await run.kill9();
    for (const network of this.#networks) await network.end();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

function runWorker(env: Readonly<Record<string, string>>): WorkerProcess {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logs: Line[] = [];
  let stderr = '';
  let over = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    searchForSecrets(line);
    logs.push(JSON.parse(line) as Line);
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => {
    over = true;
    searchForSecrets(stderr);
    return (code ?? signal) as number | string;
  });
  const logged = (msg: string, facts: Line = {}): Line[] =>
    logs.filter((line) => line['msg'] === msg && Object.entries(facts).every(([name, fact]) => line[name] === fact));
  const end = async (signal: NodeJS.Signals): Promise<number | string> => {
    child.kill(signal);
    const status = await ended;
    expectNoLeak();
    return status;
  };
  return {
    logs,
    ended,
    logged,
    async untilLogged(msg, facts) {
      await until(() => logged(msg, facts).length > 0 || over, patienceMs).catch(() => undefined);
      const line = logged(msg, facts)[0];
      if (line) return line;
      throw new Error(
        `The worker did not say "${msg}". ${stderr}\n${logs.map((each) => JSON.stringify(each)).join('\n')}`,
      );
    },
    kill9: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
  };
}

/** What GET /orders/{id}/events tells, oldest first. */
export async function historyOf(url: string, id: string): Promise<readonly CloudEvent[]> {
  const { body } = await send(url, 'GET', `/orders/${id}/events`);
  return (body as { items: CloudEvent[] }).items;
}

/** Moves the order from the given version and returns the event of that. */
export async function moveOrder(url: string, id: string, status: string, version: number): Promise<CloudEvent> {
  const { status: answer } = await send(url, 'PATCH', `/orders/${id}`, {
    body: { status },
    headers: { 'if-match': String(version) },
  });
  if (answer !== 200) throw new Error(`the order could not become ${status}: ${answer}`);
  return (await historyOf(url, id))[version]!;
}
