import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from '../../src/database/embedded/readiness.js';
import { ForeignServer } from './foreign-server.js';

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A real Redis, in memory, on a loopback port. It is a package of the operating system; nothing is installed here. */
export async function startRedis(port?: number): Promise<RedisServer> {
  if (spawnSync('redis-server', ['--version']).status !== 0)
    throw new Error('redis-server is not on the PATH: install it (Debian: apt-get install redis-server)');
  const at = port ?? (await freePort());
  const args = ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = new ForeignServer('redis-server', args, () => answers(at));
  await server.start();
  return { url: `redis://127.0.0.1:${at}`, stop: () => server.kill9() };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}
