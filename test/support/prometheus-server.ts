import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/database/embedded/readiness.js';
import { ForeignServer, isServed } from './foreign-server.js';

export const observabilityDir = join(import.meta.dirname, '..', '..', 'deploy', 'observability');

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** When, and the number as text. */
  readonly value: readonly [number, string];
}

export interface AlertRule {
  readonly name: string;
  readonly query: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Why it could not be evaluated, if it could not. */
  readonly lastError?: string;
}

export interface Prometheus {
  readonly url: string;
  /** @throws Error with what Prometheus says against the query */
  query(expression: string): Promise<readonly Series[]>;
  alertRules(): Promise<readonly AlertRule[]>;
  stop(): Promise<void>;
}

/**
 * A real Prometheus on a loopback port with the configuration and the rules that are shipped; only whom it scrapes, and how
 * often, is the test's. It is a package of the operating system; nothing is installed here.
 * @param targets `host:port` of each instance
 */
export async function startPrometheus(targets: readonly string[]): Promise<Prometheus> {
  demandPrometheus();
  const dir = await mkdtemp(join(tmpdir(), 'orders-prometheus-'));
  const shipped = await readFile(join(observabilityDir, 'prometheus.yml'), 'utf8');
  const config = shipped
    .replace("targets: ['app:8000']", `targets: ${JSON.stringify(targets)}`)
    .replaceAll(/_interval: 15s/g, '_interval: 2s')
    .replace('scrape_timeout: 5s', 'scrape_timeout: 2s');
  await writeFile(join(dir, 'prometheus.yml'), config);
  await cp(join(observabilityDir, 'alerts.yml'), join(dir, 'alerts.yml'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [
    `--config.file=${join(dir, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(dir, 'data')}`,
    `--web.listen-address=${url.slice('http://'.length)}`,
  ];
  const server = new ForeignServer('prometheus', args, () => isServed(`${url}/-/ready`));
  const stop = async (): Promise<void> => {
    await server.kill9();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await server.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    async query(expression) {
      const { result } = await ask<{ result: Series[] }>(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
      return result;
    },
    async alertRules() {
      const { groups } = await ask<{ groups: { rules: AlertRule[] }[] }>(`${url}/api/v1/rules?type=alert`);
      return groups.flatMap(({ rules }) => rules);
    },
    stop,
  };
}

/** Prometheus' own judgement of the shipped files. @throws Error with what it found */
export function promtool(...args: readonly string[]): void {
  demandPrometheus();
  const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: observabilityDir, encoding: 'utf8' });
  if (status !== 0) throw new Error(`promtool ${args.join(' ')}\n${stdout}${stderr}`);
}

function demandPrometheus(): void {
  for (const command of ['prometheus', 'promtool'])
    if (spawnSync(command, ['--version']).status !== 0)
      throw new Error(`${command} is not on the PATH: install it (Debian: apt-get install prometheus)`);
}

async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url);
  const { status, data, error } = (await response.json()) as { status: string; data: T; error?: string };
  if (status !== 'success') throw new Error(`${decodeURIComponent(url)}: ${error}`);
  return data;
}
