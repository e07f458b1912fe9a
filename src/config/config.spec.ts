import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';
import { variables } from './variables.js';
import type { Variable } from './variable.js';

const production = { NODE_ENV: 'production', MONGODB_URI: 'mongodb://db.example:27017/orders', AUTH_MODE: 'api_key' };

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('the defaults', () => {
  it('are enough outside of production', () => {
    expect(readConfig({})).toEqual({
      nodeEnv: 'development',
      host: '0.0.0.0',
      port: 8000,
      mongodbUri: null,
      authMode: 'none',
      jwtIssuer: null,
      jwtAudience: null,
      jwtJwksUrl: null,
      jwtTenantClaim: 'tenant_id',
      jwtScopesClaim: 'scope',
      rateLimitPerMinute: 0,
      rateLimitRedisUrl: null,
      authFailuresPerMinute: 6_000,
      trustProxy: null,
      corsOrigins: null,
      docsEnabled: true,
      adminPort: null,
      mongodbMaxPoolSize: 50,
      databaseTimeoutMs: 4500,
      requestTimeoutMs: 10_000,
      bodyLimitBytes: 262_144,
      idempotencyKeyRequired: false,
      idempotencyTtlSeconds: 86_400,
      worker: 'on',
      webhookAllowPrivate: false,
      webhookRetrySeconds: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400],
      eventSink: 'none',
      natsUrl: null,
      natsStream: 'orders',
      eventbridgeBus: 'default',
      eventRetentionDays: 0,
      shutdownDelayMs: 0,
      logLevel: 'info',
      dataDir: '.data',
      cacheDir: '.cache',
    });
  });

  it.each(Object.values<Variable<unknown>>(variables))('of $name obeys its own rule', (variable) => {
    for (const text of [variable.default, variable.productionDefault ?? '']) {
      expect(text === '' || variable.rule.parse(text) !== undefined).toBe(true);
    }
  });

  it('apply where a variable is set to the empty text', () => {
    const empty = Object.fromEntries(Object.values(variables).map(({ name }) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('wait five seconds before the listener closes in production, unless told otherwise', () => {
    expect(readConfig(production).shutdownDelayMs).toBe(5000);
    expect(readConfig({ ...production, SHUTDOWN_DELAY_MS: '0' }).shutdownDelayMs).toBe(0);
  });
});

describe('a value that is allowed', () => {
  it.each([
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['HOST', '::1', { host: '::1' }],
    ['MONGODB_URI', 'mongodb+srv://u:p@db.example/orders', { mongodbUri: 'mongodb+srv://u:p@db.example/orders' }],
    ['IDEMPOTENCY_KEY_REQUIRED', 'true', { idempotencyKeyRequired: true }],
    ['DATABASE_TIMEOUT_MS', '9999', { databaseTimeoutMs: 9999 }],
    ['AUTH_MODE', 'api_key', { authMode: 'api_key' }],
    ['RATE_LIMIT_PER_MINUTE', '1000000', { rateLimitPerMinute: 1_000_000 }],
    ['RATE_LIMIT_REDIS_URL', 'rediss://u:p@cache.example', { rateLimitRedisUrl: 'rediss://u:p@cache.example' }],
    ['TRUST_PROXY', '1', { trustProxy: 1 }],
    ['TRUST_PROXY', '10.0.0.0/8, ::1', { trustProxy: '10.0.0.0/8,::1' }],
    ['CORS_ORIGINS', 'https://a.example, http://b:8080', { corsOrigins: ['https://a.example', 'http://b:8080'] }],
    ['DOCS_ENABLED', 'false', { docsEnabled: false }],
    ['ADMIN_PORT', '0', { adminPort: 0 }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['DATA_DIR', '/var/lib/my orders', { dataDir: '/var/lib/my orders' }],
  ])('%s=%s is taken', (name, text, expected) => {
    expect(readConfig({ [name]: text })).toMatchObject(expected);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });
});

describe('a value that is not allowed', () => {
  it.each([
    ['NODE_ENV', 'prod'],
    ['NODE_ENV', 'Production'],
    ['HOST', 'http://localhost'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '08000'],
    ['PORT', '8000 '],
    ['PORT', '8e3'],
    ['PORT', '0x1f40'],
    ['PORT', '80.0'],
    ['MONGODB_URI', 'postgres://db.example/orders'],
    ['MONGODB_URI', 'mongodb://'],
    ['AUTH_MODE', 'apikey'],
    ['AUTH_MODE', 'NONE'],
    ['JWT_JWKS_URL', 'ftp://keys.example/set'],
    ['JWT_TENANT_CLAIM', 'a b'],
    ['RATE_LIMIT_PER_MINUTE', '-1'],
    ['RATE_LIMIT_PER_MINUTE', '1e3'],
    ['RATE_LIMIT_PER_MINUTE', '1000001'],
    ['RATE_LIMIT_REDIS_URL', 'http://cache.example'],
    ['AUTH_FAILURES_PER_MINUTE', 'many'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://a.example/'],
    ['DOCS_ENABLED', 'no'],
    ['ADMIN_PORT', '65536'],
    ['MONGODB_MAX_POOL_SIZE', '0'],
    ['DATABASE_TIMEOUT_MS', '99'],
    ['REQUEST_TIMEOUT_MS', '100'],
    ['BODY_LIMIT_BYTES', '256k'],
    ['IDEMPOTENCY_KEY_REQUIRED', '1'],
    ['IDEMPOTENCY_KEY_REQUIRED', 'TRUE'],
    ['IDEMPOTENCY_TTL_SECONDS', '0'],
    ['SHUTDOWN_DELAY_MS', '20001'],
    ['LOG_LEVEL', 'verbose'],
    ['DATA_DIR', ' '],
    ['CACHE_DIR', 'a\nb'],
  ])('%s=%j is named, alone', (name, text) => {
    const faults = faultsOf({ [name]: text });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} .*: it must be `));
  });

  it('is told with all the others at once, one line each, with what is allowed', () => {
    const env = { PORT: 'http', IDEMPOTENCY_KEY_REQUIRED: 'yes', LOG_LEVEL: 'loud', HOST: 'fine.example' };
    expect(() => readConfig(env)).toThrow(
      new ConfigError([
        'PORT is "http": it must be an integer from 0 to 65535',
        'IDEMPOTENCY_KEY_REQUIRED is "yes": it must be true or false',
        'LOG_LEVEL is "loud": it must be fatal, error, warn, info, debug, trace or silent',
      ]),
    );
  });

  it('keeps its line short and single', () => {
    const [fault] = faultsOf({ PORT: `8000\n${'x'.repeat(10_000)}` });
    expect(fault!.length).toBeLessThan(200);
    expect(fault).not.toContain('\n');
  });

  it('is never repeated when it may hold a credential', () => {
    const [fault] = faultsOf({ MONGODB_URI: 'mongo://root:hunter2@db.example' });
    expect(fault).toBe('MONGODB_URI has a bad value: it must be a URI that starts with mongodb:// or mongodb+srv://');
  });
});

describe('the time-outs together', () => {
  it.each([
    [{ DATABASE_TIMEOUT_MS: '10000' }, 'DATABASE_TIMEOUT_MS is 10000: it must be below REQUEST_TIMEOUT_MS (10000)'],
  ])('leave a request no time for its 503 with %j', (env, fault) => {
    expect(faultsOf(env)).toEqual([fault]);
  });

  it('are shortened together when only the request has one', () => {
    expect(readConfig({ REQUEST_TIMEOUT_MS: '3000' }).databaseTimeoutMs).toBe(2400);
    expect(readConfig({ REQUEST_TIMEOUT_MS: '60000' }).databaseTimeoutMs).toBe(4500);
  });

  it('are not compared when one of them is bad itself', () => {
    expect(faultsOf({ DATABASE_TIMEOUT_MS: 'x', REQUEST_TIMEOUT_MS: '200' })).toHaveLength(1);
  });
});

describe('production', () => {
  it.each([{}, { MONGODB_URI: '' }])('does not start with %j for a database', (env) => {
    expect(faultsOf({ NODE_ENV: 'production', AUTH_MODE: 'none', ...env })).toEqual([
      'MONGODB_URI is not set: with NODE_ENV=production it must be a URI that starts with mongodb:// or mongodb+srv://',
    ]);
  });

  it.each([{}, { AUTH_MODE: '' }])('does not start with %j for authentication', (env) => {
    expect(faultsOf({ NODE_ENV: 'production', MONGODB_URI: production.MONGODB_URI, ...env })).toEqual([
      'AUTH_MODE is not set: with NODE_ENV=production it must be none, api_key or jwt',
    ]);
  });

  it('starts with both', () => {
    expect(readConfig(production)).toMatchObject({ nodeEnv: 'production', mongodbUri: production.MONGODB_URI });
  });
});

describe('AUTH_MODE=jwt', () => {
  it('does not start without issuer, audience and key set, and names each', () => {
    expect(faultsOf({ AUTH_MODE: 'jwt' })).toEqual([
      'JWT_ISSUER is not set: AUTH_MODE=jwt needs it',
      'JWT_AUDIENCE is not set: AUTH_MODE=jwt needs it',
      'JWT_JWKS_URL is not set: AUTH_MODE=jwt needs it',
    ]);
  });

  it('starts with them', () => {
    const env = { JWT_ISSUER: 'https://id.example/', JWT_AUDIENCE: 'orders', JWT_JWKS_URL: 'https://id.example/keys' };
    expect(readConfig({ AUTH_MODE: 'jwt', ...env })).toMatchObject({ authMode: 'jwt', jwtAudience: 'orders' });
  });
});
