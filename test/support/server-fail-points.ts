import mongoose from 'mongoose';

export interface CommandFailure {
  readonly errorCode?: number;
  readonly errorLabels?: readonly string[];
  readonly closeConnection?: true;
  readonly blockConnection?: true;
  readonly blockTimeMS?: number;
}

/** Makes commands of a server fail on purpose. The server must be the test's own: everybody on it would be hit. */
export class FailPoints {
  private constructor(readonly client: mongoose.mongo.MongoClient) {}

  static async on(uri: string): Promise<FailPoints> {
    return new FailPoints(await new mongoose.mongo.MongoClient(uri).connect());
  }

  /** The next `times` of these commands fail, together. */
  async arm(failCommands: readonly string[], failure: CommandFailure, times: number): Promise<void> {
    await this.configure({ mode: { times }, data: { failCommands, ...failure } });
  }

  async disarm(): Promise<void> {
    await this.configure({ mode: 'off' });
  }

  async close(): Promise<void> {
    await this.disarm();
    await this.client.close();
  }

  private async configure(options: object): Promise<void> {
    await this.client.db('admin').command({ configureFailPoint: 'failCommand', ...options });
  }
}
