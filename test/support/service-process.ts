import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { serviceBuildDir } from './build-service.js';
import { until } from './database-server.js';
import { expectNoLeak, rememberPassword, searchForSecrets } from './secrets.js';

export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** What it wrote to stdout, parsed line by line. */
  readonly logs: readonly Record<string, unknown>[];
  /** What it wrote to stderr. */
  readonly stderr: () => string;
  /** Exit status, or the signal's name; settles when the process has ended. */
  readonly ended: Promise<number | string>;
  /** This and `terminate` throw when a secret that a test used was written. */
  kill9(): Promise<void>;
  /** As when what collects its log dies. */
  stopReading(): void;
  terminate(): Promise<number | string>;
}

/** The service as an operating system sees it, on a free port. @param nodeOptions stand before the program */
export async function startService(
  env: Readonly<Record<string, string>>,
  waitUntilReady = true,
  nodeOptions: readonly string[] = [],
): Promise<ServiceProcess> {
  for (const name of ['MONGODB_URI', 'RATE_LIMIT_REDIS_URL']) rememberPassword(env[name]);
  const child = spawn(process.execPath, [...nodeOptions, join(serviceBuildDir, 'main.js')], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'test', HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logs: Record<string, unknown>[] = [];
  let stderr = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    searchForSecrets(line);
    logs.push(JSON.parse(line) as Record<string, unknown>);
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  let over = false;
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => {
      over = true;
      resolve(code ?? signal ?? 'unknown');
    }),
  );
  /** Later than its end: until then what it wrote may still be on its way. */
  const allRead = once(child, 'close').then(() => searchForSecrets(stderr));
  const listening = (): Record<string, unknown> | undefined => logs.find((line) => line['msg'] === 'listening');
  const url = async (): Promise<string> => {
    await until(() => over || listening() !== undefined, 20_000);
    if (over) throw new Error(`the service ended at once: ${stderr}`);
    return String(listening()?.['url']);
  };
  const service: ServiceProcess = {
    url: await url(),
    pid: child.pid ?? 0,
    logs,
    stderr: () => stderr,
    ended,
    stopReading: () => void child.stdout.destroy(),
    async kill9() {
      child.kill('SIGKILL');
      await allRead;
      expectNoLeak();
    },
    async terminate() {
      child.kill('SIGTERM');
      await allRead;
      expectNoLeak();
      return ended;
    },
  };
  if (waitUntilReady) await until(async () => (await fetch(`${service.url}/ready`)).ok, 20_000);
  return service;
}
