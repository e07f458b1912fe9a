/**
 * `npm run test:planted-bugs [-- name…]`: plants each bug of test/planted-bugs/bugs.mjs into a copy of this repository
 * and runs the test that has to notice it there. Before that, the same tests have to pass on the untouched copy. The exit
 * status is 0 when every bug was caught.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath, URL } from 'node:url';
import '../test/support/run-typescript.mjs';
import { bugs } from '../test/planted-bugs/bugs.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Each with a copy of its own; more than there are processors only makes tests wait for each other. */
const lanes = 2;
/** A bug that makes its test hang this long, in milliseconds, is not caught: nobody would know why. */
const runTimeoutMs = 180_000;
/** A test that broke before it could expect anything has noticed something, but not this bug. */
const expectation = /expect\(|at Conformance\.check/;
const children = new Set();

async function main(names) {
  const unknown = names.filter((name) => !bugs.some((bug) => bug.name === name));
  if (unknown.length > 0) throw new Error(`There is no bug called ${unknown.join(', ')}.`);
  const wanted = bugs.filter(({ name }) => names.length === 0 || names.includes(name));
  const startedAt = Date.now();
  const scratch = await mkdtemp(join(tmpdir(), 'planted-bugs-'));
  const server = await startServer();
  try {
    const copies = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => copyInto(join(scratch, `copy-${lane}`))),
    );
    print(`Control run: the ${new Set(wanted.map((bug) => bug.caughtBy[0])).size} spec files without a bug\n`);
    const faults = await faultsOfControl(copies, wanted);
    if (faults.length > 0) return report(faults.join('\n'), false);
    const width = Math.max(...wanted.map(({ name }) => name.length));
    const results = await inLanes(copies, wanted, async (copy, bug) => {
      const result = await plant(copy, bug);
      print(line(result, width));
      return result;
    });
    const survivors = results.filter(({ caught }) => !caught);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    return report(
      `${results.length - survivors.length} of ${results.length} bugs caught, ${seconds} s`,
      survivors.length === 0,
    );
  } finally {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** One database server for all runs, unless somebody has named one. */
async function startServer() {
  if (process.env.TEST_MONGODB_URI) return { stop: async () => undefined };
  const { startTestServer } = await import('../test/support/database-server.ts');
  const server = await startTestServer((message) => process.stderr.write(`${message}\n`));
  process.env.TEST_MONGODB_URI = server.uri;
  return server;
}

async function copyInto(copy) {
  for (const entry of ['src', 'test', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json']) {
    await cp(join(root, entry), join(copy, entry), { recursive: true });
  }
  for (const entry of ['node_modules', '.cache']) await symlink(join(root, entry), join(copy, entry));
  return copy;
}

/** What is wrong with the tests themselves: one that fails without a bug, or that is not there, can catch none. */
async function faultsOfControl(copies, wanted) {
  const bySpec = Map.groupBy(wanted, (bug) => bug.caughtBy[0]);
  const faults = await inLanes(copies, [...bySpec], async (copy, [spec, itsBugs]) => {
    const tests = await runSpec(copy, spec, itsBugs.map((bug) => `(${bug.caughtBy[1]})`).join('|'));
    const failed = tests.filter(({ status }) => status === 'failed');
    const missing = itsBugs.filter((bug) => passed(tests, bug.caughtBy[1]) === 0);
    return [
      ...failed.map(({ fullName, message }) => `Fails without a bug: ${spec}: ${fullName}\n${message}`),
      ...missing.map((bug) => `Names no test that passes: ${bug.name}: ${bug.caughtBy.join(': ')}`),
    ];
  });
  return faults.flat();
}

function passed(tests, pattern) {
  return tests.filter(({ status, fullName }) => status === 'passed' && new RegExp(pattern, 'i').test(fullName)).length;
}

async function plant(copy, { name, file, edits, caughtBy }) {
  const startedAt = Date.now();
  const path = join(copy, file);
  const original = await readFile(path, 'utf8');
  const result = (caught, by) => ({ name, caught, by, seconds: (Date.now() - startedAt) / 1000 });
  let text = original;
  for (const [search, instead] of edits) {
    const pieces = text.split(search);
    if (pieces.length !== 2)
      return result(false, `CANNOT BE PLANTED: ${pieces.length - 1} times in ${file}: ${search}`);
    text = pieces.join(instead);
  }
  try {
    await writeFile(path, text);
    const failed = (await runSpec(copy, ...caughtBy)).filter(({ status }) => status === 'failed');
    const first = failed.find(({ message }) => expectation.test(message));
    if (first)
      return result(
        true,
        `${caughtBy[0]}: ${first.fullName}${failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''}`,
      );
    return result(
      false,
      failed.length > 0 ? `BREAKS OTHERWISE: ${failed[0].message}` : `SURVIVES ${caughtBy.join(': ')}`,
    );
  } finally {
    await writeFile(path, original);
  }
}

/** @returns the tests that were run; one failed test stands for a spec file that could not be run at all */
async function runSpec(copy, spec, pattern) {
  const output = join(copy, 'results.json');
  await rm(output, { force: true });
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const options = ['--runInBand', '--silent', '--json', `--outputFile=${output}`, `--testNamePattern=${pattern}`];
  const log = await run(copy, [...flags, ...options, '--runTestsByPath', spec]);
  const results = await readFile(output, 'utf8').then(JSON.parse, () => undefined);
  const [file] = results?.testResults ?? [];
  if (!file || (file.assertionResults.length === 0 && file.status === 'failed')) {
    return [{ status: 'failed', fullName: spec, message: `could not be run: ${file?.message ?? log.slice(-2_000)}` }];
  }
  return file.assertionResults
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ status, fullName, failureMessages }) => ({ status, fullName, message: failureMessages.join('\n') }));
}

function run(cwd, args) {
  // Fewer rounds: a bug that a race shows shows in the first ones.
  const env = { ...process.env, ROUNDS: '4' };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), runTimeoutMs);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => {
      clearTimeout(timer);
      children.delete(child);
      resolve(log);
    });
  });
}

/** In the order of the items, whichever lane was free for which. */
async function inLanes(copies, items, work) {
  const results = [];
  const queue = [...items.entries()];
  const lane = async (copy) => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(copy, next[1]);
  };
  await Promise.all(copies.map(lane));
  return results;
}

function line({ name, caught, by, seconds }, width) {
  return `${caught ? 'caught' : 'MISSED'}  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(5)} s  ${by}\n`;
}

function report(text, good) {
  print(`${text}\n`);
  return good ? 0 : 1;
}

function print(text) {
  process.stdout.write(text);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of children) child.kill('SIGTERM');
    process.exitCode = 1;
  });
}
process.exitCode = await main(process.argv.slice(2));
