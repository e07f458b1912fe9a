import mongoose from 'mongoose';
import type { mongo } from 'mongoose';
import { newApiKey } from './api-key-text.js';
import { ApiKeyRepository } from './api-key.repository.js';
import type { ApiKeyDocument } from './api-key.schema.js';
import { UsageError } from './keys-command.js';
import type { KeysCommand } from './keys-command.js';

/** A key as people and programs see it; `key` is there the only time it can be. */
export interface KeyOut {
  readonly id: string;
  readonly key?: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
  readonly name: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt?: string | null;
  readonly lastUsedAt?: string | null;
}

/** @throws UsageError for an id that no living key has */
export async function runKeysCommand(command: KeysCommand, db: mongo.Db): Promise<KeyOut | KeyOut[]> {
  const keys = new ApiKeyRepository(db.collection<ApiKeyDocument>('api_keys'));
  const now = new Date();
  switch (command.verb) {
    case 'create': {
      const { tenantId, scopes, name, expiresAt } = command;
      return make(keys, { tenantId, scopes, name, expiresAt: expiresAt === null ? null : new Date(expiresAt) }, now);
    }
    case 'list':
      return (await keys.list(command.tenantId)).map(listed);
    case 'roll': {
      const old = await living(keys, command.id, now);
      const made = await make(keys, old, now);
      // The new one first: should this end in between, nobody is locked out, and nobody has seen the new key.
      await keys.endAt(old._id, new Date(now.getTime() + command.graceMs), command.graceMs === 0);
      return made;
    }
    case 'revoke': {
      if (!(await keys.endAt(command.id, now, true)))
        throw new UsageError(`there is no key with the id ${shown(command.id)}`);
      const revoked = await keys.find(command.id);
      if (!revoked) throw new UsageError(`there is no key with the id ${shown(command.id)}`);
      return listed(revoked);
    }
  }
}

type Grant = Pick<ApiKeyDocument, 'tenantId' | 'scopes' | 'name' | 'expiresAt'>;

async function make(keys: ApiKeyRepository, { tenantId, scopes, name, expiresAt }: Grant, now: Date): Promise<KeyOut> {
  const { id, secretHash, text } = newApiKey();
  const document: ApiKeyDocument = {
    _id: id,
    tenantId,
    scopes,
    name,
    secretHash: new mongoose.mongo.Binary(secretHash),
    createdAt: now,
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
  };
  await keys.insert(document);
  return {
    id,
    key: text,
    tenantId,
    scopes,
    name,
    createdAt: now.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

async function living(keys: ApiKeyRepository, id: string, now: Date): Promise<ApiKeyDocument> {
  const key = await keys.find(id);
  if (!key) throw new UsageError(`there is no key with the id ${shown(id)}`);
  if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) {
    throw new UsageError(`the key ${id} has ended and cannot be rolled; create a new one`);
  }
  return key;
}

function listed(key: ApiKeyDocument): KeyOut {
  return {
    id: key._id,
    tenantId: key.tenantId,
    scopes: key.scopes,
    name: key.name,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}

/** On one line, whatever was typed; and never a secret, should a whole key have been given for its id. */
function shown(id: string): string {
  return JSON.stringify(id.length > 40 ? `${id.slice(0, 12)}…` : id);
}
