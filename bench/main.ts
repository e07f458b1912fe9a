// What a request costs beside the floor, in interleaved rounds: `npm run bench -- [--rounds N] [--amount N]
// [--connections N] [--only POST,GET] [--write FILE]`. docs/BENCHMARK.md tells the method.
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from './database.js';
import { KnownOrders, operations, run } from './operations.js';
import type { Operation } from './operations.js';
import { contestants, cpuMs, rssMb, startProgram } from './processes.js';
import type { Contestant, Program } from './processes.js';
import { report } from './report.js';
import type { Round } from './report.js';
import { roundTrips } from './round-trips.js';
import { median } from './statistics.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    amount: { type: 'string', default: '300' },
    connections: { type: 'string', default: '4' },
    starts: { type: 'string', default: '5' },
    only: { type: 'string', default: operations.join() },
    write: { type: 'string' },
  },
});
const [rounds, amount, connections] = [values.rounds, values.amount, values.connections].map(Number) as [
  number,
  number,
  number,
];
const chosen = operations.filter((name) => values.only.split(',').includes(name));
/** Writes take the database the longest. */
const amountOf = (operation: Operation): number => (isWrite(operation) ? Math.ceil(amount / 3) : amount);
const isWrite = (operation: Operation): boolean => operation === 'POST' || operation === 'PATCH';
/** V8 goes on compiling for thousands of requests; of writes the database does not allow so many. */
const warmUpFactor = (operation: Operation): number => (isWrite(operation) ? 2 : 8);
/** As many as are changed, where none is made by the way. */
const isChangedOnly = chosen.includes('PATCH') && !chosen.includes('POST');
const preloaded = isChangedOnly ? (rounds + 2) * amountOf('PATCH') : 60;
const starts = Number(values.starts);
/** By then what the start left behind is collected, in milliseconds. */
const settleMs = 3_000;

interface Contender {
  readonly program: Program;
  readonly known: KnownOrders;
  readonly readyMs: number;
  readonly idleMb: number;
}

async function enter(contestant: Contestant, mongodbUri: string): Promise<Contender> {
  const times: number[] = [];
  // The first start makes the collections, and does not count.
  await (await startProgram(contestant, mongodbUri)).stop();
  for (;;) {
    const program = await startProgram(contestant, mongodbUri);
    times.push(program.readyMs);
    if (times.length < starts) {
      await program.stop();
      continue;
    }
    await sleep(settleMs);
    return { program, known: new KnownOrders(), readyMs: median(times), idleMb: rssMb(program.pid).now };
  }
}

async function measure(operation: Operation, { program, known }: Contender, count: number): Promise<Round> {
  const cpuBefore = cpuMs(program.pid);
  const served = await run(operation, { url: program.url, known, amount: count, connections });
  const cpu = (cpuMs(program.pid) - cpuBefore) / count;
  return { cpuMs: cpu, perSecond: count / served.seconds, durationsMs: served.durationsMs };
}

const database = await openDatabase();
const contenders = {} as Record<Contestant, Contender>;
for (const each of contestants) contenders[each] = await enter(each, database.fresh(each));
const results = Object.fromEntries(operations.map((name) => [name, { floor: [], service: [] }])) as unknown as Record<
  Operation,
  Record<Contestant, Round[]>
>;
for (const each of contestants) {
  // Orders for the other operations to be about, and the request that is then replayed.
  await measure('POST', contenders[each], preloaded);
  await run('POST replay', {
    url: contenders[each].program.url,
    known: contenders[each].known,
    amount: 1,
    connections,
  });
}
for (let round = 0; round <= rounds; round++) {
  // Each goes first in every second round.
  const order = round % 2 === 0 ? contestants : contestants.toReversed();
  for (const operation of chosen) {
    for (const each of order) {
      const outcome = await measure(
        operation,
        contenders[each],
        amountOf(operation) * (round === 0 ? warmUpFactor(operation) : 1),
      );
      // In the first round V8 still compiles what is hot.
      if (round > 0) results[operation][each].push(outcome);
    }
  }
  process.stderr.write(`round ${round} of ${rounds}\n`);
}
const memory = Object.fromEntries(
  contestants.map((each) => {
    const { program, idleMb, readyMs } = contenders[each];
    return [each, { idleMb, readyMs, peakMb: rssMb(program.pid).peak }];
  }),
) as Record<Contestant, { idleMb: number; readyMs: number; peakMb: number }>;
for (const each of contestants) await contenders[each].program.stop();
const trips = await roundTrips(database);
await database.stop();

const tables = report({ results, chosen, memory, trips });
process.stdout.write(`${tables}\n`);
if (values.write !== undefined) {
  const text = await readFile(values.write, 'utf8');
  await writeFile(
    values.write,
    text.replace(/(<!-- bench:start -->\n)[^]*(\n<!-- bench:end -->)/, `$1\n${tables}\n$2`),
  );
}
