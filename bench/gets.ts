// What a GET costs processes of the service: for benchmarks that compare ways to start one.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import http from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs } from './processes.js';

const requestsPerRound = 2_000;
const connections = 8;
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });

export interface Started {
  readonly child: ChildProcess;
  readonly port: number;
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

/**
 * Starts the service on a free port and returns when it is ready. The listening line tells the port, so it must be logged.
 * @param variables beside this process's own
 */
export async function startService(
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Started> {
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'production', ...variables };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg?: string; url: string };
    if (msg !== 'listening') continue;
    child.stdout.resume();
    const port = Number(new URL(url).port);
    while ((await request(port, '/ready').catch(() => undefined))?.status !== 200) await sleep(50);
    return { child, port };
  }
  throw new Error(`the service did not start: ${command} ${args.join(' ')} ${JSON.stringify(variables)}`);
}

/**
 * Reads one order from each process in interleaved rounds. Ends the processes.
 * @param services on one database; the first makes the order
 * @param rounds one more is made before, to warm up
 * @returns of each service the CPU milliseconds of a GET, one figure a round
 */
export async function costsOfGets(
  services: readonly Started[],
  rounds: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly (readonly number[])[]> {
  const order = { customerId: 'bench', currency: 'USD', items: [{ sku: 'S', quantity: 1, unitPrice: '1.00' }] };
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const { id } = JSON.parse((await request(services[0]!.port, '/orders', post, JSON.stringify(order))).text) as {
    id: string;
  };
  const costs = services.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { child, port }] of services.entries()) {
      const before = cpuMs(child.pid!);
      await readMany(port, `/orders/${id}`, headers);
      if (round > 0) costs[index]!.push((cpuMs(child.pid!) - before) / requestsPerRound);
    }
  }
  for (const { child } of services) child.kill('SIGKILL');
  agent.destroy();
  return costs;
}

async function readMany(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<void> {
  let left = requestsPerRound;
  const reader = async (): Promise<void> => {
    while (left-- > 0) {
      const { status } = await request(port, path, { headers });
      if (status !== 200) throw new Error(`port ${port} answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, reader));
}

function request(port: number, path: string, options: http.RequestOptions = {}, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = http.request({ agent, port, path, host: '127.0.0.1', ...options }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
