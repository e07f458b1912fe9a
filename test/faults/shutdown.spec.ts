import { execFile } from 'node:child_process';
import { Agent, request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceBuildDir } from '../support/build-service.js';
import { anOrder } from '../support/builders.js';
import { startDurableServer, uniqueDatabaseUri, until } from '../support/database-server.js';
import { FailPoints } from '../support/server-fail-points.js';
import { send } from '../support/send.js';
import { startService } from '../support/service-process.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

/** By a client that keeps its connections and shows what the server says of them. */
function connectionHeader(url: string, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent }, (response: IncomingMessage) => {
      response.resume().on('end', () => resolve(response.headers.connection));
    });
    request.on('error', reject).end();
  });
}

const isListening = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    async (response) => {
      await response.text();
      return true;
    },
    () => false,
  );

describe('A service that is told to end', () => {
  it('is not ready any more, serves all else until the listener closes, and ends with status 0', async () => {
    const service = await startService({ MONGODB_URI: uniqueDatabaseUri(), SHUTDOWN_DELAY_MS: '6000' });
    const agent = new Agent({ keepAlive: true });
    try {
      expect(await connectionHeader(`${service.url}/healthz`, agent)).toBe('keep-alive');
      const ended = service.terminate();
      await until(async () => (await send(service.url, 'GET', '/ready')).status === 503, 5_000);
      const created = await send(service.url, 'POST', '/orders', { body: anOrder() });
      expect(created.status).toBe(201);
      const { id } = created.body as { id: string };
      const paid = await send(service.url, 'PATCH', `/orders/${id}`, {
        body: { status: 'PAID' },
        headers: { 'if-match': '1' },
      });
      expect(paid.status).toBe(200);
      expect((await send(service.url, 'GET', '/healthz')).status).toBe(200);
      for (const path of ['/orders', '/nowhere', '/ready'])
        expect(await connectionHeader(`${service.url}${path}`, agent)).toBe('close');
      expect(await ended).toBe(0);
      expect(await isListening(service.url)).toBe(false);
      expect(service.stderr()).toBe('');
    } finally {
      agent.destroy();
      await service.kill9();
    }
  });

  it('ends although nobody reads its log any more', async () => {
    // Between the last lines and the end there has to be less time than lines are gathered for, so it is tried again.
    for (let count = 0; count < 4; count++) {
      const service = await startService({
        MONGODB_URI: uniqueDatabaseUri(),
        WORKER: 'off',
        SHUTDOWN_DELAY_MS: '0',
      });
      try {
        service.stopReading();
        // Without a limit a process that never ends would outlive the test.
        const late = sleep(25_000, 'still running', { ref: false });
        expect(await Promise.race([service.terminate(), late])).toBe(0);
      } finally {
        await service.kill9();
      }
    }
  });

  it('answers the request that is open when its listener closes', async () => {
    const database = await startDurableServer();
    const failPoints = await FailPoints.on(database.uri);
    const proxy = await startTcpProxy(database.port);
    const uri = new URL(database.uri);
    uri.port = String(proxy.port);
    const service = await startService({
      MONGODB_URI: uri.href,
      SHUTDOWN_DELAY_MS: '0',
      REQUEST_TIMEOUT_MS: '20000',
      DATABASE_TIMEOUT_MS: '15000',
    });
    try {
      let arrived = false;
      proxy.onRequest = (chunk) => {
        if (chunk.includes('bulkWrite\0')) arrived = true;
        return 'pass';
      };
      await failPoints.arm(['bulkWrite'], { blockConnection: true, blockTimeMS: 5_000 }, 1);
      let answered = false;
      const open = send(service.url, 'POST', '/orders', { body: anOrder(), headers: { 'idempotency-key': 'open' } });
      void open.finally(() => (answered = true)).catch(() => undefined);
      await until(() => arrived, 10_000);
      const ended = service.terminate();
      await until(async () => !(await isListening(service.url)), 10_000);
      expect(answered).toBe(false);
      const answer = await open;
      expect(answer.status).toBe(201);
      expect(answer.headers.get('connection')).toBe('close');
      expect(await ended).toBe(0);
      const orders = failPoints.client.db().collection('orders');
      expect(await orders.countDocuments({})).toBe(1);
    } finally {
      await service.kill9();
      await failPoints.close();
      await proxy.end();
      await database.stop();
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('by %s, and again, ends once, with status 0', async (signal) => {
    const service = await startService({ MONGODB_URI: uniqueDatabaseUri(), SHUTDOWN_DELAY_MS: '500' });
    process.kill(service.pid, signal);
    await until(() => service.logs.some(({ msg }) => msg === 'shutting down'), 10_000);
    killIfAlive(service.pid, signal);
    expect(await service.ended).toBe(0);
    expect(service.logs.filter(({ msg }) => msg === 'shutting down')).toMatchObject([{ signal }]);
    expect(service.logs.at(-1)).toMatchObject({ msg: 'shut down' });
    expect(service.stderr()).toBe('');
  });

  it('ends with status 0 though its database is away', async () => {
    const proxy = await startTcpProxy(1);
    await proxy.close();
    const uri = `mongodb://127.0.0.1:${proxy.port}/nowhere?directConnection=true`;
    const service = await startService({ MONGODB_URI: uri, SHUTDOWN_DELAY_MS: '0' }, false);
    expect((await send(service.url, 'GET', '/ready')).status).toBe(503);
    expect(await service.terminate()).toBe(0);
  });
});

describe('A bad configuration', () => {
  interface Outcome {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }

  const run = (env: Readonly<Record<string, string>>): Promise<Outcome> =>
    new Promise((resolve) => {
      const options = { env: { PATH: process.env['PATH'], ...env }, timeout: 20_000 };
      const child = execFile(process.execPath, [join(serviceBuildDir, 'main.js')], options, (_error, stdout, stderr) =>
        resolve({ status: child.exitCode, stdout, stderr }),
      );
    });

  it('ends the start with status 1, one line for each bad variable on stderr and nothing on stdout', async () => {
    const { status, stdout, stderr } = await run({
      NODE_ENV: 'test',
      PORT: '80x',
      LOG_LEVEL: 'loud',
      SHUTDOWN_DELAY_MS: '-1',
      MONGODB_URI: 'http://user:secret@localhost/',
    });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    const lines = stderr.trimEnd().split('\n').slice(1);
    const named = lines.map((line) => /^- ([A-Z_]+) /.exec(line)?.[1]);
    expect(named.toSorted()).toEqual(['LOG_LEVEL', 'MONGODB_URI', 'PORT', 'SHUTDOWN_DELAY_MS']);
    expect(stderr).not.toContain('secret');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is that of production without a database', async () => {
    const { status, stdout, stderr } = await run({ NODE_ENV: 'production' });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^- MONGODB_URI is not set/m);
  });
});

/** Without a delay the process may have ended before the second signal could be sent. */
function killIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
