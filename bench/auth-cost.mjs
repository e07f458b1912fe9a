// What AUTH_MODE=api_key costs over none: CPU milliseconds of the service process for each GET, in interleaved rounds.
// Needs a build and MONGODB_URI: `node bench/auth-cost.mjs`. Prints one line for each mode and their ratio.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createInterface } from 'node:readline';

const rounds = 9;
const requestsPerRound = 2_000;
const connections = 8;
const ticksPerSecond = 100;

const run = (...args) => execFileSync(process.execPath, args, { encoding: 'utf8', env: process.env });
const { key } = JSON.parse(run('dist/keys.js', 'create', '--tenant', 'default', '--scopes', 'orders:read', '--json'));

async function start(authMode) {
  const env = {
    ...process.env,
    AUTH_MODE: authMode,
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
  };
  // The listening line tells the port, so that one is let through.
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { ...env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line);
    if (msg !== 'listening') continue;
    child.stdout.resume();
    return { child, port: Number(new URL(url).port) };
  }
  throw new Error(`the service did not start with AUTH_MODE=${authMode}`);
}

function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

function request(agent, port, path, options = {}, body) {
  return new Promise((resolve, reject) => {
    const sent = http.request({ agent, port, path, host: '127.0.0.1', ...options }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
const services = { none: await start('none'), api_key: await start('api_key') };
const headers = { authorization: `Bearer ${key}` };
for (const { port } of Object.values(services)) {
  while ((await request(agent, port, '/ready').catch(() => ({}))).status !== 200)
    await new Promise((r) => setTimeout(r, 50));
}
const order = JSON.stringify({
  customerId: 'bench',
  currency: 'USD',
  items: [{ sku: 'S', quantity: 1, unitPrice: '1.00' }],
});
const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
const { id } = JSON.parse((await request(agent, services.none.port, '/orders', json, order)).text);

const costs = { none: [], api_key: [] };
for (let round = 0; round < rounds; round++) {
  for (const [mode, { child, port }] of Object.entries(services)) {
    const before = cpuMs(child.pid);
    let left = requestsPerRound;
    const worker = async () => {
      while (left-- > 0) {
        const { status } = await request(agent, port, `/orders/${id}`, { headers });
        if (status !== 200) throw new Error(`${mode} answered ${status}`);
      }
    };
    await Promise.all(Array.from({ length: connections }, worker));
    // The first round warms up.
    if (round > 0) costs[mode].push((cpuMs(child.pid) - before) / requestsPerRound);
  }
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
for (const [mode, values] of Object.entries(costs))
  console.log(`${mode}: ${median(values).toFixed(3)} ms CPU per GET (median of ${values.length} rounds)`);
console.log(`ratio: ${(median(costs.api_key) / median(costs.none)).toFixed(3)}`);
for (const { child } of Object.values(services)) child.kill('SIGKILL');
agent.destroy();
