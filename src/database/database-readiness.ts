import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, ConnectOptions, mongo } from 'mongoose';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Metrics } from '../metrics/metrics.js';
import { withinDeadline } from './deadline.js';
import { measureCommands, PoolGauges } from './driver-metrics.js';
import { DatabaseUnavailable } from './mongo-errors.js';
import { prepareCollections } from './prepare-collections.js';
import { SessionRegistry } from './session-registry.js';

/** Between two tries to connect or to prepare the collections, in milliseconds. */
const retryDelayMs = 500;
/** A readiness probe must have turned two seconds after the database died, in milliseconds. */
const pingTimeoutMs = 1_000;
/** `client.bulkWrite` came with MongoDB 8.0, whose wire protocol version is 25. */
const minWireVersion = 25;

/**
 * Brings the database from "not there yet" to "answers, and has every index", and does it again whenever the
 * server was lost: it may come back as another one. The process listens meanwhile and tells that it is not ready.
 */
@Injectable()
export class DatabaseReadiness implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DatabaseReadiness.name);
  private connectedOnce = false;
  private preparedOnce = false;
  private prepared = false;
  private preparing: Promise<void> | undefined;
  private stopping = false;
  private readonly pool: PoolGauges;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly sessions: SessionRegistry,
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {
    this.pool = new PoolGauges(metrics);
  }

  onApplicationBootstrap(): void {
    this.prepareInBackground();
  }

  /** Not earlier: while shutdown is announced everything else is still served, and may need the database back. */
  onApplicationShutdown(): void {
    this.stopping = true;
  }

  /** @throws DatabaseUnavailable until the collections and their unique indexes are in place for the first time */
  assertConnected(): void {
    if (!this.preparedOnce) throw new DatabaseUnavailable('the database is not connected yet');
  }

  get indexesInPlace(): boolean {
    return this.prepared;
  }

  /** Resolves when the database answers, rejects within about a second when it does not. */
  async ping(): Promise<void> {
    this.assertConnected();
    await withinDeadline(this.connection.db!.command({ ping: 1 }, { timeoutMS: pingTimeoutMs }), pingTimeoutMs);
  }

  private prepareInBackground(): void {
    this.preparing ??= this.prepareUntilDone().finally(() => (this.preparing = undefined));
  }

  private async prepareUntilDone(): Promise<void> {
    for (let attempt = 1; !this.stopping; attempt++) {
      try {
        await this.prepare();
        return;
      } catch (error) {
        // Told at once and then every ten tries: a line every half second would bury everything else.
        if (attempt % 10 === 1 && !this.stopping) {
          const reason = error instanceof Error ? error.message : String(error);
          this.logger.warn({ attempt, reason }, `the database is not ready, trying again every ${retryDelayMs} ms`);
        }
        await sleep(retryDelayMs, undefined, { ref: false });
      }
    }
  }

  private async prepare(): Promise<void> {
    const startedAt = Date.now();
    await this.connect();
    await this.checkServer();
    await withinDeadline(prepareCollections(this.connection), 60_000);
    // The server may have been lost while it was being prepared.
    if (this.stopping) return;
    this.prepared = true;
    this.preparedOnce = true;
    this.sessions.start();
    this.logger.log(
      { durationMs: Date.now() - startedAt },
      'database ready: connected, collections and indexes in place',
    );
  }

  private async connect(): Promise<void> {
    // Once connected, the driver finds its way back by itself.
    if (this.connectedOnce) return;
    // A client whose first connection failed stays unusable, so each try makes a new one and closes the last.
    const failed = this.connection.getClient() as unknown as { close(): Promise<void> } | undefined;
    await failed?.close().catch(() => undefined);
    const opening = this.connection.openUri(this.config.mongodbUri ?? '', connectOptions(this.config));
    this.measure();
    await opening;
    this.connectedOnce = true;
    this.connection.getClient().on('serverDescriptionChanged', (event) => {
      if (event.newDescription.type !== 'Unknown' || !this.prepared || this.stopping) return;
      this.prepared = false;
      this.logger.warn({ reason: event.newDescription.error?.message }, 'the database was lost');
      this.prepareInBackground();
    });
  }

  /** The client is there as soon as it is being opened, and tells nothing before that. */
  private measure(): void {
    const client = this.connection.getClient() as mongo.MongoClient | undefined;
    if (!client) return;
    const models = Object.values(this.connection.models);
    measureCommands(client, this.metrics, new Set(models.map(({ collection }) => collection.collectionName)));
    this.pool.watch(client, this.config.mongodbMaxPoolSize);
  }

  private async checkServer(): Promise<void> {
    const hello = await this.connection.db!.admin().command({ hello: 1 });
    const wireVersion = Number(hello['maxWireVersion']);
    if (wireVersion < minWireVersion) throw new Error('MongoDB 8.0 or newer is needed');
    if (typeof hello['setName'] !== 'string' && hello['msg'] !== 'isdbgrid') {
      throw new Error('transactions need a replica set or a sharded cluster; this server is standalone');
    }
  }
}

/** All times in milliseconds, all below what a request may take. */
function connectOptions(config: Config): ConnectOptions {
  return {
    appName: 'order-processing-service',
    maxPoolSize: config.mongodbMaxPoolSize,
    monitorCommands: true,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    serverSelectionTimeoutMS: 2_000,
    connectTimeoutMS: 2_000,
    socketTimeoutMS: config.databaseTimeoutMs * 2,
    waitQueueTimeoutMS: config.databaseTimeoutMs,
    // Polling notices a silent network within about heartbeat + connect time-out; streaming waits longer.
    serverMonitoringMode: 'poll',
    heartbeatFrequencyMS: 1_000,
    readPreference: 'primary',
  };
}
