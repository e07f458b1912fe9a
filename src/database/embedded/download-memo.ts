import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A machine that cannot download today can hardly do so in a minute; a day later it may stand in another network. */
const rememberedForMs = 24 * 60 * 60 * 1_000;

export interface FailedDownload {
  readonly failedAt: Date;
  readonly reason: string;
  /** Delete it and the download is tried again. */
  readonly file: string;
}

/** @returns the failure that is still worth believing, or `null` */
export async function recentFailure(cacheDir: string, now: Date): Promise<FailedDownload | null> {
  const file = memoFile(cacheDir);
  try {
    const memo = JSON.parse(await readFile(file, 'utf8')) as { failedAt?: unknown; reason?: unknown };
    const failedAt = new Date(String(memo.failedAt));
    const ageMs = now.getTime() - failedAt.getTime();
    // A time in the future comes from a clock that was wrong then or is wrong now. NaN fails both comparisons.
    return ageMs >= 0 && ageMs < rememberedForMs ? { failedAt, reason: String(memo.reason), file } : null;
  } catch {
    // There is no memo, or none that can be read: at worst the download is tried once more.
    return null;
  }
}

export async function rememberFailure(cacheDir: string, reason: string, now: Date): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  const whole = `${memoFile(cacheDir)}.${process.pid}.tmp`;
  await writeFile(whole, `${JSON.stringify({ failedAt: now.toISOString(), reason })}\n`);
  await rename(whole, memoFile(cacheDir));
}

function memoFile(cacheDir: string): string {
  return join(cacheDir, 'mongod-download-failed.json');
}
