import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, identify, LastLines } from './processes.js';
import type { ProcessIdentity } from './processes.js';
import { freePort, untilReady } from './readiness.js';
import type { SecantusDbInstall } from './secantusdb-install.js';

/** A database server that answers. */
export interface DatabaseProcess {
  readonly uri: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface SecantusDbOptions {
  readonly install: SecantusDbInstall;
  /** An absolute directory, or `:memory:`. */
  readonly storage: string;
  /** A free one when it is absent. */
  readonly port?: number;
  readonly failCommands: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (message: string, details?: Record<string, unknown>) => void;
  /** Called before the server is waited for, so that a crash meanwhile leaves no unknown process. */
  readonly onSpawn?: (database: ProcessIdentity) => Promise<void>;
}

const startsMax = 5;
const readyWithinMs = 30_000;

/**
 * The server's own entry point, with a thread that reads its standard input. The other end of that pipe is held by this
 * process alone, and the kernel closes it however this process ends, `kill -9` included: then the server stops by
 * itself. No watchdog process has to be started, watched and ended in its turn.
 */
const entryPoint = `
import os, signal, sys, threading, time
def end_with_parent():
    while os.read(0, 4096):
        pass
    signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)
    time.sleep(4)
    os._exit(1)
threading.Thread(target=end_with_parent, daemon=True).start()
from secantus.cli import main
sys.argv[0] = "secantusd-py"
sys.exit(main(sys.argv[2:]))
`;

/** @throws Error with the server's last lines when it does not answer within 30 s */
export async function startSecantusDb(options: SecantusDbOptions): Promise<DatabaseProcess> {
  const signal = AbortSignal.timeout(readyWithinMs);
  for (let start = 1; ; start += 1) {
    const launched = await launch(options);
    const gone = new AbortController();
    void launched.ended.then(() => gone.abort());
    const outcome = await Promise.race([launched.ended, ready(launched, AbortSignal.any([signal, gone.signal]))]);
    if (outcome === 'ready') return running(launched, options);
    await endProcess(launched.identity, 2_000);
    // Another process can take the port between our look and the server's; the predecessor can still hold the store.
    const passing = /address already in use|resource busy|temporarily unavailable/i.test(launched.lines.toString());
    if (!passing || start >= startsMax || signal.aborted) {
      throw new Error(`SecantusDB did not start: ${outcome}\n${launched.lines.toString()}`);
    }
    await sleep(200 * start);
  }
}

interface Launched {
  readonly child: ChildProcessByStdio<Writable, null, Readable>;
  readonly identity: ProcessIdentity;
  readonly lines: LastLines;
  readonly port: number;
  readonly uri: string;
  /** Settles with how the process ended, never rejects. */
  readonly ended: Promise<string>;
}

async function launch(options: SecantusDbOptions): Promise<Launched> {
  const { install, storage, failCommands } = options;
  const port = options.port ?? (await freePort());
  const args = ['--config', install.settings, '--host', '127.0.0.1', '--port', String(port), '--storage-path', storage];
  args.push('--log-level', 'WARNING', '--sync-on-commit', ...(failCommands ? ['--enable-test-commands'] : []));
  const child = spawn(install.python, ['-c', entryPoint, 'secantusd-py', ...args], {
    env: options.env,
    stdio: ['pipe', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C in a terminal reaches the whole group, and the service must drain before this ends.
    detached: true,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // 'close' comes after the last line on stderr, which the error needs.
    child.once('close', (code, signal) => resolve(signal === null ? `exit status ${code}` : `signal ${signal}`));
  });
  const lines = new LastLines();
  createInterface({ input: child.stderr }).on('line', (line) => lines.add(line));
  child.stdin.on('error', () => undefined);
  if (child.pid === undefined) throw new Error(`${install.python} cannot be run: ${await ended}`);
  const identity = identify(child.pid) ?? { pid: child.pid, started: null };
  try {
    await options.onSpawn?.(identity);
  } catch (error) {
    await endProcess(identity, 0);
    throw error;
  }
  return { child, identity, lines, port, uri: `mongodb://127.0.0.1:${port}/orders?directConnection=true`, ended };
}

async function ready({ uri, identity }: Launched, signal: AbortSignal): Promise<string> {
  try {
    await untilReady(uri, identity.pid, signal);
    return 'ready';
  } catch (error) {
    return `not ready within ${readyWithinMs / 1_000} s: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function running({ child, identity, lines, port, uri, ended }: Launched, { log }: SecantusDbOptions): DatabaseProcess {
  let stopping = false;
  void ended.then((how) => {
    if (!stopping)
      log(`Embedded database: SecantusDB ended by itself: ${how}`, { pid: identity.pid, output: lines.toString() });
  });
  // A process that has nothing else to do may end; the server then ends with it.
  child.unref();
  for (const stream of [child.stdin, child.stderr]) (stream as unknown as Socket).unref();
  return {
    uri,
    port,
    pid: identity.pid,
    async stop(): Promise<void> {
      stopping = true;
      child.ref();
      if (!(await endProcess(identity, 10_000)))
        throw new Error(`SecantusDB, process ${identity.pid}, cannot be ended.`);
      await ended;
    },
  };
}
