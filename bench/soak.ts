// Whether memory stays flat: `npm run bench:soak -- [--requests 200000] [--program floor]`, one POST to 49 GETs; docs/BENCHMARK.md.
import { parseArgs } from 'node:util';
import { openDatabase } from './database.js';
import { KnownOrders, run } from './operations.js';
import { rssMb, startProgram } from './processes.js';
import { markdownTable } from './statistics.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '200000' },
    every: { type: 'string', default: '20000' },
    program: { type: 'string', default: 'service' },
    creations: { type: 'string', default: '0.02' },
  },
});
const [requests, every, creations] = [Number(values.requests), Number(values.every), Number(values.creations)];
const connections = 8;
/** Creations and reads take turns this often, so that neither has the process to itself. */
const turn = 1_000;

const database = await openDatabase();
const program = await startProgram(values.program === 'floor' ? 'floor' : 'service', database.fresh('soak'));
const known = new KnownOrders();
const rows: string[][] = [['0', rssMb(program.pid).now.toFixed(0), rssMb(program.pid).peak.toFixed(0)]];
for (let done = 0; done < requests; done += turn) {
  const posts = Math.max(1, Math.round(turn * creations));
  await run('POST', { url: program.url, known, amount: posts, connections });
  await run('GET', { url: program.url, known, amount: turn - posts, connections });
  if ((done + turn) % every !== 0) continue;
  const { now, peak } = rssMb(program.pid);
  rows.push([(done + turn).toLocaleString('en'), now.toFixed(0), peak.toFixed(0)]);
  process.stderr.write(`${rows.at(-1)?.join(' ')}\n`);
}
await program.stop();
await database.stop();
process.stdout.write(`${markdownTable(['requests', 'RSS, MB', 'peak, MB'], rows)}\n`);
