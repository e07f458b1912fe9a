import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DatabaseReadiness } from './database-readiness.js';
import { SharedSecrets, sharedSecretSchema } from './shared-secrets.js';
import { Transactions } from './transactions.js';

@Global()
@Module({
  imports: [
    // The connection is made without an address, so that the process can listen before the database is there;
    // DatabaseReadiness opens it.
    MongooseModule.forRootAsync({ useFactory: () => ({ lazyConnection: true }) }),
    MongooseModule.forFeature([{ name: 'SharedSecret', schema: sharedSecretSchema }]),
  ],
  providers: [DatabaseReadiness, Transactions, SharedSecrets],
  exports: [DatabaseReadiness, Transactions, SharedSecrets],
})
export class DatabaseModule {}
