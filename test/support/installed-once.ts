import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from '../../src/database/embedded/file-lock.js';
import type { FileLock } from '../../src/database/embedded/file-lock.js';
import { runCommand } from '../../src/database/embedded/processes.js';
import { cacheDir } from './database-server.js';

/** What one step may take on a busy machine, and whoever waits for all of them, in milliseconds. */
const stepMs = 10 * 60 * 1_000;
export const installationMs = 2 * stepMs;

export type Step = readonly [command: string, args: readonly string[], env?: Readonly<Record<string, string>>];

/**
 * Something that tests run and that is made once for all of them, in `.cache/<name>`. Spec files run at the same time:
 * one of them makes it, the others wait.
 * @param steps how it is made; the last thing they make is `file`, which tells that it is complete
 * @returns the path of `file`
 */
export async function installedOnce(
  name: string,
  file: string,
  steps: (dir: string) => readonly Step[],
): Promise<string> {
  const dir = join(cacheDir, name);
  const complete = join(dir, file);
  if (await exists(`${dir}.complete`)) return complete;
  await mkdir(dir, { recursive: true });
  const lock = await waitForLock(`${dir}.lock`);
  try {
    if (await exists(`${dir}.complete`)) return complete;
    for (const [command, args, env = {}] of steps(dir)) {
      const { ok, output } = await runCommand(command, args, { env: { ...process.env, ...env }, timeoutMs: stepMs });
      if (!ok) throw new Error(`${name} cannot be made: \`${command} ${args.join(' ')}\` failed.\n${output}`);
    }
    await access(complete);
    await writeFile(`${dir}.complete`, '');
    return complete;
  } finally {
    await lock.release();
  }
}

async function waitForLock(path: string): Promise<FileLock> {
  for (;;) {
    const lock = await tryLock(path, () => Promise.resolve());
    if (lock.kind === 'held') return lock;
    await sleep(250);
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
