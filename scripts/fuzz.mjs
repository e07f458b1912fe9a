// Holds the built service against its own OpenAPI document with Schemathesis: `npm run fuzz -- [--seed N] [--seconds N]`.
// Starts all it needs and ends it again. Exit status 0: no findings. 1: findings. 2: the fuzzing itself could not be done.
/* global clearTimeout, fetch, process, setTimeout, URL */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { startEmbeddedDatabase } from '../dist/database/embedded/embedded-database.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cacheDir = join(root, '.cache');
const reportDir = join(cacheDir, 'fuzz-report');
const requirements = join(root, 'test/fuzz/requirements.txt');
const settings = join(root, 'test/fuzz/schemathesis.toml');
/** To start, and to end after its time: the checks of the last example, shrinking, the report. */
const graceMs = 120_000;
/** What the service logs at these levels is unforeseen. */
const errorLevels = ['error', 'fatal'];

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261124' },
    seconds: { type: 'string', default: '100' },
  },
});

/** What was started, newest last; ended in the opposite order, whatever happens. */
const started = [];

async function main() {
  const schemathesis = await ensureSchemathesis();
  await rm(reportDir, { recursive: true, force: true });
  await mkdir(reportDir, { recursive: true });
  const database = await startEmbeddedDatabase({ dataDir: null, cacheDir, env: process.env, log: say });
  started.push(() => database.stop());
  const key = await createKey(database.uri);
  const service = await startService(database.uri);
  started.push(() => service.end());
  const status = await fuzz(schemathesis, service.url, key);
  const alive = (await fetch(`${service.url}/healthz`)).ok;
  const errors = service.errors();
  if (!alive) say('The service does not answer any more.');
  for (const line of errors.slice(0, 10)) say(`The service logged an error: ${JSON.stringify(line).slice(0, 2_000)}`);
  say(`${errors.length} errors logged; reports and the service's log are in ${reportDir}`);
  return status === 0 && alive && errors.length === 0 ? 0 : 1;
}

/** A directory per content of the requirements: a changed pin installs anew, an interrupted installation does not count. */
async function ensureSchemathesis() {
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const venv = join(cacheDir, `schemathesis-${digest}`);
  const program = join(venv, 'bin', 'schemathesis');
  const complete = join(venv, 'complete');
  const isComplete = await access(complete).then(
    () => true,
    () => false,
  );
  if (isComplete) return program;
  say(`Installing Schemathesis into ${venv} (once)`);
  await rm(venv, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', venv]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps'];
  await run(join(venv, 'bin', 'python3'), [...pip, '--requirement', requirements]);
  await run(program, ['--version']);
  // Last: from now on it counts.
  await writeFile(complete, '');
  return program;
}

/** As an operator would make one: the document says what a caller without one gets, so the service has to ask for it. */
async function createKey(mongodbUri) {
  const scopes = 'orders:read,orders:write,events:read,webhooks:manage';
  const args = [join(root, 'dist/keys.js'), 'create', '--tenant', 'fuzz', '--scopes', scopes, '--json'];
  const env = { PATH: process.env.PATH, MONGODB_URI: mongodbUri };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: reportDir, env });
  return JSON.parse(stdout).key;
}

/** The production build as a process of its own, with nothing of our environment that could change its ways. */
async function startService(mongodbUri) {
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: reportDir,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      AUTH_MODE: 'api_key',
      // Thousands of bad credentials come from one address here; what they are told is the point.
      AUTH_FAILURES_PER_MINUTE: '0',
      HOST: '127.0.0.1',
      PORT: '0',
      MONGODB_URI: mongodbUri,
      SHUTDOWN_DELAY_MS: '0',
      // Endpoints with made-up URLs are made here by the hundred; nothing may be sent to whoever has them.
      WORKER: 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const log = createWriteStream(join(reportDir, 'service.log'));
  const errors = [];
  let url;
  createInterface({ input: child.stdout }).on('line', (text) => {
    log.write(`${text}\n`);
    const line = JSON.parse(text);
    if (line.msg === 'listening') url = line.url;
    if (errorLevels.includes(line.level)) errors.push(line);
  });
  const end = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  for (const giveUpAt = Date.now() + 30_000; ; await sleep(50)) {
    const ready = url !== undefined && (await fetch(`${url}/ready`)).ok;
    if (ready) {
      // Until then /ready was 503, which it logged.
      errors.length = 0;
      return { url, end, errors: () => errors };
    }
    if (child.exitCode !== null) throw new Error(`the service ended with status ${child.exitCode}`);
    if (Date.now() > giveUpAt) {
      await end();
      throw new Error('the service did not become ready within 30 s');
    }
  }
}

async function fuzz(schemathesis, url, key) {
  say(`Seed ${values.seed}, ${values.seconds} s; the same again: npm run fuzz -- --seed ${values.seed}`);
  const reports = ['--report', 'junit,ndjson', '--report-dir', reportDir];
  const bounds = ['--seed', values.seed, '--max-time', values.seconds];
  const args = [
    '--config-file',
    settings,
    'run',
    `${url}/docs-json`,
    '--url',
    url,
    ...bounds,
    ...reports,
    '--no-color',
  ];
  const child = spawn(schemathesis, args, {
    cwd: root,
    env: { ...process.env, FUZZ_API_KEY: key },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  started.push(() => void child.kill('SIGKILL'));
  const tooLong = setTimeout(
    () => {
      say('Schemathesis did not end in time.');
      child.kill('SIGKILL');
    },
    Number(values.seconds) * 1_000 + graceMs,
  );
  const [code] = await once(child, 'exit');
  clearTimeout(tooLong);
  // 1 is "there are findings"; anything else but 0, a killed one too, has not fuzzed.
  if (code !== 0 && code !== 1) throw new Error(`Schemathesis ended with status ${code}`);
  return code;
}

async function run(command, args) {
  const [code] = await once(spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }), 'exit');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${code}`);
}

function say(message) {
  process.stdout.write(`fuzz: ${message}\n`);
}

async function endAll() {
  for (let end = started.pop(); end !== undefined; end = started.pop()) await end();
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void endAll().finally(() => process.exit(2)));
try {
  process.exitCode = await main();
} catch (error) {
  say(`could not be done: ${error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = 2;
} finally {
  await endAll();
}
