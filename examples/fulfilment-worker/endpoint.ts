import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config.ts';
import { log } from './log.ts';
import type { Answer, OrdersClient, Problem } from './orders-client.ts';

/** An order's cancellation stops its simulation early. */
const eventTypes = ['order.paid', 'order.cancelled'];
/** After a request to register whose outcome is unknown, in milliseconds. */
const lookAgainAfterMs = 1_000;

interface Endpoint {
  readonly id: string;
  readonly url: string;
}

/** The service tells a secret once, so the worker has to keep it. */
interface KeptEndpoint extends Endpoint {
  readonly secret: string;
}

/**
 * Sees to it that the service sends its events to the given URL, and returns the secret they are signed with. It is
 * kept in the data folder, readable to the worker's user alone.
 * @throws Error when the service refuses, with what to do about it
 */
export async function registeredSecret(config: Config, client: OrdersClient, url: string): Promise<string> {
  const file = join(config.dataDir, 'endpoint.json');
  const kept = read(file);
  if (kept && (await isStillThere(kept, client, url))) return kept.secret;
  for (;;) {
    const made = await register(client, url);
    if (made) {
      keep(file, made);
      return made.secret;
    }
    await sleep(lookAgainAfterMs);
  }
}

/** The service's database may be a new one; and the worker may listen elsewhere than before. */
async function isStillThere(kept: KeptEndpoint, client: OrdersClient, url: string): Promise<boolean> {
  const path = `/webhook-endpoints/${kept.id}`;
  const found = await client.call<Endpoint>('GET', path);
  if (!found.ok && found.problem.code === 'webhook_endpoint_not_found') return false;
  if (bodyOf(found).url !== url) bodyOf(await client.call('PATCH', path, { json: { url } }));
  return true;
}

/**
 * An endpoint with our URL whose secret we do not have is one that we registered without hearing the answer, or whose
 * secret was lost: a new secret for it leaves no second endpoint behind, and nothing that waits for it is lost.
 * @returns undefined when the outcome is unknown: a second POST could make a second endpoint, so look again first
 */
async function register(client: OrdersClient, url: string): Promise<KeptEndpoint | undefined> {
  const existing = await endpointWith(url, client);
  const asked = existing
    ? await client.tryOnce<{ secret: string }>('POST', `/webhook-endpoints/${existing.id}/secret`)
    : await client.tryOnce<KeptEndpoint>('POST', '/webhook-endpoints', {
        json: { url, eventTypes, description: 'Fulfilment worker' },
      });
  if (!('ok' in asked)) {
    log('warn', 'the endpoint may not be registered', { reason: asked.reason });
    return undefined;
  }
  const made = { ...existing, ...bodyOf<KeptEndpoint | { secret: string }>(asked) } as KeptEndpoint;
  log('info', existing ? 'endpoint found, with a new secret' : 'endpoint registered', { endpointId: made.id, url });
  return { id: made.id, url, secret: made.secret };
}

async function endpointWith(url: string, client: OrdersClient): Promise<Endpoint | undefined> {
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await client.call<{ items: Endpoint[]; nextCursor: string | null }>(
      'GET',
      `/webhook-endpoints?limit=100${query}`,
    );
    const { items, nextCursor } = bodyOf(answer);
    const found = items.find((endpoint) => endpoint.url === url);
    if (found) return found;
    cursor = nextCursor;
  } while (cursor !== null);
  return undefined;
}

function bodyOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.body;
  throw new Error(adviceOn(answer.problem));
}

function adviceOn({ status, code, detail }: Problem): string {
  const advice = new Map([
    [401, 'Set ORDERS_API_KEY to a key with the scopes orders:read, orders:write and webhooks:manage.'],
    [403, 'The key in ORDERS_API_KEY needs webhooks:manage; or register by hand and set WEBHOOK_SECRET.'],
    [422, 'Set WEBHOOK_URL to an https URL, or start the service with WEBHOOK_ALLOW_PRIVATE=true.'],
  ]);
  return `The endpoint cannot be registered: ${status} ${code}: ${detail} ${advice.get(status) ?? ''}`.trim();
}

function read(file: string): KeptEndpoint | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeptEndpoint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole or not at all, whenever the process dies. */
function keep(file: string, endpoint: KeptEndpoint): void {
  const draft = openSync(`${file}.new`, 'w', 0o600);
  writeSync(draft, `${JSON.stringify(endpoint)}\n`);
  fsyncSync(draft);
  closeSync(draft);
  renameSync(`${file}.new`, file);
}
