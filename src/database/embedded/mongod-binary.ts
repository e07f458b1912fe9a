import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type * as MongoMemoryServer from 'mongodb-memory-server';
import { recentFailure, rememberFailure } from './download-memo.js';
import { runCommand } from './processes.js';

export type MemoryServer = typeof MongoMemoryServer;

export interface BinaryOptions {
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (message: string, details?: Record<string, unknown>) => void;
}

export interface MongodBinary {
  readonly path: string;
  readonly version: string;
}

/** The client's bulkWrite, which carries a whole transaction in one round trip, came with MongoDB 8.0. */
const oldestMajor = 8;
const downloadWithinMs = 15 * 60 * 1_000;

/** @returns `null` where it is not installed: it is a development dependency, absent from a production image */
export async function memoryServer(): Promise<MemoryServer | null> {
  try {
    return await import('mongodb-memory-server');
  } catch {
    return null;
  }
}

/** Looks where a mongod may already be, and tells what came of it in one line. */
export async function findMongod({ env, log }: BinaryOptions): Promise<MongodBinary | null> {
  const library = await memoryServer();
  if (library === null) {
    log('Embedded database: no mongod, mongodb-memory-server is not installed (a development dependency)');
    return null;
  }
  // The library itself prefers this variable to whatever it is told, so nothing else is looked for beside it.
  const named = env['MONGOMS_SYSTEM_BINARY'];
  const places: readonly (readonly [string, () => Promise<string | null>])[] = named
    ? [['MONGOMS_SYSTEM_BINARY', () => executable(named)]]
    : [
        ['PATH', () => onPath(env)],
        ["mongodb-memory-server's cache", () => cached(library)],
      ];
  const outcomes: string[] = [];
  for (const [place, find] of places) {
    const path = await find();
    const version = path === null ? null : await versionOf(path, env);
    if (path === null) outcomes.push(`none in ${place}`);
    else if (version === null) outcomes.push(`${path} in ${place} does not tell its version`);
    else if (isTooOld(version)) outcomes.push(`${path} in ${place} is ${version}, older than ${oldestMajor}.0`);
    else {
      log(`Embedded database: found mongod ${version} in ${place}: ${path}`);
      return { path, version };
    }
  }
  log(`Embedded database: no mongod to run: ${outcomes.join('; ')}`);
  return null;
}

/**
 * Downloads a mongod with mongodb-memory-server into that library's cache. It runs in a process of its own because it
 * writes its progress to standard output, which belongs to the service's log.
 */
export async function downloadMongod({ cacheDir, env, log }: BinaryOptions): Promise<MongodBinary | null> {
  if ((await memoryServer()) === null) return null;
  if (env['MONGOMS_SYSTEM_BINARY']) {
    log('Embedded database: mongod not downloaded, MONGOMS_SYSTEM_BINARY names the one to use');
    return null;
  }
  const failed = await recentFailure(cacheDir, new Date());
  if (failed !== null) {
    const when = failed.failedAt.toISOString();
    log(`Embedded database: mongod not downloaded, it failed at ${when}; delete ${failed.file} to try again`);
    return null;
  }
  log('Embedded database: downloading a mongod with mongodb-memory-server');
  let path = '';
  const { ok, output } = await runCommand(process.execPath, ['-e', download, libraryPath()], {
    env,
    timeoutMs: downloadWithinMs,
    onLine: (line) => {
      if (line.startsWith('Downloading')) log(`Embedded database: ${line.trim()}`);
      if (line.startsWith('path=')) path = line.slice('path='.length);
    },
  });
  const version = path === '' ? null : await versionOf(path, env);
  if (ok && version !== null && !isTooOld(version)) {
    log(`Embedded database: downloaded mongod ${version} to ${path}`);
    return { path, version };
  }
  const reason = ok ? `${path} is version ${version ?? 'unknown'}` : (output.split('\n').at(-1) ?? '');
  await rememberFailure(cacheDir, reason, new Date());
  log(`Embedded database: mongod cannot be downloaded, which is remembered for a day: ${reason}`);
  return null;
}

const download = `
const { MongoBinary } = require(process.argv[1]);
MongoBinary.getPath().then(
  (path) => console.log('path=' + path),
  (error) => { console.error(String(error.message).replace(/\\s+/g, ' ')); process.exitCode = 1; },
);`;

function isTooOld(version: string): boolean {
  return Number.parseInt(version, 10) < oldestMajor;
}

function libraryPath(): string {
  return createRequire(import.meta.url).resolve('mongodb-memory-server');
}

async function onPath(env: NodeJS.ProcessEnv): Promise<string | null> {
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod';
  for (const directory of (env['PATH'] ?? '').split(delimiter)) {
    if (directory === '') continue;
    const found = await executable(join(directory, name));
    if (found !== null) return found;
  }
  return null;
}

async function cached(library: MemoryServer): Promise<string | null> {
  const { DryMongoBinary } = library;
  return (await DryMongoBinary.locateBinary(DryMongoBinary.getEnsuredOptions())) ?? null;
}

async function executable(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
}

async function versionOf(binary: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const { output } = await runCommand(binary, ['--version'], { env, timeoutMs: 10_000 });
  return /db version v?(\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null;
}
