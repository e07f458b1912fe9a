// More of what `npm test` holds a bounded number of, by other bounds in the specs' environment:
// `npm run test:model -- --runs 10000 [--seed N] [--path P] [file]`, `npm run test:histories -- --histories 500 [--seed N] [file]`.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';

/** By the folder of the specs: each option's default, if any, and the variable that it becomes. */
const suites = {
  model: {
    runs: { usual: '10000', variable: 'MODEL_RUNS' },
    seed: { variable: 'MODEL_SEED' },
    path: { variable: 'MODEL_PATH', isText: true },
  },
  histories: {
    histories: { usual: '25', variable: 'HISTORIES' },
    seed: { variable: 'HISTORIES_SEED' },
  },
};

const [suite, ...args] = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args,
  options: Object.fromEntries(Object.keys(suites[suite]).map((name) => [name, { type: 'string' }])),
  allowPositionals: true,
});
const env = { ...process.env };
for (const [name, { usual, variable, isText = false }] of Object.entries(suites[suite])) {
  const value = values[name] ?? usual;
  if (value === undefined) continue;
  if (!isText && !/^[0-9]{1,9}$/.test(value)) {
    process.stderr.write(`--${name} must be a whole number\n`);
    process.exit(2);
  }
  env[variable] = value;
}
const files = positionals.length > 0 ? positionals : [`test/${suite}`];
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
process.exit(spawnSync(process.execPath, [...jest, ...files], { env, stdio: 'inherit' }).status ?? 1);
