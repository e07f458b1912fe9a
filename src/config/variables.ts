import { eventVariables } from './event-variables.js';
import { flag, integer, matching, oneOf } from './rules.js';
import type { Variable } from './variable.js';
import { origins, path, proxies, visibleText } from './text-rules.js';

/**
 * Every environment variable, once. A new one is a row here and its lines in `.env.example` and README.md, which
 * test/configuration.spec.ts compares with this table; its key and type in Config follow by themselves.
 */
export const variables = {
  nodeEnv: {
    name: 'NODE_ENV',
    rule: oneOf('development', 'test', 'production'),
    default: 'development',
    unit: 'mode',
    meaning: 'What the process runs for; production has safer defaults and demands more.',
  },
  host: {
    name: 'HOST',
    rule: matching(/^[A-Za-z0-9._:%-]{1,255}$/, 'an IP address or a host name'),
    default: '0.0.0.0',
    unit: 'address',
    meaning: 'Network interface to listen on.',
  },
  port: {
    name: 'PORT',
    rule: integer(0, 65_535),
    default: '8000',
    unit: 'TCP port',
    meaning: 'Port to listen on; 0 takes any free one.',
  },
  mongodbUri: {
    name: 'MONGODB_URI',
    rule: matching(/^mongodb(\+srv)?:\/\/[^\s/]\S*$/, 'a URI that starts with mongodb:// or mongodb+srv://'),
    default: '',
    requiredInProduction: true,
    secret: true,
    unit: 'connection string',
    meaning: 'The database, a replica set of MongoDB 8 or newer. Empty outside of production: an embedded one.',
  },
  authMode: {
    name: 'AUTH_MODE',
    rule: oneOf('none', 'api_key', 'jwt'),
    default: 'none',
    // Without it everybody may do everything; that has to be somebody's decision.
    requiredInProduction: true,
    unit: 'mode',
    meaning: 'How callers prove who they are; none: everybody is the tenant default with all scopes.',
  },
  jwtIssuer: {
    name: 'JWT_ISSUER',
    rule: visibleText,
    default: '',
    unit: 'issuer',
    meaning: 'The `iss` that a token must have. Required with AUTH_MODE=jwt.',
  },
  jwtAudience: {
    name: 'JWT_AUDIENCE',
    rule: visibleText,
    default: '',
    unit: 'audience',
    meaning: 'The `aud` that a token must have. Required with AUTH_MODE=jwt.',
  },
  jwtJwksUrl: {
    name: 'JWT_JWKS_URL',
    rule: matching(/^https?:\/\/[^\s/]\S*$/, 'an http or https URL'),
    default: '',
    unit: 'URL',
    meaning: 'Where the keys are that tokens are checked with. Required with AUTH_MODE=jwt.',
  },
  jwtTenantClaim: {
    name: 'JWT_TENANT_CLAIM',
    rule: visibleText,
    default: 'tenant_id',
    unit: 'claim',
    meaning: "The token's member that names the tenant, literally: a dot in it is a part of the name.",
  },
  jwtScopesClaim: {
    name: 'JWT_SCOPES_CLAIM',
    rule: visibleText,
    default: 'scope',
    unit: 'claim',
    meaning: "The token's member with the scopes: a text with blanks between them, or a list.",
  },
  rateLimitPerMinute: {
    name: 'RATE_LIMIT_PER_MINUTE',
    rule: integer(0, 1_000_000),
    default: '0',
    unit: 'requests',
    meaning: 'How many requests a tenant may make in a minute, per instance or, with Redis, in all; 0: no limit.',
  },
  rateLimitRedisUrl: {
    name: 'RATE_LIMIT_REDIS_URL',
    rule: matching(/^rediss?:\/\/[^\s/]\S*$/, 'a URI that starts with redis:// or rediss://'),
    default: '',
    secret: true,
    unit: 'connection string',
    meaning: 'A Redis in which all instances count together. Empty: each counts for itself.',
  },
  authFailuresPerMinute: {
    name: 'AUTH_FAILURES_PER_MINUTE',
    rule: integer(0, 1_000_000),
    // Nobody guesses 256 bits, so this tells a client that loops to wait, and guards no secret. 401 is what a client with an
    // old key has to be told, and with it all that share its address: a hundred a second is more than those send who wait
    // for their answers, and so little that as many refusals do not burden an instance.
    default: '6000',
    unit: 'requests',
    meaning: 'How many refused credentials an address may send in a minute before it gets 429; 0: no limit.',
  },
  trustProxy: {
    name: 'TRUST_PROXY',
    rule: proxies,
    default: '',
    unit: 'proxies',
    meaning: 'Whose X-Forwarded-For is believed. Empty: nobody is.',
  },
  corsOrigins: {
    name: 'CORS_ORIGINS',
    rule: origins,
    default: '',
    unit: 'origins',
    meaning: 'Web pages of these origins may call the API from a browser. Empty: none may.',
  },
  docsEnabled: {
    name: 'DOCS_ENABLED',
    rule: flag,
    default: 'true',
    unit: 'flag',
    meaning: 'Whether /docs and /docs-json are served.',
  },
  adminPort: {
    name: 'ADMIN_PORT',
    rule: integer(0, 65_535),
    default: '',
    unit: 'TCP port',
    meaning: 'Serves /docs, /docs-json, /metrics and the health routes; all but the last are then on no other port.',
  },
  mongodbMaxPoolSize: {
    name: 'MONGODB_MAX_POOL_SIZE',
    rule: integer(1, 1_000),
    default: '50',
    unit: 'connections',
    meaning: 'Most connections of this process to each server of the database.',
  },
  databaseTimeoutMs: {
    name: 'DATABASE_TIMEOUT_MS',
    rule: integer(100, 600_000),
    default: '4500',
    unit: 'milliseconds',
    meaning: 'What the database work of a request may take before it is answered 503; below REQUEST_TIMEOUT_MS.',
  },
  requestTimeoutMs: {
    name: 'REQUEST_TIMEOUT_MS',
    rule: integer(101, 600_000),
    default: '10000',
    unit: 'milliseconds',
    meaning: 'Every request is answered within this time.',
  },
  bodyLimitBytes: {
    name: 'BODY_LIMIT_BYTES',
    // MongoDB keeps no document above 16 MiB, so no larger order could be stored.
    rule: integer(1, 16_777_216),
    default: '262144',
    unit: 'bytes',
    meaning: 'A larger request body is refused with 413.',
  },
  idempotencyKeyRequired: {
    name: 'IDEMPOTENCY_KEY_REQUIRED',
    rule: flag,
    default: 'false',
    unit: 'flag',
    meaning: 'Whether POST /orders without an Idempotency-Key is refused with 400.',
  },
  idempotencyTtlSeconds: {
    name: 'IDEMPOTENCY_TTL_SECONDS',
    rule: integer(1, 31_536_000),
    default: '86400',
    unit: 'seconds',
    meaning: 'How long an idempotency key and its stored answer are kept.',
  },
  ...eventVariables,
  shutdownDelayMs: {
    name: 'SHUTDOWN_DELAY_MS',
    // Delay, open requests and clean-up together have to fit into the 30 seconds that orchestrators grant.
    rule: integer(0, 20_000),
    default: '0',
    productionDefault: '5000',
    unit: 'milliseconds',
    meaning: 'From SIGTERM until the listener closes, so that load balancers see /ready turn 503 first.',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    rule: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
    unit: 'level',
    meaning: 'The least severe log lines that are written.',
  },
  dataDir: {
    name: 'DATA_DIR',
    rule: path,
    default: '.data',
    unit: 'folder',
    meaning: 'Where the embedded database keeps its files.',
  },
  cacheDir: {
    name: 'CACHE_DIR',
    rule: path,
    default: '.cache',
    unit: 'folder',
    meaning: "Where the embedded database's program is kept.",
  },
} as const satisfies Readonly<Record<string, Variable<unknown>>>;
