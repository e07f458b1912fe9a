import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { answerOf } from './api.js';
import type { Answer } from './api.js';

export interface RawConnection {
  readonly socket: Socket;
  /** The answers so far and to come, as many as are wanted. Rejects after ten seconds. */
  answers<T>(count: number): Promise<Answer<T>[]>;
  close(): void;
}

/** A bare connection, for requests that no well-behaved client would send. */
export function openConnection(url: string): RawConnection {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => (received = Buffer.concat([received, chunk])));
  // A server that refuses a request may close before it has read it all.
  socket.on('error', () => undefined);
  const answers = async <T>(count: number): Promise<Answer<T>[]> => {
    const giveUpAt = Date.now() + 10_000;
    for (;;) {
      const complete = answersIn<T>(received, socket.readableEnded);
      if (complete.length >= count) return complete;
      if (Date.now() > giveUpAt || socket.destroyed)
        throw new Error(`${complete.length} of ${count} answers came: ${received.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { socket, answers, close: () => socket.destroy() };
}

/** Sends these very bytes on a connection of their own and gives the one answer. */
export async function sendRaw<T>(url: string, bytes: string | Uint8Array): Promise<Answer<T>> {
  const connection = openConnection(url);
  connection.socket.write(bytes);
  try {
    return (await connection.answers<T>(1))[0]!;
  } finally {
    connection.close();
  }
}

/** Every complete answer in what was received. */
function answersIn<T>(received: Buffer, ended: boolean): Answer<T>[] {
  const answers: Answer<T>[] = [];
  for (let rest = received; rest.length > 0;) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd < 0) break;
    const [statusLine, ...lines] = rest.subarray(0, headEnd).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => /^([^:]+): ?(.*)$/.exec(line)!.slice(1)).map(([name, value]) => [name!.toLowerCase(), value]),
    );
    const after = rest.subarray(headEnd + 4);
    const body = bodyOf(after, headers, ended);
    if (!body) break;
    answers.push(answerOf<T>(Number(statusLine!.split(' ')[1]), headers, body.text));
    rest = after.subarray(body.length);
  }
  return answers;
}

function bodyOf(
  bytes: Buffer,
  headers: Record<string, string | undefined>,
  ended: boolean,
): { text: string; length: number } | undefined {
  if (headers['transfer-encoding'] === 'chunked') return chunkedBody(bytes);
  const length =
    headers['content-length'] === undefined ? (ended ? bytes.length : Number.NaN) : Number(headers['content-length']);
  return bytes.length >= length ? { text: bytes.subarray(0, length).toString(), length } : undefined;
}

function chunkedBody(bytes: Buffer): { text: string; length: number } | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return undefined;
    if (size === 0) return { text: Buffer.concat(chunks).toString(), length: end };
    chunks.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
