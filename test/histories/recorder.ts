import { anOrder } from '../support/builders.js';
import type { Random } from '../support/random.js';
import { send } from '../support/send.js';
import type { Answer as HttpAnswer } from '../support/send.js';
import type { Answer, Call, Change, Read, Status } from './linearizability.js';

/** The calls on one order, in the order in which they were begun. */
export type History = readonly Call[];

export interface Plan {
  readonly urls: readonly [string, ...string[]];
  readonly clients: number;
  readonly orders: number;
  readonly calls: number;
  readonly random: Random;
}

/** What the clients share; nothing here is locked, as with real clients. */
interface Shared {
  readonly orders: readonly SharedOrder[];
  begun: number;
}

interface SharedOrder {
  readonly id: string;
  readonly calls: Call[];
  readonly keyed: Change[];
  /** The latest version that any client has seen. */
  version: number;
}

/**
 * Lets the clients loose on the orders, a few orders at a time, so that most calls meet others on their order.
 * @returns one history for each order
 * @throws Error for an answer that no call may get, such as a 500
 */
export async function record(plan: Plan): Promise<readonly History[]> {
  const orders = await Promise.all(Array.from({ length: plan.orders }, () => newOrder(plan.urls[0])));
  const shared: Shared = { orders, begun: 0 };
  await Promise.all(Array.from({ length: plan.clients }, (_, client) => runClient(client, plan, shared)));
  return shared.orders.map(({ calls }) => calls);
}

async function newOrder(url: string): Promise<SharedOrder> {
  // With a key: under faults it may take more than one try.
  const headers = { 'idempotency-key': crypto.randomUUID() };
  for (let tries = 1; ; tries++) {
    const { status, body } = await send(url, 'POST', '/orders', { body: anOrder(), headers });
    if (status === 201) return { id: (body as { id: string }).id, calls: [], keyed: [], version: 1 };
    if (tries === 20) throw new Error(`an order could not be created: ${status}`);
  }
}

async function runClient(client: number, plan: Plan, shared: Shared): Promise<void> {
  const { random, calls, urls } = plan;
  while (shared.begun < calls) {
    const order = orderFor(shared, plan);
    shared.begun += 1;
    const request = draw(order, random);
    // Clients stay at no instance.
    const url = random.of(urls);
    const start = performance.now();
    const answer = await ask(url, order.id, request);
    const end = performance.now();
    if (answer === 'refused without effect') continue;
    order.calls.push({ client, start, end, request, ...(answer === undefined ? {} : { answer }) });
    if (answer && 'version' in answer) order.version = Math.max(order.version, answer.version);
  }
}

/** Two orders at a time, and seldom a later look at an earlier one. */
function orderFor({ orders, begun }: Shared, { calls, random }: Plan): SharedOrder {
  const newest = Math.floor((begun / calls) * orders.length);
  const at = random.below(10) === 0 ? random.below(newest + 1) : Math.max(0, newest - random.below(2));
  const order = orders[at];
  if (!order) throw new Error(`there is no order ${at}`);
  return order;
}

function draw(order: SharedOrder, random: Random): Read | Change {
  const dice = random.below(100);
  if (dice < 35) return { kind: 'read' };
  const earlier = order.keyed[random.below(Math.max(order.keyed.length, 1))];
  if (dice < 55 && earlier) return earlier;
  // Creeping through the few versions that there are, now and then beside the mark.
  const ifMatch = Math.max(1, order.version + random.of([0, 0, 0, 0, -1, 1]));
  const to = random.of<Status>(['PAID', 'PAID', 'FULFILLED', 'FULFILLED', 'CANCELLED', 'CREATED']);
  if (dice < 75) return { kind: 'change', to, ifMatch };
  const key = dice < 80 && earlier?.key !== undefined ? earlier.key : `${order.id}-${order.keyed.length}`;
  const change = { kind: 'change', to, ifMatch, key } as const;
  order.keyed.push(change);
  return change;
}

/** @returns `undefined` when nobody can know what came of it */
async function ask(
  url: string,
  id: string,
  request: Read | Change,
): Promise<Answer | undefined | 'refused without effect'> {
  try {
    return understood(await sendCall(url, id, request));
  } catch (error) {
    // A connection that broke; whatever else was thrown is a fault of the test or of the service.
    if (error instanceof TypeError && error.message === 'fetch failed') return undefined;
    throw error;
  }
}

function sendCall(url: string, id: string, request: Read | Change): Promise<HttpAnswer> {
  if (request.kind === 'read') return send(url, 'GET', `/orders/${id}`);
  const { to, ifMatch, key } = request;
  return send(url, 'PATCH', `/orders/${id}`, {
    body: { status: to },
    headers: { 'if-match': `"${ifMatch}"`, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  });
}

interface Body {
  readonly code: string;
  readonly version: number;
  readonly status: Status;
  readonly updatedAt: string;
  readonly currentVersion: number;
  readonly currentStatus: Status;
  readonly from: Status;
}

function understood({ status, headers, text, ...answer }: HttpAnswer): Answer | undefined | 'refused without effect' {
  const body = answer.body as Body;
  if (status === 200) {
    const replayed = headers.get('idempotent-replayed') === 'true';
    const { version, status, updatedAt: content } = body;
    if (headers.get('etag') !== `"${version}"`)
      throw new Error(`version ${version} has the ETag ${headers.get('etag')}`);
    return { kind: 'order', replayed, version, status, content };
  }
  switch (body.code) {
    case 'version_conflict':
      return { kind: 'version_conflict', version: body.currentVersion, status: body.currentStatus };
    case 'invalid_transition':
      return { kind: 'invalid_transition', from: body.from };
    case 'idempotency_key_reused':
      return { kind: 'idempotency_key_reused' };
    case 'idempotency_in_progress':
      return 'refused without effect';
    case 'service_unavailable':
      return undefined;
    default:
      throw new Error(`an answer that no call may get: ${status} ${text}`);
  }
}
