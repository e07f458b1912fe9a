#!/usr/bin/env node
// More conversations than `npm test` holds: node test/model/run.mjs --runs 10000 [--seed N] [--path P] [file]
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string' }, path: { type: 'string' } },
  allowPositionals: true,
});
for (const [name, value] of Object.entries({ runs: values.runs, seed: values.seed ?? '0' })) {
  if (!/^[0-9]{1,9}$/.test(value)) {
    process.stderr.write(`--${name} must be a whole number\n`);
    process.exit(2);
  }
}
const env = {
  ...process.env,
  MODEL_RUNS: values.runs,
  ...(values.seed === undefined ? {} : { MODEL_SEED: values.seed }),
  ...(values.path === undefined ? {} : { MODEL_PATH: values.path }),
};
const files = positionals.length > 0 ? positionals : ['test/model'];
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
process.exit(spawnSync(process.execPath, [...jest, ...files], { env, stdio: 'inherit' }).status ?? 1);
