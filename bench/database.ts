import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { startEmbeddedDatabase } from '../src/database/embedded/embedded-database.js';

export interface BenchDatabase {
  readonly kind: string;
  /** The URI of a database that nobody else has; dropped by `stop`. */
  fresh(name: string): string;
  stop(): Promise<void>;
}

/** The server in MONGODB_URI, or one in memory that lives as long as the benchmark. */
export async function openDatabase(): Promise<BenchDatabase> {
  const given = process.env['MONGODB_URI'];
  const made: string[] = [];
  const fresh = (base: string, name: string): string => {
    made.push(withDatabase(base, `bench-${name}-${randomUUID().slice(0, 8)}`));
    return made.at(-1) ?? '';
  };
  if (given) {
    const stop = async (): Promise<void> => void (await Promise.all(made.map(drop)));
    return { kind: 'the MongoDB in MONGODB_URI', fresh: (name) => fresh(given, name), stop };
  }
  const cacheDir = fileURLToPath(new URL('../.cache', import.meta.url));
  const log = (message: string): void => void process.stderr.write(`${message}\n`);
  const embedded = await startEmbeddedDatabase({ dataDir: null, cacheDir, env: process.env, log });
  return { kind: embedded.kind, fresh: (name) => fresh(embedded.uri, name), stop: () => embedded.stop() };
}

/** Not with `URL`, which refuses the several hosts of a replica set. */
function withDatabase(uri: string, database: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri);
  if (!parts) throw new Error('MONGODB_URI is not a MongoDB connection string.');
  return `${parts[1]}/${database}${parts[2] ?? ''}`;
}

async function drop(uri: string): Promise<void> {
  const client = new mongoose.mongo.MongoClient(uri);
  await client.db().dropDatabase();
  await client.close();
}
