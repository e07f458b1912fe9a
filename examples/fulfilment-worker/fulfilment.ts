import type { Inbox } from './inbox.ts';
import { log } from './log.ts';
import type { OrderEvent } from './order-event.ts';
import type { Answer, Order, OrdersClient, Problem } from './orders-client.ts';
import type { SimulationResult } from './simulation.ts';

/** How an event ended, for good. */
export type Outcome = 'fulfilled' | 'already fulfilled' | 'cancelled' | 'given up';

/** Why a simulation is stopped: nobody wants its result any more. */
export class OrderCancelled extends Error {
  override readonly name = 'OrderCancelled';
}

export interface Means {
  readonly orders: OrdersClient;
  readonly inbox: Inbox;
  readonly simulate: (event: OrderEvent, signal: AbortSignal) => Promise<SimulationResult>;
}

/** Every conflict means that somebody else moved the order, and it has not so many moves. */
const conflictsMax = 5;

/**
 * The story of one paid order. It may be told again from the start at any time: after a crash, a redelivery, or by
 * another worker. Then the simulation is repeated unless its result was kept, and the change of the order never is.
 * @param signal aborted with OrderCancelled, or with another reason when the worker stops
 * @throws Error when it could not be decided; the event is to be tried again later
 */
export async function fulfil(event: OrderEvent, signal: AbortSignal, means: Means): Promise<Outcome> {
  if (!means.inbox.hasResult(event.id)) {
    // The event may be old: no simulation is started for an order that has moved on.
    const answer = await means.orders.get(event.orderId);
    if (!answer.ok) return giveUp(event, answer.problem);
    if (answer.body.status !== 'PAID') return outcomeOf(answer.body);
    try {
      means.inbox.keepResult(event.id, await means.simulate(event, signal));
    } catch (error) {
      if (error instanceof OrderCancelled) return 'cancelled';
      throw error;
    }
  }
  return markAsFulfilled(event, means.orders);
}

async function markAsFulfilled(event: OrderEvent, orders: OrdersClient): Promise<Outcome> {
  let version = event.version;
  for (let conflicts = 0; conflicts < conflictsMax; conflicts++) {
    const changed = await orders.changeStatus(event.orderId, 'FULFILLED', version, keyOf(event, version));
    if (changed.ok) return fulfilled(event, changed);
    if (changed.problem.recovery !== 'refetch_and_retry') return giveUp(event, changed.problem);
    log('info', 'the order has moved on', { orderId: event.orderId, eventId: event.id, code: changed.problem.code });
    const current = await orders.get(event.orderId);
    if (!current.ok) return giveUp(event, current.problem);
    if (current.body.status !== 'PAID') return outcomeOf(current.body);
    version = current.body.version;
  }
  throw new Error('the order does not stop moving');
}

/**
 * The same for every try of the same change, also by another process, so that a try whose answer was lost is answered
 * again instead of refused. A change from another version is another request and needs a key of its own.
 */
function keyOf(event: OrderEvent, version: number): string {
  return version === event.version ? `fulfil-${event.id}` : `fulfil-${event.id}-v${version}`;
}

function fulfilled(event: OrderEvent, { replayed, body }: Extract<Answer<Order>, { ok: true }>): Outcome {
  log('info', 'order fulfilled', { orderId: event.orderId, eventId: event.id, version: body.version, replayed });
  return 'fulfilled';
}

/** The state of an order that is not PAID decides alone; CREATED never follows on PAID. */
function outcomeOf({ status }: Order): Outcome {
  if (status === 'FULFILLED') return 'already fulfilled';
  return status === 'CANCELLED' ? 'cancelled' : 'given up';
}

/**
 * `give_up` is a verdict about this order. Everything else, and a missing scope too, says that the worker or its
 * configuration is wrong: a paid order is not dropped for that but waits until somebody has mended it.
 */
function giveUp(event: OrderEvent, { status, code, detail, recovery }: Problem): Outcome {
  if (recovery !== 'give_up' || status === 403) throw new Error(`${status} ${code}: ${detail}`);
  log('error', 'the service wants nothing more of this event', { orderId: event.orderId, eventId: event.id, code });
  return 'given up';
}
