import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/**
 * The steps of the Dockerfile done by hand: what is built here runs in a folder that has nothing but the build, the
 * production packages and package.json, so a package that is needed at run time and is none of `dependencies` fails.
 */
const repository = join(import.meta.dirname, '..');
const stepTimeoutMs = 60_000;
const readyTimeoutMs = 20_000;
/** The contract's own: a process that was told to stop has stopped. */
const stopTimeoutMs = 30_000;

let workspace: string;
let image: string;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'production-build-'));
  image = join(workspace, 'image');
  mkdirSync(image);
  const build = join(workspace, 'build');
  for (const name of ['package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'src']) {
    cpSync(join(repository, name), join(build, name), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(build, 'node_modules'));
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(repository, name), join(image, name));
  const install = ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['run', 'build'], build);
  await run('npm', install, image);
  rmSync(join(image, 'package-lock.json'));
  cpSync(join(build, 'dist'), join(image, 'dist'), { recursive: true });
}, 2 * stepTimeoutMs);

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

describe('the production build', () => {
  it('starts without any development package, serves orders, and stops with status 0 on SIGTERM', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const service = start({
      NODE_ENV: 'production',
      AUTH_MODE: 'none',
      HOST: '127.0.0.1',
      PORT: String(port),
      MONGODB_URI: databaseUri(),
      SHUTDOWN_DELAY_MS: '100',
    });
    try {
      await service.until(() => isReady(url));

      const created = await fetch(`${url}/orders`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          customerId: 'cus_42',
          currency: 'USD',
          items: [{ sku: 'SIM-CFD-1', quantity: 2, unitPrice: '19.99' }],
        }),
      });
      expect([created.status, await created.json()]).toEqual([201, expect.objectContaining({ amount: '39.98' })]);

      expect(await service.stop()).toEqual({ code: 0, signal: null });
      const lines = service.stdout().trim().split('\n');
      for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    } finally {
      service.kill();
    }
  }, 90_000);

  it('does not start without a database, and says which variable is missing', async () => {
    const service = start({ NODE_ENV: 'production', AUTH_MODE: 'none' });
    try {
      expect(await service.ended()).toEqual({ code: 1, signal: null });
      expect(service.output()).toContain('MONGODB_URI');
    } finally {
      service.kill();
    }
  }, 60_000);
});

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface Service {
  readonly stdout: () => string;
  readonly output: () => string;
  readonly until: (isTrue: () => Promise<boolean>) => Promise<void>;
  readonly ended: () => Promise<Ending>;
  readonly stop: () => Promise<Ending>;
  readonly kill: () => void;
}

/** Only these variables: neither jest's nor the developer's own may help it to run. */
function start(env: NodeJS.ProcessEnv): Service {
  const child = spawn(process.execPath, ['--import', './dist/tracing.js', 'dist/main.js'], {
    cwd: image,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const output = (): string => stdout() + stderr();
  // 'close' comes when both streams have been read to their end as well.
  const closed = endingOf(child);
  const ended = (): Promise<Ending> => within(closed, stopTimeoutMs, () => `still running:\n${output()}`);
  return {
    stdout,
    output,
    ended,
    until: (isTrue) => pollUntil(isTrue, child, output),
    stop: () => {
      child.kill('SIGTERM');
      return ended();
    },
    kill: () => child.kill('SIGKILL'),
  };
}

async function endingOf(child: ChildProcess): Promise<Ending> {
  const [code, signal] = (await once(child, 'close')) as [Ending['code'], Ending['signal']];
  return { code, signal };
}

async function pollUntil(isTrue: () => Promise<boolean>, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs;
  while (!(await isTrue())) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the service ended:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`not ready after ${readyTimeoutMs} ms:\n${output()}`);
    await sleep(100);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.text();
    return response.status === 200;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

/** Runs one step of the build with the Node.js that runs this test, whatever PATH would give. */
async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const env = { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: stepTimeoutMs });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const { code, signal } = await endingOf(child);
  if (code === 0) return;
  throw new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${stdout()}${stderr()}`);
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}

async function within<T>(work: Promise<T>, ms: number, complaint: () => string): Promise<T> {
  const aborter = new AbortController();
  const late = sleep(ms, undefined, { signal: aborter.signal }).then(() => {
    throw new Error(complaint());
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    aborter.abort();
  }
}

/** A database of its own on the server that all specs share. */
function databaseUri(): string {
  const uri = new URL(process.env['TEST_MONGODB_URI']!);
  uri.pathname = `/production_build_${process.pid}`;
  return uri.href;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
