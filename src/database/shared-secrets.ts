import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Schema } from 'mongoose';
import type { Model, mongo } from 'mongoose';
import { withValidator } from './collection-validator.js';
import { Transactions } from './transactions.js';

interface SharedSecretDocument {
  _id: string;
  value: mongo.Binary | Buffer;
}

export const sharedSecretSchema = withValidator(
  new Schema<SharedSecretDocument>(
    { _id: { type: String, required: true }, value: { type: Buffer, required: true } },
    { collection: 'shared_secrets', versionKey: false },
  ),
  {
    bsonType: 'object',
    required: ['_id', 'value'],
    properties: { _id: { bsonType: 'string' }, value: { bsonType: 'binData' } },
  },
);

/**
 * Random keys that every instance has to share and nobody has to configure. The first instance that needs one
 * makes it; the database keeps it.
 */
@Injectable()
export class SharedSecrets {
  private readonly known = new Map<string, Buffer>();

  constructor(
    @InjectModel('SharedSecret') private readonly secrets: Model<SharedSecretDocument>,
    private readonly transactions: Transactions,
  ) {}

  /** @returns 32 bytes, the same ones in every instance */
  async get(name: string): Promise<Buffer> {
    const known = this.known.get(name);
    if (known) return known;
    const secret = (await this.read(name)) ?? (await this.make(name));
    this.known.set(name, secret);
    return secret;
  }

  private async make(name: string): Promise<Buffer> {
    const made = { $setOnInsert: { value: randomBytes(32) } };
    // When two instances race, one of the upserts does nothing or meets the other's `_id`; both then read one value.
    const failure = await this.transactions
      .call(() => this.secrets.updateOne({ _id: name }, made, { upsert: true, writeConcern: { w: 'majority' } }).exec())
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    const secret = await this.read(name);
    if (!secret) throw new Error(`the shared secret "${name}" could not be made`, { cause: failure });
    return secret;
  }

  private async read(name: string): Promise<Buffer | undefined> {
    const options = { ...this.transactions.readOptions(), lean: true };
    const found = await this.transactions.call(() => this.secrets.findOne({ _id: name }, null, options).exec());
    if (!found) return undefined;
    const { value } = found as unknown as SharedSecretDocument;
    return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer);
  }
}
