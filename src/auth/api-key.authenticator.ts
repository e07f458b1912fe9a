import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { FastifyRequest } from 'fastify';
import type { Model } from 'mongoose';
import { Transactions } from '../database/transactions.js';
import { parseApiKey, sameSecret } from './api-key-text.js';
import { ApiKeyRepository } from './api-key.repository.js';
import type { ApiKeyDocument } from './api-key.schema.js';
import { bearerToken } from './authenticator.js';
import type { Authenticator, Denial } from './authenticator.js';
import type { Caller } from './caller.js';

/**
 * For how long a key is believed without a look into the database, in milliseconds: a revoked key stops in every
 * process within this and the time of one look, which is less than the five seconds that are promised.
 */
const cacheTtlMs = 2_000;
/** Keys in use at a time; more are forgotten, the oldest first. */
const cacheEntriesMax = 10_000;
const lastUsedPrecisionMs = 60_000;

interface CachedKey {
  readonly key: ApiKeyDocument;
  readonly readAt: number;
}

@Injectable()
export class ApiKeyAuthenticator implements Authenticator {
  private readonly keys: ApiKeyRepository;
  private readonly cache = new Map<string, CachedKey>();
  private readonly touchedAt = new Map<string, number>();

  constructor(
    @InjectModel('ApiKey') model: Model<ApiKeyDocument>,
    private readonly transactions: Transactions,
  ) {
    this.keys = new ApiKeyRepository(model.collection as never);
  }

  async authenticate(request: FastifyRequest): Promise<Caller | Denial> {
    const token = bearerToken(request);
    if (token === undefined) return { reason: 'no bearer token' };
    const parts = parseApiKey(token);
    if (!parts) return { reason: 'not an API key' };
    const keyId = parts.id;
    const key = await this.find(keyId);
    if (!key) return { reason: 'unknown API key', keyId };
    if (!sameSecret(key.secretHash.buffer, parts.secretHash)) return { reason: 'wrong secret', keyId };
    const now = Date.now();
    if (key.revokedAt !== null && key.revokedAt.getTime() <= now) return { reason: 'revoked API key', keyId };
    if (key.expiresAt !== null && key.expiresAt.getTime() <= now) return { reason: 'expired API key', keyId };
    this.touch(key, now);
    return { tenantId: key.tenantId, scopes: key.scopes, actor: keyId };
  }

  /** What is unknown is not remembered, so that a new key works at once. */
  private async find(id: string): Promise<ApiKeyDocument | null> {
    const now = Date.now();
    const cached = this.cache.get(id);
    if (cached && now - cached.readAt < cacheTtlMs) return cached.key;
    const key = await this.transactions.call(() => this.keys.find(id));
    this.cache.delete(id);
    if (key) this.cache.set(id, { key, readAt: now });
    const [oldest] = this.cache.keys();
    if (this.cache.size > cacheEntriesMax && oldest !== undefined) this.cache.delete(oldest);
    return key;
  }

  /** Behind the request: nobody waits for it, and a failure only makes the time less exact. */
  private touch({ _id, lastUsedAt }: ApiKeyDocument, now: number): void {
    const last = Math.max(lastUsedAt?.getTime() ?? 0, this.touchedAt.get(_id) ?? 0);
    if (now - last < lastUsedPrecisionMs) return;
    if (this.touchedAt.size > cacheEntriesMax) this.touchedAt.clear();
    this.touchedAt.set(_id, now);
    void this.keys.touch(_id, new Date(now)).catch(() => undefined);
  }
}
