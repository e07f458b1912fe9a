import type { Operation } from './operations.js';
import type { Contestant } from './processes.js';
import type { RoundTrips } from './round-trips.js';
import { markdownTable, median, quantile } from './statistics.js';

/** So many requests of one kind, sent to one program. */
export interface Round {
  /** Processor time of the program's process for one request. */
  readonly cpuMs: number;
  readonly perSecond: number;
  readonly durationsMs: readonly number[];
}

export interface Outcome {
  readonly results: Readonly<Record<Operation, Readonly<Record<Contestant, readonly Round[]>>>>;
  readonly chosen: readonly Operation[];
  readonly memory: Readonly<Record<Contestant, { idleMb: number; peakMb: number; readyMs: number }>>;
  readonly trips: RoundTrips | undefined;
}

/** Each cell is `service / floor`. */
export function report({ results, chosen, memory, trips }: Outcome): string {
  const pair = (of: (contestant: Contestant) => string): string => `${of('service')} / ${of('floor')}`;
  const rows = chosen.map((operation) => {
    const rounds = results[operation];
    const cpu = (each: Contestant): number => median(rounds[each].map((round) => round.cpuMs));
    const perSecond = (each: Contestant): number => median(rounds[each].map((round) => round.perSecond));
    const latency = (each: Contestant, p: number): number =>
      quantile(
        rounds[each].flatMap((round) => round.durationsMs),
        p,
      );
    return [
      operation,
      pair((each) => cpu(each).toFixed(3)),
      (cpu('service') / cpu('floor')).toFixed(2),
      pair((each) => perSecond(each).toFixed(0)),
      pair((each) => latency(each, 0.5).toFixed(1)),
      pair((each) => latency(each, 0.99).toFixed(1)),
      trips ? pair((each) => trips[each][operation].toFixed(2).replace(/\.00$/, '')) : '–',
    ];
  });
  const perRequest = markdownTable(
    ['Operation', 'CPU ms', 'ratio', 'requests/s', 'p50 ms', 'p99 ms', 'round trips'],
    rows,
  );
  const ratio = (of: 'idleMb' | 'peakMb' | 'readyMs'): string => (memory.service[of] / memory.floor[of]).toFixed(2);
  const perProcess = markdownTable(
    ['Process', 'service', 'floor', 'ratio'],
    (
      [
        ['RSS idle, MB', 'idleMb'],
        ['RSS peak, MB', 'peakMb'],
        ['ready after, ms', 'readyMs'],
      ] as const
    ).map(([title, of]) => [title, memory.service[of].toFixed(0), memory.floor[of].toFixed(0), ratio(of)]),
  );
  return `Each pair of figures is service / floor.\n\n${perRequest}\n\n${perProcess}`;
}
