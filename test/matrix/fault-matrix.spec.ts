import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { until } from '../support/database-server.js';
import { startService } from '../support/service-process.js';
import type { ServiceProcess } from '../support/service-process.js';
import { Bench } from './bench.js';
import type { Recovery } from './bench.js';
import { Gate } from './gate.js';
import type { Placed } from './gate.js';
import { Journal } from './journal.js';
import { attempt } from './keyed-request.js';
import type { Attempt, KeyedRequest } from './keyed-request.js';
import { failPoints, points } from './points.js';
import type { FailPoint } from './points.js';
import { shuffled } from './shuffled.js';

/** Runs per cell: 20 for figures. Without the variable few, and one where each run needs a new process. */
const asked = process.env['MATRIX_RUNS'] === undefined ? undefined : Number(process.env['MATRIX_RUNS']);
const cheapRuns = asked ?? 2;
const costlyRuns = asked ?? 1;
/** Decides in which order the requests of a round are sent. */
const seed = Number(process.env['MATRIX_SEED'] ?? Date.now() % 1_000_000);

/** After the last fault everything must work within this time, in milliseconds. */
const recoveryMaxMs = 10_000;
/** What a killed process held is ended by its successor, once that is sure of the death. */
const successionMaxMs = 12_000;
const stallMs = 2_000;
/** A commit that is not answered for 1.5 s is sent again, so the fault has to strike before. */
const gatherMaxMs = 1_000;
const testTimeoutMs = 60_000 + 30_000 * cheapRuns;

const journal = new Journal();
const methods = ['POST', 'PATCH'] as const;

beforeAll(() => {
  process.stdout.write(`fault matrix: MATRIX_SEED=${seed}, ${cheapRuns} runs per cell, ${costlyRuns} of costly ones\n`);
});

afterAll(() => {
  process.stdout.write(`fault matrix: ${journal.summary()}\n`);
  if (process.env['MATRIX_REPORT']) journal.write(process.env['MATRIX_REPORT']);
});

/** The test's own client keeps connections open, some of which it never used. */
async function end(running: RunningApp): Promise<void> {
  const closed = running.close();
  running.app.getHttpServer().closeAllConnections();
  await closed;
}

describe('A command that fails', () => {
  /** Most of the time goes by while a driver looks for its server again. */
  const lanes = 6;
  let benches: readonly Bench[];
  let running: readonly RunningApp[];

  beforeAll(async () => {
    benches = await Promise.all(Array.from({ length: lanes }, () => Bench.open()));
    running = await Promise.all(benches.map((bench) => startApp({ config: { mongodbUri: bench.uri } })));
  });

  afterAll(async () => {
    await Promise.all(running.map(end));
    await Promise.all(benches.map((bench) => bench.close()));
  });

  const run = async (lane: number, cell: FailPoint, request: KeyedRequest, times: number): Promise<Recovery> => {
    const [bench, { url }] = [benches[lane]!, running[lane]!];
    const before = cell.replay ? await bench.doneOf(url, request, performance.now()) : [];
    let sent = 0;
    bench.proxy.watch = ({ command, from }) => {
      if (from === 'client' && command === cell.command) sent++;
      return 'pass';
    };
    await bench.arm(cell.command, cell.failure, times);
    const first = await attempt(url, request);
    await bench.disarm();
    expect(sent).toBeGreaterThan(0);
    const fault = { endedAt: performance.now(), maxMs: recoveryMaxMs };
    const recovery = await bench.recover(url, request, [...before, first], fault);
    journal.record([cell.point, cell.fault], request.method, first, recovery);
    return recovery;
  };

  const playCell = async (lane: number, cell: FailPoint): Promise<void> => {
    const bench = benches[lane]!;
    for (let each = 0; each < cheapRuns; each++) {
      const times = 1 + (each % 3);
      const { orderId } = await run(lane, cell, bench.newCreation(), times);
      await run(lane, cell, bench.changeOf(orderId), times);
      await bench.expectConsistent();
    }
  };

  it.each([...new Set(failPoints.map(({ point }) => point))])(
    'takes nothing that was done and does nothing twice: %s',
    async (point) => {
      const cells = failPoints.filter((each) => each.point === point);
      journal.expect(cells.map(({ fault }) => [point, fault]));
      await Promise.all(
        benches.map(async (_bench, lane) => {
          for (let cell = cells.shift(); cell; cell = cells.shift()) await playCell(lane, cell);
        }),
      );
    },
    testTimeoutMs,
  );
});

interface Fault {
  readonly name: string;
  readonly runs: number;
  /** The service itself dies, so its clients lose their connections. */
  readonly kills: boolean;
  /** From the end of the fault, in milliseconds. */
  readonly recoveryMaxMs: number;
  /** Resolves when the fault is over. */
  strike(client: AbortController): Promise<void>;
}

/** One request of each method is held at each point, and then the fault strikes them all at once. */
async function playRound(bench: Bench, fault: Fault, url: () => string, round: number): Promise<void> {
  const placed = shuffled(await place(bench, url()), seed + round);
  const before = await Promise.all(
    placed.map(async ({ point, request }) => (point.replay ? bench.doneOf(url(), request, performance.now()) : [])),
  );
  const gate = new Gate(placed);
  bench.proxy.watch = gate.watch;
  const client = new AbortController();
  const attempting = { mayBreak: fault.kills, leaving: client.signal };
  const firsts = placed.map(({ request }) => attempt(url(), request, attempting));
  const settled = Promise.all(firsts);
  settled.catch(() => undefined);
  const arrived = new Set<Placed>();
  for (const [index, each] of placed.entries())
    if (!each.point.at)
      void firsts[index]!.then(
        () => arrived.add(each),
        () => undefined,
      );
  const isThere = (each: Placed): boolean => gate.hasReached(each) || arrived.has(each);
  await until(() => placed.every(isThere), gatherMaxMs).catch(() => undefined);
  const struck = placed.filter(isThere);

  bench.proxy.watch = () => 'pass';
  bench.proxy.release(gate.isDelivered);
  const struckAt = performance.now();
  await fault.strike(client);
  const endedAt = performance.now();
  const attempts = await settled;
  const recoveries = await Promise.all(
    placed.map(async (each, index) => {
      const first = attempts[index] as Attempt;
      const over = { endedAt, maxMs: fault.recoveryMaxMs };
      return { each, first, recovery: await bench.recover(url(), each.request, [...before[index]!, first], over) };
    }),
  );
  await bench.expectConsistent();
  for (const { each, first, recovery } of recoveries) {
    if (struck.includes(each)) journal.record([each.point.name, fault.name], each.request.method, first, recovery);
  }
  if (fault.kills) {
    const longestMs = Math.max(...recoveries.map(({ recovery }) => recovery.recoveryMs)) + endedAt - struckAt;
    journal.longest('kill of the service to success of every key, its successor started in between', longestMs);
  }
}

async function place(bench: Bench, url: string): Promise<Placed[]> {
  const requests = points.flatMap((point) => methods.map((method) => ({ point, method })));
  return Promise.all(
    requests.map(async ({ point, method }) => ({
      point,
      request: method === 'POST' ? bench.newCreation() : await bench.newChange(url),
    })),
  );
}

/** A busy machine may bring some request to its point too late; the round is then played once more. */
async function playRounds(bench: Bench, fault: Fault, url: () => string): Promise<void> {
  journal.expect(points.map(({ name }) => [name, fault.name]));
  const missing = (): string[] =>
    points
      .flatMap(({ name }) => methods.map((method) => ({ name, method })))
      .filter(({ name, method }) => journal.runsOf([name, fault.name], method) < fault.runs)
      .map(({ name, method }) => `${method} ${name}`);
  const roundsMax = fault.runs + 3 + Math.floor(fault.runs / 4);
  for (let round = 0; missing().length > 0 && round < roundsMax; round++) await playRound(bench, fault, url, round);
  expect(missing()).toEqual([]);
}

/** A bench and the application at it, for all tests of a describe; there from `beforeAll` on. */
function useBenchWithApp(): { bench: Bench; running: RunningApp } {
  const on = {} as { bench: Bench; running: RunningApp };
  beforeAll(async () => {
    on.bench = await Bench.open();
    on.running = await startApp({ config: { mongodbUri: on.bench.uri } });
  });
  afterAll(async () => {
    await end(on.running);
    await on.bench.close();
  });
  return on;
}

describe('A network that fails', () => {
  const on = useBenchWithApp();

  const faults: readonly Omit<Fault, 'runs' | 'kills' | 'recoveryMaxMs'>[] = [
    { name: 'connections cut', strike: async () => on.bench.proxy.cut() },
    {
      name: 'stall of two seconds',
      async strike() {
        on.bench.proxy.stall();
        await sleep(stallMs);
        on.bench.proxy.resume();
      },
    },
    {
      name: 'client gone',
      async strike(client) {
        client.abort();
        on.bench.proxy.release();
      },
    },
  ];

  it.each(faults)(
    'leaves everything or nothing of a request, wherever it is: $name',
    async (fault) => {
      await playRounds(on.bench, { ...fault, runs: cheapRuns, kills: false, recoveryMaxMs }, () => on.running.url);
    },
    testTimeoutMs,
  );
});

describe('A database that is killed with -9', () => {
  const on = useBenchWithApp();

  it(
    'comes back with everything or nothing of a request, wherever it was',
    async () => {
      const strike = async (): Promise<void> => {
        await on.bench.database.kill9();
        on.bench.proxy.cut();
        await on.bench.database.restart();
      };
      const fault = { name: 'database killed, restarted', runs: costlyRuns, kills: false, recoveryMaxMs, strike };
      await playRounds(on.bench, fault, () => on.running.url);
    },
    testTimeoutMs,
  );
});

describe('A service that is killed with -9', () => {
  let bench: Bench;
  let service: ServiceProcess;

  beforeAll(async () => {
    bench = await Bench.open();
    service = await startService({ MONGODB_URI: bench.uri });
  });

  afterAll(async () => {
    await service.kill9();
    await bench.close();
  });

  it(
    'leaves everything or nothing of a request, wherever it was, and its successor is let through to it',
    async () => {
      const strike = async (): Promise<void> => {
        await service.kill9();
        bench.proxy.cut();
        service = await startService({ MONGODB_URI: bench.uri });
      };
      const fault = { name: 'service killed', runs: costlyRuns, kills: true, recoveryMaxMs: successionMaxMs, strike };
      await playRounds(bench, fault, () => service.url);
    },
    testTimeoutMs,
  );
});
