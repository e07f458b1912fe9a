import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { freePort } from '../../src/database/embedded/readiness.js';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { uniqueDatabaseUri, until } from '../support/database-server.js';
import { randomFrom } from '../support/random.js';
import { send } from '../support/send.js';
import { startService } from '../support/service-process.js';
import type { ServiceProcess } from '../support/service-process.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import type { Received, Reply } from '../support/webhook-receiver.js';
import { Writer } from './writer.js';

/** 10 000 for figures, few without the variable. */
const eventsInAll = Number(process.env['SOAK_EVENTS'] ?? 240);
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 2 ** 31);
const killEveryMs = 5_000;
const random = randomFrom(seed);

const env = {
  WEBHOOK_ALLOW_PRIVATE: 'true',
  // Short, so that what fails three times in ten comes to its end while somebody watches.
  WEBHOOK_RETRY_SECONDS: '1,1,2,2,3,3,5,5,10,10,10,10',
  SHUTDOWN_DELAY_MS: '0',
};

let uri: string;
let receiver: WebhookReceiver;
const services: (ServiceProcess | undefined)[] = [undefined, undefined];
let writer: Writer;

async function startInstance(index: number, more: Record<string, string> = {}): Promise<void> {
  services[index] = await startService({ ...env, ...more, MONGODB_URI: uri });
}

async function killInstance(index: number): Promise<void> {
  const service = services[index];
  services[index] = undefined;
  await service?.kill9();
}

beforeAll(async () => {
  process.stdout.write(`soak: seed ${seed}, ${eventsInAll} events\n`);
  uri = uniqueDatabaseUri('soak');
  receiver = await WebhookReceiver.start();
  await startInstance(0);
  await startInstance(1);
  writer = new Writer(() => services.flatMap((service) => service?.url ?? []), random);
});

afterAll(async () => {
  await Promise.all([0, 1].map(killInstance));
  await receiver?.close();
});

async function endpoint(url: string, ordered = false): Promise<string> {
  const answer = await send(services[0]!.url, 'POST', '/webhook-endpoints', { body: { url, ordered } });
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
}

/** Three in ten fail, each in one of the ways in which receivers do. */
function flaky(): Reply {
  if (random.below(10) >= 3) return { status: 204 };
  return random.of<Reply>([{ status: 500 }, { status: 503, headers: { 'retry-after': '1' } }, { cut: true }]);
}

function keyOf({ text }: Received): string {
  const { subject, sequence } = JSON.parse(text) as CloudEvent;
  return `${subject.slice('orders/'.length)}/${sequence}`;
}

/** What has come there so far, in its order. */
const seen = {
  good: [] as string[],
  flaky: [] as string[],
  taken: new Set<string>(),
  ids: new Map<string, Set<string>>(),
};
const firstAt = new Map<string, number>();

function note(lane: 'good' | 'flaky', request: Received): string {
  const key = keyOf(request);
  seen[lane].push(key);
  const ids = seen.ids.get(key) ?? new Set();
  seen.ids.set(key, ids.add(String(request.headers['webhook-id'])));
  return key;
}

function latencyP95Ms(keys: readonly string[]): number {
  const latencies = keys.map((key) => firstAt.get(key)! - writer.acknowledged.get(key)!).sort((a, b) => a - b);
  return Math.round(latencies[Math.floor(latencies.length * 0.95)]!);
}

describe('With a good, a flaky and a dead endpoint and two instances', () => {
  it('every event arrives, in order where that is asked for, though one instance is killed every five seconds', async () => {
    receiver.on('/good', (request) => {
      const key = note('good', request);
      if (!firstAt.has(key)) firstAt.set(key, performance.now());
      return {};
    });
    receiver.on('/flaky', (request) => {
      const key = note('flaky', request);
      const reply = flaky();
      if (reply.status === 204) seen.taken.add(key);
      return reply;
    });
    await endpoint(receiver.url('/good'));
    await endpoint(receiver.url('/flaky'), true);
    const arrived = (keys: readonly string[]) => () => keys.every((key) => firstAt.has(key) && seen.taken.has(key));

    const calm = await writer.write(eventsInAll / 10);
    await until(arrived(calm), 120_000);

    say('the calm events have arrived');

    const dead = await endpoint(`http://127.0.0.1:${await freePort()}/`);
    const besideDead = await writer.write(eventsInAll / 10);
    await until(arrived(besideDead), 120_000);

    say('those beside a dead endpoint have arrived');

    let writing = true;
    const killing = (async () => {
      let kills = 0;
      for (; writing || kills < 2; kills++) {
        await killInstance(kills % 2);
        await sleep(killEveryMs / 2);
        await startInstance(kills % 2);
        await sleep(killEveryMs / 2);
      }
      return kills;
    })();
    const underKills = await writer.write((eventsInAll * 7) / 10);
    writing = false;
    const kills = await killing;
    say(`${kills} kills are over, and some events on their way`);
    await until(arrived(underKills), 120_000);

    say('those under kills have arrived');

    await Promise.all([0, 1].map(killInstance));
    await startInstance(0, { WORKER: 'off' });
    const backlog = await writer.write(eventsInAll / 10);
    const before = performance.now();
    await startInstance(1, { WORKER: 'only' });
    await until(() => backlog.every((key) => firstAt.has(key)), 120_000);
    const backlogMs = Math.round(performance.now() - before);
    await until(arrived(backlog), 120_000);

    const all = [...writer.acknowledged.keys()];
    expect(all.filter((key) => !firstAt.has(key) || !seen.taken.has(key))).toEqual([]);
    expect([...seen.ids].filter(([, ids]) => ids.size !== 1)).toEqual([]);
    expect(new Set([...seen.ids.keys()])).toEqual(new Set(all));
    expect(inverted(seen.flaky)).toEqual([]);
    const lost = await notFor(dead, [...besideDead, ...underKills, ...backlog]);
    expect(lost).toEqual([]);
    process.stdout.write(
      `soak: ${all.length} events, ${kills} kills, sent again to the good one ${seen.good.length - all.length}, ` +
        `tries at the flaky one ${seen.flaky.length}; 95th percentile to the good one: ` +
        `calm ${latencyP95Ms(calm)} ms, beside a dead one ${latencyP95Ms(besideDead)} ms, ` +
        `under kills ${latencyP95Ms(underKills)} ms; backlog of ${backlog.length} gone ` +
        `${backlogMs} ms after one worker was started\n`,
    );
  }, 3_600_000);
});

/** So that who watches a run of half an hour knows where it is. */
function say(what: string): void {
  process.stdout.write(`soak: ${Math.round(performance.now() / 1_000)} s: ${what}\n`);
}

/** Tries of an order's event after one of a later event. */
function inverted(keys: readonly string[]): string[] {
  const highest = new Map<string, number>();
  return keys.filter((key) => {
    const [order, sequence] = key.split('/') as [string, string];
    const before = highest.get(order) ?? 0;
    highest.set(order, Math.max(before, Number(sequence)));
    return Number(sequence) < before;
  });
}

/** Which of the events no delivery to that endpoint, pending or dead, exists of. */
async function notFor(endpointId: string, keys: readonly string[]): Promise<string[]> {
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  const found = await client
    .db()
    .collection('webhook_deliveries')
    .find({ endpointId: new mongoose.mongo.UUID(endpointId) })
    .project<{ subject: string; sequence: number }>({ subject: 1, sequence: 1 })
    .toArray();
  await client.close();
  const there = new Set(found.map(({ subject, sequence }) => `${subject.slice('orders/'.length)}/${sequence}`));
  return keys.filter((key) => !there.has(key));
}
