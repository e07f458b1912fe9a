import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { freePort } from '../../src/database/embedded/readiness.js';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { installNats } from './test-tools.js';
import { ForeignServer } from './foreign-server.js';

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  kill9(): Promise<void>;
  /** On the same port and store. */
  start(): Promise<void>;
  /** Ends it for good and removes its store. */
  stop(): Promise<void>;
}

interface NatsOptions {
  readonly started?: boolean;
  /** Lines of its configuration file. */
  readonly settings?: string;
  readonly jetStream?: boolean;
}

/** A real NATS server with JetStream, built from its source by Go, on a loopback port and a store of its own. */
export async function startNats({
  started = true,
  settings = '',
  jetStream = true,
}: NatsOptions = {}): Promise<NatsServer> {
  const binary = await installNats();
  const store = await mkdtemp(join(tmpdir(), 'orders-nats-'));
  const configFile = join(store, 'nats.conf');
  const port = await freePort();
  await writeFile(configFile, settings);
  const args = ['--config', configFile, '--addr', '127.0.0.1', '--port', String(port)];
  const storeArgs = jetStream ? ['--jetstream', '--store_dir', join(store, 'jetstream')] : [];
  const server = new ForeignServer(binary, [...args, ...storeArgs], () => answers(port));
  if (started) await server.start();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    kill9: () => server.kill9(),
    start: () => server.start(),
    async stop() {
      await server.kill9();
      await rm(store, { recursive: true, force: true });
    },
  };
}

/** Every message of the stream, in its order. */
export async function messagesIn({ url }: NatsServer, stream = 'orders'): Promise<StoredMsg[]> {
  return managing(url, async (manager) => {
    const found: StoredMsg[] = [];
    const { state } = await manager.streams.info(stream);
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
      const message = await manager.streams.getMessage(stream, { seq });
      if (message) found.push(message);
    }
    return found;
  });
}

/** The ids of the stream's events, sorted, each as often as it is there. */
export async function eventIdsIn(server: NatsServer): Promise<string[]> {
  return (await messagesIn(server)).map((message) => message.json<CloudEvent>().id).sort();
}

/** How many messages are in the stream; 0 also when there is no stream or no server. */
export function countIn({ url }: NatsServer, stream = 'orders'): Promise<number> {
  return managing(url, async (manager) => (await manager.streams.info(stream)).state.messages).catch(() => 0);
}

export async function managing<T>(url: string, work: (manager: JetStreamManager) => Promise<T>): Promise<T> {
  const connection = await connect({ servers: url.replace('nats://', ''), reconnect: false });
  try {
    return await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ port, host: '127.0.0.1' });
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('INFO'));
    });
    socket.once('error', () => resolve(false));
  });
}
