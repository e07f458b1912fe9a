import type { mongo } from 'mongoose';
import { parseKeysCommand, UsageError } from './auth/keys-command.js';
import type { KeyOut } from './auth/keys-store.js';
import { loadEnv } from './config/load-env.js';

/** `npm run -s keys -- …` and, in the image, `node dist/keys.js …`: works on the database, not on a running service. */
const selectionTimeoutMs = 15_000;
const giveUpAfterMs = 28_000;

async function main(): Promise<string> {
  const command = parseKeysCommand(process.argv.slice(2), Date.now());
  const uri = loadEnv()['MONGODB_URI'];
  if (!uri) throw new UsageError('MONGODB_URI is not set');
  // Loading the driver takes most of the time of a command; what was typed wrongly is told without it.
  const { runKeysCommand } = await import('./auth/keys-store.js');
  const client = await clientFor(uri);
  try {
    await client.connect();
    const result = await runKeysCommand(command, client.db());
    return command.json ? JSON.stringify(result) : [result].flat().map(forPeople).join('\n');
  } finally {
    await client.close();
  }
}

async function clientFor(uri: string): Promise<mongo.MongoClient> {
  const { default: mongoose } = await import('mongoose');
  try {
    return new mongoose.mongo.MongoClient(uri, {
      serverSelectionTimeoutMS: selectionTimeoutMs,
      connectTimeoutMS: selectionTimeoutMs,
      socketTimeoutMS: selectionTimeoutMs,
    });
  } catch (error) {
    // The driver's message may repeat the URI, which may hold a password.
    throw new UsageError('MONGODB_URI cannot be read', { cause: error });
  }
}

function forPeople(key: KeyOut): string {
  const lines = Object.entries(key).map(
    ([name, value]) => `${name.padEnd(10)} ${Array.isArray(value) ? value.join(',') : (value ?? '-')}`,
  );
  return `${lines.join('\n')}\n`;
}

function fail(message: string): never {
  process.stderr.write(`keys: ${message.split('\n', 1)[0]}\n`);
  process.exit(1);
}

setTimeout(() => fail('the database did not answer in time'), giveUpAfterMs).unref();
try {
  const output = await main();
  process.stdout.write(output === '' ? '' : `${output}\n`);
} catch (error) {
  if (error instanceof UsageError) fail(error.message);
  fail(`the database could not be used: ${error instanceof Error ? error.name : 'unknown error'}`);
}
