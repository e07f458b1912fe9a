import { setTimeout as sleep } from 'node:timers/promises';
import { Global, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { getConnectionToken, InjectConnection, MongooseModule } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { DatabaseReadiness } from './database-readiness.js';
import { ServerClock } from './server-clock.js';
import { instanceSchema, SessionRegistry } from './session-registry.js';
import { SharedSecrets, sharedSecretSchema } from './shared-secrets.js';
import { Transactions } from './transactions.js';

/**
 * The connection is made without an address, so that the process can listen before the database is there;
 * DatabaseReadiness opens it. MongooseModule.forRoot would open it, and fail the boot with it.
 */
const connectionProvider = { provide: getConnectionToken(), useFactory: () => mongoose.createConnection() };

@Global()
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'SharedSecret', schema: sharedSecretSchema },
      { name: 'ServiceInstance', schema: instanceSchema },
    ]),
  ],
  providers: [connectionProvider, DatabaseReadiness, SessionRegistry, Transactions, SharedSecrets, ServerClock],
  exports: [connectionProvider, DatabaseReadiness, Transactions, SharedSecrets, ServerClock],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly sessions: SessionRegistry,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    // What the last requests left to be ended needs the connection.
    await this.transactions.settled();
    await Promise.race([this.sessions.stop(), sleep(1_000, undefined, { ref: false })]);
    await this.connection.close();
  }
}
