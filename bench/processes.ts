import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/database/embedded/readiness.js';

/** A program under measurement: a process of its own, seen from outside only. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to the first 200 of /ready, in milliseconds. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

export const contestants = ['floor', 'service'] as const;
export type Contestant = (typeof contestants)[number];

const scripts: Readonly<Record<Contestant, string>> = {
  floor: fileURLToPath(new URL('floor/main.mjs', import.meta.url)),
  service: fileURLToPath(new URL('../dist/main.js', import.meta.url)),
};

const readyWithinMs = 30_000;
const readyLookMs = 10;

/** Set up as in production, but without the loops: the API alone is measured. */
export async function startProgram(contestant: Contestant, mongodbUri: string): Promise<Program> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { AUTH_MODE: 'none', WORKER: 'off', HOST: '127.0.0.1', SHUTDOWN_DELAY_MS: '0' };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeOptions(contestant), scripts[contestant]], {
    env: { NODE_ENV: 'production', PORT: String(port), MONGODB_URI: mongodbUri, ...settings },
    // A pipe that is read, as a container engine does it: the lines of the log cost what they cost in production.
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  const ended = once(child, 'exit');
  // However the benchmark ends, nothing of it goes on.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  void ended.then(() => process.off('exit', kill));
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() - startedAt > readyWithinMs) {
      child.kill('SIGKILL');
      throw new Error(`the ${contestant} did not become ready`);
    }
    await sleep(readyLookMs);
  }
  return {
    url,
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedAt,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** `BENCH_SERVICE_OPTIONS=--cpu-prof` profiles the service, likewise the floor. */
function nodeOptions(contestant: Contestant): string[] {
  return (process.env[`BENCH_${contestant.toUpperCase()}_OPTIONS`] ?? '').split(' ').filter((text) => text !== '');
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/ready`, { headers: { connection: 'close' } }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/**
 * Processor time of all living threads in milliseconds. The scheduler's own account (Linux) is exact to the nanosecond,
 * where /proc/<pid>/stat counts ticks of 10 ms.
 */
export function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1_000_000;
}

/** In MB of 2^20 bytes. */
export function rssMb(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1_024;
  return { now: read('VmRSS'), peak: read('VmHWM') };
}
