import { flag, integer, matching, oneOf } from './rules.js';
import type { Rule } from './rules.js';

export interface Variable<T> {
  readonly name: string;
  readonly rule: Rule<T>;
  /** As one would write it into the environment. Empty: there is none, and Config has `null`. */
  readonly default: string;
  /** Where production wants another default. */
  readonly productionDefault?: string;
  /** No default is safe in production: the service refuses to start without a value. */
  readonly requiredInProduction?: true;
  /** The value may hold a credential, so no message ever repeats it. */
  readonly secret?: true;
  readonly unit: string;
  readonly meaning: string;
}

const path = matching(/^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u, 'a path, not blank, without control characters');

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
