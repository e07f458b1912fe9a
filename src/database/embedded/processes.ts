import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process by more than its number: numbers are reused, and a stranger must not be taken for ours, let alone ended. */
export interface ProcessIdentity {
  readonly pid: number;
  /** An opaque word for the moment it started; `null` where the system does not tell it. */
  readonly started: string | null;
}

/** @returns `null` when there is no such process, or only its zombie, which waits for a parent that may never come. */
export function identify(pid: number): ProcessIdentity | null {
  if (!exists(pid)) return null;
  const started = startOf(pid);
  return started === 'ended' ? null : { pid, started };
}

export function isRunning(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  return now !== null && (identity.started === null || now.started === identity.started);
}

/**
 * Asks the process to end and makes it end when it has not done so after `graceMs`.
 * @returns false when it still runs, which is another user's process or one that hangs in the kernel
 */
export async function endProcess(identity: ProcessIdentity, graceMs: number): Promise<boolean> {
  for (const [signal, waitMs] of [['SIGTERM', graceMs] as const, ['SIGKILL', 5_000] as const]) {
    if (!isRunning(identity)) return true;
    try {
      process.kill(identity.pid, signal);
    } catch {
      // It ended between the look and the signal, or is not ours to end: the look below tells which.
    }
    const until = Date.now() + waitMs;
    while (isRunning(identity) && Date.now() < until) await sleep(25);
  }
  return !isRunning(identity);
}

/** The last lines a process said, for the error that tells why it ended. */
export class LastLines {
  private readonly lines: string[] = [];

  add(line: string): void {
    if (line.trim() === '') return;
    this.lines.push(line.trimEnd());
    if (this.lines.length > 12) this.lines.shift();
  }

  toString(): string {
    return this.lines.length === 0 ? '(it said nothing)' : this.lines.join('\n');
  }
}

export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly onLine?: (line: string) => void;
}

/** Runs a command to its end, with its lines as they come. A command that cannot be run at all is a failure too. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<{ readonly ok: boolean; readonly output: string }> {
  const child = spawn(command, args, { env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const last = new LastLines();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      last.add(line);
      options.onLine?.(line);
    });
  }
  const timer = setTimeout(() => {
    last.add(`given up after ${options.timeoutMs / 1_000} s`);
    child.kill('SIGKILL');
  }, options.timeoutMs);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      last.add(error.message);
      resolve(null);
    });
    child.once('close', resolve);
  });
  clearTimeout(timer);
  return { ok: code === 0, output: last.toString() };
}

function exists(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process exists although we may not signal it.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      // The second field is the command's name in brackets and may hold blanks and brackets: count from the last one.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'ended' : null;
    }
  }
  if (process.platform === 'win32') return null;
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 }).trim() || null
    );
  } catch {
    return null;
  }
}
