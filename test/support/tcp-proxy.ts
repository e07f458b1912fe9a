import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Bytes stand still in both directions, connections stay open; new ones are accepted and stand still too. */
  stall(): void;
  resume(): void;
  /** Resets every open connection. */
  cut(): void;
  /** Resets them and refuses new ones until `open()`. */
  close(): Promise<void>;
  open(): Promise<void>;
  /**
   * Called for each chunk the client sends. `drop` swallows it, as if the network had lost it; `pass-then-stall` lets it
   * through, and no answer comes back on that connection any more.
   */
  onRequest: (chunk: Buffer) => 'pass' | 'drop' | 'pass-then-cut' | 'pass-then-stall';
  end(): Promise<void>;
}

/** A network between the service and its database that can fail. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let stalled = false;
  const proxy: TcpProxy = {
    port: 0,
    onRequest: () => 'pass',
    stall() {
      stalled = true;
      for (const sockets of pairs) for (const socket of sockets) socket.pause();
    },
    resume() {
      stalled = false;
      for (const sockets of pairs) for (const socket of sockets) socket.resume();
    },
    cut() {
      for (const sockets of pairs) for (const socket of sockets) reset(socket);
      pairs.clear();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      proxy.cut();
      await closed;
    },
    async open() {
      await listen(server, proxy.port);
    },
    async end() {
      stalled = false;
      if (server.listening) await proxy.close();
    },
  };

  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    const pair = [client, target] as const;
    pairs.add(pair);
    client.on('data', (chunk: Buffer) => {
      const verdict = proxy.onRequest(chunk);
      if (verdict === 'drop') return;
      // Only the answer is lost: the server gets the bytes and then finds nobody to answer to.
      if (verdict === 'pass-then-cut' || verdict === 'pass-then-stall') target.pause();
      target.write(chunk);
      if (verdict === 'pass-then-cut') setTimeout(() => reset(client), 50);
    });
    target.on('data', (chunk: Buffer) => client.write(chunk));
    for (const [one, other] of [pair, [target, client] as const]) {
      one.on('error', () => undefined);
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
    if (stalled) for (const socket of pair) socket.pause();
  });
  await listen(server, 0);
  Object.assign(proxy, { port: (server.address() as AddressInfo).port });
  return proxy;
}

/** libuv refuses to reset a socket that is being shut down and Node then waits for it at its end, for ever. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
