import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from './database-server.js';

/** A busy machine is slow to start anything. */
const startTimeoutMs = 60_000;

/** A real server of somebody else's on a loopback port, which a test may kill and start again. */
export class ForeignServer {
  private child: ChildProcess | undefined;

  constructor(
    private readonly command: string,
    private readonly args: readonly string[],
    private readonly answers: () => Promise<boolean>,
  ) {}

  /** Returns when it answers. */
  async start(): Promise<void> {
    this.child = spawn(this.command, [...this.args], { stdio: 'ignore' });
    await until(this.answers, startTimeoutMs);
  }

  /** Does nothing when it does not run. */
  async kill9(): Promise<void> {
    if (!this.child) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    this.child = undefined;
  }
}

/** Whether a GET is answered with a 2xx. */
export function isServed(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
