// Whether a request costs more among more orders: `npm run bench:scale -- [--sizes 1000,10000,100000] [--rounds N]
// [--amount N]`. docs/BENCHMARK.md tells the method.
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { openDatabase } from './database.js';
import { KnownOrders, listedCustomer, operations, run } from './operations.js';
import type { Operation } from './operations.js';
import { preload } from './preload.js';
import { cpuMs, startProgram } from './processes.js';
import type { Program } from './processes.js';
import { markdownTable, median } from './statistics.js';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    rounds: { type: 'string', default: '5' },
    amount: { type: 'string', default: '300' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const [rounds, amount] = [Number(values.rounds), Number(values.amount)];
const connections = 4;
const amountOf = (operation: Operation): number =>
  operation === 'POST' || operation === 'PATCH' ? Math.ceil(amount / 6) : amount;

/** One service and one database for each size, so that sizes can be measured in turn and not one after the other. */
interface Measured {
  readonly size: number;
  readonly uri: string;
  readonly program: Program;
  readonly known: KnownOrders;
  readonly costs: ReadonlyMap<Operation, number[]>;
}

const database = await openDatabase();
const services: Measured[] = [];
for (const size of sizes) {
  const uri = database.fresh(`scale-${size}`);
  const program = await startProgram('service', uri);
  const known = new KnownOrders(true);
  for (const id of await preload(uri, 0, size)) known.add(id);
  process.stderr.write(`${size} orders are in place\n`);
  services.push({ size, uri, program, known, costs: new Map(operations.map((name) => [name, [] as number[]])) });
}
for (const { program, known } of services) {
  await run('POST replay', { url: program.url, known, amount: 1, connections });
}
for (let round = 0; round <= rounds; round++) {
  for (const operation of operations) {
    for (const { program, known, costs } of round % 2 === 0 ? services : services.toReversed()) {
      const count = amountOf(operation) * (round === 0 ? 2 : 1);
      const before = cpuMs(program.pid);
      await run(operation, { url: program.url, known, amount: count, connections });
      // In the first round V8 still compiles what is hot.
      if (round > 0) costs.get(operation)?.push((cpuMs(program.pid) - before) / count);
    }
  }
  process.stderr.write(`round ${round} of ${rounds}\n`);
}

/** What the server says it looked at for the page; not asked of SecantusDB, whose explain cannot be relied on. */
async function examined(uri: string): Promise<string> {
  if (database.kind === 'secantusdb') return '–';
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  const orders = client.db().collection('orders');
  const page = orders.find({ tenantId: 'default', customerId: listedCustomer }).sort({ _id: -1 }).limit(21);
  const { executionStats } = (await page.explain('executionStats')) as {
    executionStats: { totalDocsExamined: number };
  };
  await client.close();
  return String(executionStats.totalDocsExamined);
}

const cost = (at: number, operation: Operation): number => median(services[at]?.costs.get(operation) ?? []);
const rows = operations.map((operation) => [
  operation,
  ...sizes.map((_, at) => cost(at, operation).toFixed(3)),
  (cost(sizes.length - 1, operation) / cost(0, operation)).toFixed(2),
]);
const documents: string[] = [];
for (const { uri } of services) documents.push(await examined(uri));
for (const { program } of services) await program.stop();
await database.stop();
const head = ['CPU ms per request', ...sizes.map((size) => `${size.toLocaleString('en')} orders`), 'growth'];
process.stdout.write(`${markdownTable(head, [...rows, ['documents examined, list', ...documents, '']])}\n`);
