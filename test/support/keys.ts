import mongoose from 'mongoose';
import { runKeysCommand } from '../../src/auth/keys-store.js';
import type { KeyOut } from '../../src/auth/keys-store.js';
import type { ApiKeyDocument } from '../../src/auth/api-key.schema.js';
import { scopes as allScopes } from '../../src/auth/scopes.js';
import type { Scope } from '../../src/auth/scopes.js';
import { rememberCredential } from './secrets.js';

export type MadeKey = KeyOut & { readonly key: string };

/** Makes API keys in a database as the command line does, and changes them behind the service's back. */
export class KeyMint {
  private constructor(private readonly client: mongoose.mongo.MongoClient) {}

  static async on(uri: string): Promise<KeyMint> {
    return new KeyMint(await new mongoose.mongo.MongoClient(uri).connect());
  }

  get documents(): mongoose.mongo.Collection<ApiKeyDocument> {
    return this.client.db().collection<ApiKeyDocument>('api_keys');
  }

  async create(
    tenantId: string,
    scopes: readonly Scope[] = allScopes,
    expiresAt: number | null = null,
  ): Promise<MadeKey> {
    const command = { verb: 'create', tenantId, scopes, name: null, expiresAt, json: true } as const;
    return remembered(await runKeysCommand(command, this.client.db()));
  }

  async roll(id: string, graceMs = 0): Promise<MadeKey> {
    return remembered(await runKeysCommand({ verb: 'roll', id, graceMs, json: true }, this.client.db()));
  }

  async revoke(id: string): Promise<void> {
    await runKeysCommand({ verb: 'revoke', id, json: true }, this.client.db());
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

function remembered(made: KeyOut | KeyOut[]): MadeKey {
  const key = made as MadeKey;
  rememberCredential(key.key);
  return key;
}

export function bearer(key: string | { readonly key: string }): { readonly authorization: string } {
  return { authorization: `Bearer ${typeof key === 'string' ? key : key.key}` };
}
