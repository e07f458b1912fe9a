import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

interface Backend {
  readonly url: URL;
  readonly agent: Agent;
  ready: boolean;
}

/** How often each instance is asked whether it is ready, in milliseconds. */
const probeIntervalMs = 200;
const probeTimeoutMs = 1_000;

/**
 * What a load balancer does: keeps connections open, gives requests to the instances that say they are ready, in turn,
 * and repeats nothing, so that every connection that ends at the wrong moment shows.
 */
export class BalancedClient {
  private readonly backends: readonly Backend[];
  private turn = 0;
  private stopped = false;
  private readonly probing: Promise<unknown>;

  constructor(urls: readonly string[]) {
    this.backends = urls.map((url) => ({ url: new URL(url), agent: new Agent({ keepAlive: true }), ready: true }));
    this.probing = Promise.all(this.backends.map((backend) => this.probeUntilStopped(backend)));
  }

  /** @throws Error when no instance is ready, or the connection breaks before the whole answer is there */
  send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: unknown): Promise<Reply> {
    const ready = this.backends.filter((backend) => backend.ready);
    const backend = ready[this.turn++ % ready.length];
    if (!backend) return Promise.reject(new Error('no instance is ready'));
    return exchange(backend, method, path, headers, body);
  }

  isReady(index: number): boolean {
    return this.backends[index]?.ready ?? false;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.probing;
    for (const { agent } of this.backends) agent.destroy();
  }

  private async probeUntilStopped(backend: Backend): Promise<void> {
    while (!this.stopped) {
      backend.ready = await isReady(backend.url);
      await sleep(probeIntervalMs);
    }
  }
}

/** On a connection of its own: a probe must find out whether new connections are accepted. */
async function isReady(url: URL): Promise<boolean> {
  const signal = AbortSignal.timeout(probeTimeoutMs);
  const probe = { url, agent: new Agent({ keepAlive: false }), ready: true };
  return exchange(probe, 'GET', '/ready', {}, undefined, signal).then(
    ({ status }) => status === 200,
    () => false,
  );
}

function exchange(
  { url, agent }: Backend,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  ...[body, signal]: [body?: unknown, signal?: AbortSignal]
): Promise<Reply> {
  const bytes = body === undefined ? undefined : JSON.stringify(body);
  const described =
    bytes === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(bytes)) };
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      ...{ hostname: url.hostname, port: url.port, method, path, agent },
      headers: { ...described, ...headers },
      ...(signal ? { signal } : {}),
    });
    const startedAt = performance.now();
    const fail = (error: Error): void => {
      const { reusedSocket } = request;
      const after = Math.round(performance.now() - startedAt);
      const said = `${method} ${path} at port ${url.port}, ${reusedSocket ? 'kept' : 'new'} connection, ${after} ms`;
      reject(new Error(`${said}: ${error.message}`, { cause: error }));
    };
    request.on('error', fail).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', fail).on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    request.end(bytes);
  });
}
