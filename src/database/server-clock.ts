import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Transactions } from './transactions.js';

/** The database server's clock, the one that all instances share: whose lease has ended must not depend on who asks. */
@Injectable()
export class ServerClock {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
  ) {}

  /** @throws DatabaseUnavailable */
  async now(): Promise<Date> {
    const { localTime } = await this.transactions.call(
      () => this.connection.db!.admin().command({ hello: 1 }) as unknown as Promise<{ localTime: Date }>,
    );
    return localTime;
  }
}
