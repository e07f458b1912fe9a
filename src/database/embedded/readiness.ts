import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';

const { MongoClient } = mongoose.mongo;

/** One look must not take the whole time: a socket of a server that is just starting may never answer. */
const oneLookMs = 5_000;

/** A port that was free a moment ago. Whoever uses it must be ready to find it taken. */
export async function freePort(): Promise<number> {
  const port = await bind(0);
  if (port === null) throw new Error('No free TCP port on 127.0.0.1.');
  return port;
}

export async function isFree(port: number): Promise<boolean> {
  return (await bind(port)) !== null;
}

/**
 * Waits until this very process answers as a primary and runs a transaction: a replica set listens long before that,
 * and on a port that another process took first it is the other one that answers.
 * @throws the last failure when `signal` ends the waiting
 */
export async function untilReady(uri: string, pid: number, signal: AbortSignal): Promise<void> {
  let last: unknown = new Error('it was not asked');
  while (!signal.aborted) {
    try {
      await look(uri, pid);
      return;
    } catch (error) {
      last = error;
      await sleep(50);
    }
  }
  throw last;
}

async function look(uri: string, pid: number): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, connectTimeoutMS: 1_000, maxPoolSize: 1 });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${oneLookMs} ms`)), oneLookMs);
  });
  try {
    await Promise.race([ask(client, pid), late]);
  } finally {
    clearTimeout(timer);
    await client.close().catch(() => undefined);
  }
}

async function ask(client: mongoose.mongo.MongoClient, pid: number): Promise<void> {
  const admin = client.db('admin');
  const hello = await admin.command({ hello: 1 });
  if (hello['isWritablePrimary'] !== true) throw new Error('it is not a primary yet');
  const status = await admin.command({ serverStatus: 1 });
  if (Number(status['pid']) !== pid) throw new Error(`another server, process ${String(status['pid'])}, has the port`);
  await client.withSession((session) =>
    // A read leaves nothing behind, not even an empty collection.
    session.withTransaction(() => client.db('orders').collection('orders').findOne({}, { session })),
  );
}

async function bind(port: number): Promise<number | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const bound = (server.address() as AddressInfo).port;
      server.close(() => resolve(bound));
    });
  });
}
