import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** One message of MongoDB's wire protocol, on its way. */
export interface WireMessage {
  readonly from: 'client' | 'server';
  /** The command's name; of a reply, that of the command it answers. */
  readonly command: string;
  /** The command's bytes; of a reply, those of the command it answers. */
  readonly request: Buffer;
}

export interface WireProxy {
  readonly port: number;
  /** Called for each message; `hold` keeps it, and what follows it on that connection in that direction, back. */
  watch: (message: WireMessage) => 'pass' | 'hold';
  /** Sends what was held on its way: all of it, or the messages that are chosen. */
  release(chosen?: (message: WireMessage) => boolean): void;
  /** From now on nothing moves on any connection, in either direction, until `resume()`. */
  stall(): void;
  resume(): void;
  /** Resets every connection; what was held is lost. */
  cut(): void;
  end(): Promise<void>;
}

/** OP_MSG (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/). */
const opMsg = 2013;
const headerBytes = 16;
/** Header, flag bits, kind of the first section, length of its document, type of that document's first element. */
const commandNameAt = headerBytes + 4 + 1 + 4 + 1;

/** A network to the database that can stop at any single message, whether it asks or answers. */
export async function startWireProxy(targetPort: number): Promise<WireProxy> {
  const connections = new Set<Connection>();
  const state = { stalled: false };
  const server = createServer((client) => {
    const connection = new Connection(client, connect(targetPort, '127.0.0.1'), state, (message) =>
      proxy.watch(message),
    );
    connections.add(connection);
    client.once('close', () => connections.delete(connection));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const cut = (): void => connections.forEach((connection) => connection.cut());
  const proxy: WireProxy = {
    port: (server.address() as AddressInfo).port,
    watch: () => 'pass',
    release(chosen = () => true) {
      for (const connection of connections) connection.release(chosen);
    },
    stall() {
      state.stalled = true;
    },
    resume() {
      state.stalled = false;
      for (const connection of connections) connection.release(() => true);
    },
    cut,
    async end() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
  return proxy;
}

class Connection {
  private readonly requests = new Map<number, WireMessage>();
  private readonly ways: readonly [Way, Way];

  constructor(
    private readonly client: Socket,
    private readonly target: Socket,
    state: { readonly stalled: boolean },
    private readonly watch: (message: WireMessage) => 'pass' | 'hold',
  ) {
    const toServer = new Way(target, state);
    const toClient = new Way(client, state);
    this.ways = [toServer, toClient];
    client.on(
      'data',
      inMessages((bytes) => this.pass(toServer, bytes, this.requestIn(bytes))),
    );
    target.on(
      'data',
      inMessages((bytes) => this.pass(toClient, bytes, this.replyIn(bytes))),
    );
    for (const [one, other] of [[client, target] as const, [target, client] as const]) {
      one.on('error', () => undefined);
      // What is held by then is lost with the connection, as it is when a process dies.
      one.on('close', () => other.destroy());
    }
  }

  release(chosen: (message: WireMessage) => boolean): void {
    for (const way of this.ways) way.release(chosen);
  }

  cut(): void {
    this.client.resetAndDestroy();
    this.target.resetAndDestroy();
  }

  private pass(way: Way, bytes: Buffer, message: WireMessage | undefined): void {
    way.pass(bytes, message, message !== undefined && this.watch(message) === 'hold');
  }

  private requestIn(bytes: Buffer): WireMessage | undefined {
    if (bytes.readInt32LE(12) !== opMsg) return undefined;
    const command = bytes.toString('latin1', commandNameAt, bytes.indexOf(0, commandNameAt));
    const message = { from: 'client', command, request: bytes } as const;
    this.requests.set(bytes.readInt32LE(4), message);
    return message;
  }

  private replyIn(bytes: Buffer): WireMessage | undefined {
    const responseTo = bytes.readInt32LE(8);
    const request = this.requests.get(responseTo);
    this.requests.delete(responseTo);
    return request && { ...request, from: 'server' };
  }
}

/** One direction of a connection. */
class Way {
  private waiting: { readonly bytes: Buffer; readonly message: WireMessage | undefined; held: boolean }[] = [];

  constructor(
    private readonly socket: Socket,
    private readonly state: { readonly stalled: boolean },
  ) {}

  pass(bytes: Buffer, message: WireMessage | undefined, held: boolean): void {
    this.waiting.push({ bytes, message, held });
    this.flush();
  }

  release(chosen: (message: WireMessage) => boolean): void {
    for (const each of this.waiting) if (each.message && chosen(each.message)) each.held = false;
    this.flush();
  }

  private flush(): void {
    while (!this.state.stalled && this.waiting[0] && !this.waiting[0].held) {
      const [{ bytes }] = this.waiting.splice(0, 1) as [(typeof this.waiting)[number]];
      if (this.socket.writable) this.socket.write(bytes);
    }
  }
}

/** Cuts the stream of bytes into whole messages; the length stands first in each. */
function inMessages(onMessage: (bytes: Buffer) => void): (chunk: Buffer) => void {
  let received = Buffer.alloc(0);
  return (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= headerBytes && received.length >= received.readInt32LE(0)) {
      const length = received.readInt32LE(0);
      onMessage(received.subarray(0, length));
      received = received.subarray(length);
    }
  };
}
