import type { mongo } from 'mongoose';
import type { Metrics } from '../metrics/metrics.js';
import { failureKind } from './mongo-errors.js';

/** Commands end within seconds, by an answer or by the end of their connection; so many open ones are none of ours. */
const openCommandsMax = 10_000;

interface Begun {
  readonly at: number;
  readonly collection: string;
}

/**
 * Measures every command of a client by the driver's own monitoring events. They tell whole milliseconds only, so the
 * time is taken here.
 * @param collections the names that may become a label; any other is left empty
 */
export function measureCommands(client: mongo.MongoClient, metrics: Metrics, collections: ReadonlySet<string>): void {
  const begun = new Map<number, Begun>();
  const done = (event: { requestId: number; commandName: string }, errorType: string): void => {
    const command = begun.get(event.requestId);
    if (!command) return;
    begun.delete(event.requestId);
    metrics.databaseOperationDuration.observe(
      { db_operation_name: event.commandName, db_collection_name: command.collection, error_type: errorType },
      (performance.now() - command.at) / 1_000,
    );
  };
  client.on('commandStarted', ({ requestId, commandName, command }) => {
    if (begun.size >= openCommandsMax) begun.clear();
    const name: unknown = command[commandName === 'getMore' ? 'collection' : commandName];
    const collection = typeof name === 'string' && collections.has(name) ? name : '';
    begun.set(requestId, { at: performance.now(), collection });
  });
  client.on('commandSucceeded', (event) => done(event, ''));
  client.on('commandFailed', (event) => {
    const kind = failureKind(event.failure);
    done(event, kind === 'foreign' ? '_OTHER' : kind);
  });
}

/** What the pools of the current client hold, by the driver's connection monitoring events. */
export class PoolGauges {
  private connections = 0;
  private used = 0;
  private pending = 0;
  private client: mongo.MongoClient | undefined;

  constructor(private readonly metrics: Metrics) {
    metrics.beforeScrape(() => this.show());
  }

  /** The client before it is forgotten: its pools are gone, whatever it still tells. */
  watch(client: mongo.MongoClient, poolSizeMax: number): void {
    this.client = client;
    this.connections = this.used = this.pending = 0;
    this.metrics.databaseConnectionsMax.set(poolSizeMax);
    const on = (name: PoolEvent, then: () => void): void => {
      client.on(name, () => {
        if (this.client === client) then();
      });
    };
    on('connectionCreated', () => this.connections++);
    on('connectionClosed', () => this.connections--);
    on('connectionCheckOutStarted', () => this.pending++);
    on('connectionCheckedOut', () => {
      this.pending--;
      this.used++;
    });
    on('connectionCheckedIn', () => this.used--);
    client.on('connectionCheckOutFailed', ({ reason }) => {
      if (reason === 'timeout') this.metrics.databaseConnectionTimeouts.inc();
      if (this.client === client) this.pending--;
    });
  }

  private show(): void {
    const { databaseConnections: gauge, databasePendingRequests } = this.metrics;
    gauge.set({ state: 'idle' }, Math.max(0, this.connections - this.used));
    gauge.set({ state: 'used' }, this.used);
    databasePendingRequests.set(this.pending);
  }
}

type PoolEvent =
  | 'connectionCreated'
  | 'connectionClosed'
  | 'connectionCheckOutStarted'
  | 'connectionCheckedOut'
  | 'connectionCheckedIn';
