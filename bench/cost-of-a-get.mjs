// What one way to start the service costs over another: CPU milliseconds of its process for each GET of an order, in
// interleaved rounds. Needs MONGODB_URI and the builds:
//   node bench/cost-of-a-get.mjs plain='node ../before/dist/main.js' now='node dist/main.js'
// Prints one line for each, the least of the rounds and its ratio to the first: what else runs on the machine only adds.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createInterface } from 'node:readline';

const rounds = 25;
const requestsPerRound = 2_000;
const connections = 8;
const ticksPerSecond = 100;

/** Words with an equals sign before the program are variables, as in a shell. */
async function start(command) {
  const words = command.split(' ');
  const program = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const variables = Object.fromEntries(words.slice(0, program).map((word) => word.split(/=(.*)/s).slice(0, 2)));
  const env = { ...process.env, AUTH_MODE: 'none', PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'production', ...variables };
  const child = spawn(words[program], words.slice(program + 1), { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line);
    if (msg !== 'listening') continue;
    child.stdout.resume();
    return { child, port: Number(new URL(url).port), costs: [] };
  }
  throw new Error(`the service did not start: ${command}`);
}

function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: connections });

function request(port, path, options = {}, body) {
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

const services = [];
for (const each of process.argv.slice(2)) {
  const [name, command] = each.split(/=(.*)/s);
  services.push({ name, ...(await start(command)) });
}
for (const { port } of services) {
  while ((await request(port, '/ready').catch(() => ({}))).status !== 200) await new Promise((r) => setTimeout(r, 50));
}
const order = JSON.stringify({
  customerId: 'bench',
  currency: 'USD',
  items: [{ sku: 'S', quantity: 1, unitPrice: '1.00' }],
});
const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
const { id } = JSON.parse((await request(services[0].port, '/orders', json, order)).text);

for (let round = 0; round < rounds; round++) {
  for (const { name, child, port, costs } of services) {
    const before = cpuMs(child.pid);
    let left = requestsPerRound;
    const worker = async () => {
      while (left-- > 0) {
        const { status } = await request(port, `/orders/${id}`);
        if (status !== 200) throw new Error(`${name} answered ${status}`);
      }
    };
    await Promise.all(Array.from({ length: connections }, worker));
    // The first round warms up.
    if (round > 0) costs.push((cpuMs(child.pid) - before) / requestsPerRound);
  }
}
for (const { name, costs, child } of services) {
  const ratio = Math.min(...costs) / Math.min(...services[0].costs);
  console.log(
    `${name}: ${Math.min(...costs).toFixed(3)} ms CPU per GET (least of ${costs.length} rounds), ratio ${ratio.toFixed(3)}`,
  );
  child.kill('SIGKILL');
}
agent.destroy();
