#!/usr/bin/env node
// More histories than `npm test` holds, so many of either kind: node test/histories/run.mjs --histories 500 [--seed N] [file]
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { histories: { type: 'string', default: '25' }, seed: { type: 'string' } },
  allowPositionals: true,
});
for (const [name, value] of Object.entries({ histories: values.histories, seed: values.seed ?? '0' })) {
  if (!/^[0-9]{1,9}$/.test(value)) {
    process.stderr.write(`--${name} must be a whole number\n`);
    process.exit(2);
  }
}
const env = {
  ...process.env,
  HISTORIES: values.histories,
  ...(values.seed === undefined ? {} : { HISTORIES_SEED: values.seed }),
};
const files = positionals.length > 0 ? positionals : ['test/histories'];
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
process.exit(spawnSync(process.execPath, [...jest, ...files], { env, stdio: 'inherit' }).status ?? 1);
