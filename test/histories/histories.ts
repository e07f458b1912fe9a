import { judge } from './linearizability.js';
import type { Call } from './linearizability.js';
import { record } from './recorder.js';
import { randomFrom } from '../support/random.js';

export const clients = 8;
export const callsPerHistory = 200;
const ordersPerHistory = 10;

/** How many of either kind; a night has time for more than `npm test` has. */
export function historiesOr(usual: number): number {
  return Number(process.env['HISTORIES'] ?? usual);
}

/** Of the first history; it makes the same requests again, though not at the same instants. */
export const seed = Number(process.env['HISTORIES_SEED'] ?? Date.now() % 2 ** 31);

export interface Figures {
  calls: number;
  unanswered: number;
  changes: number;
  replays: number;
}

/**
 * Records one history of several orders and judges each of them.
 * @throws Error with the calls in question, when a history is not linearizable
 */
export async function recordAndJudge(urls: readonly [string, ...string[]], seed: number): Promise<Figures> {
  const random = randomFrom(seed);
  const plan = { urls, clients, orders: ordersPerHistory, calls: callsPerHistory, random };
  const recorded = await record(plan);
  for (const history of recorded) {
    const verdict = judge(history);
    if (!verdict.linearizable)
      throw new Error(`HISTORIES_SEED=${seed}: not linearizable\n${explained(history, verdict.longest)}`);
  }
  return figuresOf(recorded.flat());
}

export function sum(all: readonly Figures[]): Figures {
  const total = { calls: 0, unanswered: 0, changes: 0, replays: 0 };
  for (const name of Object.keys(total) as (keyof Figures)[]) {
    total[name] = all.reduce((so, figures) => so + figures[name], 0);
  }
  return total;
}

function figuresOf(calls: readonly Call[]): Figures {
  const orders = calls.filter(({ request, answer }) => request.kind === 'change' && answer?.kind === 'order');
  const replays = orders.filter(({ answer }) => answer?.kind === 'order' && answer.replayed).length;
  return {
    calls: calls.length,
    unanswered: calls.filter(({ answer }) => answer === undefined).length,
    changes: orders.length - replays,
    replays,
  };
}

/** Every call in the order of its start; those that fit together are marked with their place. */
function explained(history: readonly Call[], longest: readonly Call[]): string {
  return history
    .toSorted((one, other) => one.start - other.start)
    .map((call) => {
      const place = longest.includes(call) ? String(longest.indexOf(call) + 1) : '-';
      const span = `${call.start.toFixed(2)}–${call.answer ? call.end.toFixed(2) : '?'}`;
      return `${place.padStart(3)} client ${call.client} ${span} ${JSON.stringify(call.request)} → ${JSON.stringify(call.answer)}`;
    })
    .join('\n');
}
