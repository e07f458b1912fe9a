import type { Socket } from 'node:net';
import { expect } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { AppOptions, RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { openConnection } from '../support/raw-http.js';

/** What would tell a client of the inside: paths, stacks, drivers, and the words of our packages' errors. */
const inside =
  /node_modules|\.(?:js|ts):\d|\bat \S+ \(|mongo|bson|E11000|secantus|fastify|FST_|HPE_|ECONN|nestjs|TypeError/i;

/** The service under attack. Whatever is sent to it, it is to answer as the contract says and to live on. */
export class Target {
  private constructor(
    readonly running: RunningApp,
    readonly api: Api,
  ) {}

  static async start(options: AppOptions = {}): Promise<Target> {
    const running = await startApp(options);
    return new Target(running, new Api(running));
  }

  async stop(): Promise<void> {
    this.api.close();
    await this.running.close();
  }

  /**
   * These very bytes on a connection of their own, and all answers until the service closes it: so the last request
   * says `Connection: close`, or is one that the service cannot go on after.
   */
  async exchange<T = Answer['body']>(
    bytes: string | Uint8Array,
    path = '/orders',
    method = 'POST',
  ): Promise<Answer<T>[]> {
    return this.untilClosed<T>((socket) => void socket.write(asBytes(bytes)), path, method);
  }

  /** The same, but we are the ones to end it: answers that were not yet written may be lost. */
  async cutOff<T = Answer['body']>(bytes: string | Uint8Array): Promise<Answer<T>[]> {
    return this.untilClosed<T>((socket) => void socket.end(asBytes(bytes)), '/orders', 'POST');
  }

  private async untilClosed<T>(send: (socket: Socket) => void, path: string, method: string): Promise<Answer<T>[]> {
    const connection = openConnection(this.running.url);
    const over = new Promise<void>((resolve) => connection.socket.once('end', resolve).once('close', () => resolve()));
    send(connection.socket);
    await over;
    const answers = await connection.answers<T>(0);
    connection.close();
    for (const answer of answers) {
      mustBeDecent(answer);
      this.api.check(method, path, answer);
    }
    return answers;
  }

  /** The last word after every attack: alive, working, and nothing unforeseen in the log. */
  async mustBeUnharmed(): Promise<void> {
    const alive = await this.api.get('/healthz');
    const created = await this.api.create();
    const unforeseen = this.running.logs.filter(({ level }) => level === 'error' || level === 'fatal');
    expect({ alive: alive.status, created: created.status, unforeseen, polluted: polluted() }).toEqual({
      ...{ alive: 200, created: 201, unforeseen: [], polluted: [] },
    });
  }

  /** How many orders there are of a customer that only one attack names. */
  async ordersOf(customerId: string): Promise<number> {
    const { body } = await this.api.get<{ items: object[] }>(`/orders?customerId=${encodeURIComponent(customerId)}`);
    return body.items.length;
  }
}

/** `400 malformed_json` and the like; the status alone of what is no problem. */
export function outcome(answer: Answer<unknown> | undefined): string {
  if (!answer) return 'closed';
  mustBeDecent(answer);
  const code = (answer.body as Answer['body'] | undefined)?.code;
  return code === undefined ? String(answer.status) : `${answer.status} ${code}`;
}

export const outcomes = (answers: readonly Answer<unknown>[]): string[] => answers.map(outcome);

/** A POST /orders as bytes. A `content-length` is added unless the headers frame the body themselves. */
export function post(body: string | Uint8Array, headers: readonly string[] = [], version = '1.1'): Buffer {
  const framed = headers.some((header) => /^(content-length|transfer-encoding)/i.test(header));
  const length = framed ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`POST /orders HTTP/${version}`, 'Host: a', 'Content-Type: application/json', ...length, ...headers];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}

export const get = (path: string, headers: readonly string[] = []): string =>
  `${[`GET ${path} HTTP/1.1`, 'Host: a', ...headers].join('\r\n')}\r\n\r\n`;

/** A valid order with these members set or replaced by a raw piece of JSON, which need not be valid. */
export function orderWith(member: string, rawValue: string): string {
  const [line] = anOrder().items;
  const lineMembers: readonly string[] = ['sku', 'description', 'quantity', 'unitPrice'];
  const isOfLine = lineMembers.includes(member);
  const lineText = isOfLine ? withMember(line!, member, rawValue) : JSON.stringify(line);
  const text = withMember(anOrder(), 'items', `[${lineText}]`);
  return isOfLine ? text : withMember(JSON.parse(text) as object, member, rawValue);
}

function withMember(object: object, name: string, rawValue: string): string {
  const others = Object.entries(object).filter(([key]) => key !== name);
  const members = others.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${[...members, `${JSON.stringify(name)}:${rawValue}`].join(',')}}`;
}

function asBytes(bytes: string | Uint8Array): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
}

function mustBeDecent({ status, text, body, headers }: Answer<unknown>): void {
  if (status >= 500) throw new Error(`a client's doing was answered with ${status}: ${text}`);
  if (status < 400 || text === '') return;
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  const { errors = [], ...said } = body as Answer['body'];
  // Path and places of faults are the client's own words.
  const ours = { ...said, instance: undefined, errors: errors.map(({ detail }) => detail) };
  expect(JSON.stringify(ours)).not.toMatch(inside);
}

/** What an attack may have left on the prototypes of this very process. */
function polluted(): string[] {
  const bare = {} as Record<string, unknown>;
  return ['polluted', 'status', 'isAdmin', '$where'].filter((name) => bare[name] !== undefined);
}
