import { Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Config } from '../config/config.js';

/** Both in seconds: the window, and how often a Redis that is away is told of. */
const windowSeconds = 60;
const warnEverySeconds = 10;
/** A limiter that is slower than this is no help any more, in milliseconds. */
const redisTimeoutMs = 250;

/** What a limited request is told (draft-ietf-httpapi-ratelimit-headers-10). */
export interface Quota {
  readonly exceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Until the quota is whole again, in seconds, at least 1. */
  readonly resetSeconds: number;
}

/**
 * Requests per tenant and minute, and refused credentials per address and minute. In memory each instance counts for
 * itself; with Redis they count together, and while it is away everybody passes: a limiter must not be an outage.
 */
export class RateLimits implements OnApplicationShutdown {
  private readonly logger = new Logger(RateLimits.name);
  private readonly tenants: RateLimiterAbstract | undefined;
  private readonly addresses: RateLimiterAbstract | undefined;
  private warnedAt = 0;

  constructor(
    config: Config,
    private readonly redis: Redis | undefined,
  ) {
    this.redis?.on('error', (error) => this.warn(error));
    this.tenants = this.limiter('tenant', config.rateLimitPerMinute);
    this.addresses = this.limiter('address', config.authFailuresPerMinute);
  }

  /** Counts one request of the tenant; undefined when there is no limit. */
  async request(tenantId: string): Promise<Quota | undefined> {
    return this.tenants && this.consume(this.tenants, tenantId);
  }

  /** Counts one refused credential from the address; undefined when there is no limit. */
  async refusal(address: string): Promise<Quota | undefined> {
    return this.addresses && this.consume(this.addresses, address);
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private limiter(keyPrefix: string, points: number): RateLimiterAbstract | undefined {
    if (points === 0) return undefined;
    const options = { keyPrefix: `orders:${keyPrefix}`, points, duration: windowSeconds };
    return this.redis ? new RateLimiterRedis({ ...options, storeClient: this.redis }) : new RateLimiterMemory(options);
  }

  private async consume(limiter: RateLimiterAbstract, key: string): Promise<Quota> {
    try {
      return quota(limiter.points, await limiter.consume(key), false);
    } catch (outcome) {
      if (outcome instanceof RateLimiterRes) return quota(limiter.points, outcome, true);
      this.warn(outcome);
      return quota(limiter.points, new RateLimiterRes(limiter.points, windowSeconds * 1_000), false);
    }
  }

  private warn(error: unknown): void {
    const now = Date.now();
    if (now - this.warnedAt < warnEverySeconds * 1_000) return;
    this.warnedAt = now;
    this.logger.warn({ err: error }, 'the rate limiter cannot reach Redis; requests pass uncounted');
  }
}

/** The client is loaded only where there is a Redis to talk to. */
export async function createRateLimits(config: Config): Promise<RateLimits> {
  if (config.rateLimitRedisUrl === null) return new RateLimits(config, undefined);
  const { Redis } = await import('ioredis');
  const redis = new Redis(config.rateLimitRedisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: redisTimeoutMs,
    connectTimeout: 2_000,
  });
  return new RateLimits(config, redis);
}

function quota(limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes, exceeded: boolean): Quota {
  const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return {
    exceeded,
    resetSeconds,
    headers: {
      'ratelimit-policy': `"default";q=${limit};w=${windowSeconds}`,
      ratelimit: `"default";r=${Math.max(0, remainingPoints)};t=${resetSeconds}`,
    },
  };
}
