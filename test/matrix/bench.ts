import mongoose from 'mongoose';
import { startDurableServer } from '../support/database-server.js';
import type { DurableServer } from '../support/database-server.js';
import { startWireProxy } from '../support/wire-proxy.js';
import type { WireProxy } from '../support/wire-proxy.js';
import { expectConsistent } from './consistency.js';
import { attempt, change, creation, expectOneAnswer, isDone, untilDone } from './keyed-request.js';
import type { Attempt, KeyedRequest } from './keyed-request.js';
import type { CommandFailure } from './points.js';

export interface Recovery {
  /** From the end of the fault until the first success; 0 when that came before. */
  readonly recoveryMs: number;
  /** The longest request of all. */
  readonly longestMs: number;
  readonly orderId: string;
}

/** A database server of a test's own, the network before it, and the account of what was asked of it. */
export class Bench {
  private keys = 0;
  private readonly keysDone = new Set<string>();

  private constructor(
    readonly database: DurableServer,
    readonly proxy: WireProxy,
    private readonly direct: mongoose.mongo.MongoClient,
  ) {}

  static async open(): Promise<Bench> {
    const database = await startDurableServer();
    const direct = await new mongoose.mongo.MongoClient(database.uri).connect();
    return new Bench(database, await startWireProxy(database.port), direct);
  }

  /** For the service: its way to the database leads through the proxy. */
  get uri(): string {
    const uri = new URL(this.database.uri);
    uri.port = String(this.proxy.port);
    return uri.href;
  }

  newCreation(): KeyedRequest {
    return creation(`create-${++this.keys}`);
  }

  /** The change of an order that is there. */
  async newChange(url: string): Promise<KeyedRequest> {
    return this.changeOf(orderIdOf(await this.doneOf(url, this.newCreation(), performance.now())));
  }

  changeOf(orderId: string): KeyedRequest {
    return change(`change-${++this.keys}`, orderId);
  }

  /** Sends it until it is done; it counts as one that took effect. */
  async doneOf(url: string, request: KeyedRequest, giveUpAt: number): Promise<readonly Attempt[]> {
    const attempts = await untilDone(url, request, giveUpAt);
    this.keysDone.add(request.key);
    return attempts;
  }

  /**
   * After the fault: the same key is asked for until it is done, and then once more for its one answer.
   * @param before what was answered so far
   */
  async recover(
    url: string,
    request: KeyedRequest,
    before: readonly Attempt[],
    { endedAt, maxMs }: { readonly endedAt: number; readonly maxMs: number },
  ): Promise<Recovery> {
    const after = await this.doneOf(url, request, endedAt + maxMs);
    const all = [...before, ...after, await attempt(url, request)];
    expectOneAnswer(all);
    const succeededAt = all.find(isDone)?.at ?? Number.NaN;
    return {
      recoveryMs: Math.max(0, succeededAt - endedAt),
      longestMs: Math.max(...all.map(({ ms }) => ms)),
      orderId: orderIdOf(after),
    };
  }

  /** The next `times` of these commands fail, whoever sends them. */
  async arm(command: string, failure: CommandFailure, times: number): Promise<void> {
    const data = { failCommands: [command], ...failure };
    await this.direct.db('admin').command({ configureFailPoint: 'failCommand', mode: { times }, data });
  }

  async disarm(): Promise<void> {
    await this.direct.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
  }

  expectConsistent(): Promise<void> {
    return expectConsistent(this.direct.db(), this.keysDone);
  }

  async close(): Promise<void> {
    await this.direct.close();
    await this.proxy.end();
    await this.database.stop();
  }
}

function orderIdOf(attempts: readonly Attempt[]): string {
  return (attempts.at(-1)?.answer?.body as { id: string }).id;
}
