// What AUTH_MODE=api_key costs over none: CPU milliseconds of the service process for each GET, in interleaved rounds.
// Needs MONGODB_URI: `npm run -s bench:run bench/auth-cost.ts`. Prints one line for each mode and their ratio.
import { execFileSync } from 'node:child_process';
import { costsOfGets, startService } from './gets.js';
import type { Started } from './gets.js';
import { median } from './statistics.js';

const rounds = 8;

const run = (...args: string[]): string => execFileSync(process.execPath, args, { encoding: 'utf8', env: process.env });
const { key } = JSON.parse(
  run('dist/keys.js', 'create', '--tenant', 'default', '--scopes', 'orders:read', '--json'),
) as { key: string };

const start = (authMode: string): Promise<Started> =>
  startService(process.execPath, ['dist/main.js'], { AUTH_MODE: authMode, LOG_LEVEL: 'info' });
// The order is made by the first, which wants no key.
const services = [await start('none'), await start('api_key')];
const costs = await costsOfGets(services, rounds, { authorization: `Bearer ${key}` });

for (const [index, mode] of ['none', 'api_key'].entries())
  process.stdout.write(`${mode}: ${median(costs[index]!).toFixed(3)} ms CPU per GET (median of ${rounds} rounds)\n`);
process.stdout.write(`ratio: ${(median(costs[1]!) / median(costs[0]!)).toFixed(3)}\n`);
