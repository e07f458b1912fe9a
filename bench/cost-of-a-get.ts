// What one way to start the service costs over another: CPU milliseconds of its process for each GET of an order, in
// interleaved rounds. Needs MONGODB_URI and the builds:
//   npm run -s bench:run bench/cost-of-a-get.ts plain='node ../before/dist/main.js' now='node dist/main.js'
// Prints one line for each, the least of the rounds and its ratio to the first: what else runs on the machine only adds.
import { costsOfGets, startService } from './gets.js';
import type { Started } from './gets.js';

const rounds = 24;

/** Words with an equals sign before the program are variables, as in a shell. */
function start(command: string): Promise<Started> {
  const words = command.split(' ');
  const program = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const variables = Object.fromEntries(
    words.slice(0, program).map((word) => word.split(/=(.*)/s).slice(0, 2)),
  ) as Record<string, string>;
  return startService(words[program]!, words.slice(program + 1), { AUTH_MODE: 'none', ...variables });
}

const named = process.argv.slice(2).map((each) => each.split(/=(.*)/s));
const services: Started[] = [];
for (const [, command] of named) services.push(await start(command!));
const costs = await costsOfGets(services, rounds);

const least = costs.map((values) => Math.min(...values));
for (const [index, [name]] of named.entries()) {
  const ratio = (least[index]! / least[0]!).toFixed(3);
  process.stdout.write(
    `${name}: ${least[index]!.toFixed(3)} ms CPU per GET (least of ${rounds} rounds), ratio ${ratio}\n`,
  );
}
