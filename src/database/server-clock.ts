import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';

/** The database server's clock, the one that all instances share: whose lease has ended must not depend on who asks. */
@Injectable()
export class ServerClock {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  async now(): Promise<Date> {
    const { localTime } = (await this.connection.db!.admin().command({ hello: 1 })) as unknown as { localTime: Date };
    return localTime;
  }
}
