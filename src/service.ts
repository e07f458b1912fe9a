import { resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { buildApp } from './app.js';
import { ConfigError, readConfig } from './config/config.js';
import type { Config } from './config/config.js';
import { loadEnv } from './config/load-env.js';
import type { EmbeddedDatabase } from './database/embedded/embedded-database.js';
import { requestBindings } from './http/request-context.js';
import { createLogger } from './logging/logging.js';
import { tracerInUse } from './tracing/trace-context.js';

/** An orchestrator kills after 30 s; until then open requests may finish. Both in milliseconds. */
const connectionsEndAfterMs = 25_000;
const processEndsAfterMs = 29_000;

const mendable: ReadonlySet<string> = new Set(['EmbeddedDatabaseInUse', 'NoDatabase']);

async function listen(): Promise<void> {
  const env = loadEnv();
  const config = readConfig(env);
  const logger = createLogger(config, requestBindings);
  const embedded = config.mongodbUri === null ? await startEmbedded(config, env, logger) : undefined;
  if (embedded) logger.info({ uri: embedded.uri, kind: embedded.kind }, 'database: the embedded one is running');
  else logger.info('database: MONGODB_URI is set and is used');
  const app = await buildApp(embedded ? { ...config, mongodbUri: embedded.uri } : config, logger);
  endOnSignals(app, logger, embedded);
  await app.listen(config.port, config.host);
  logger.info({ url: await app.getUrl() }, 'listening');
}

async function startEmbedded(config: Config, env: NodeJS.ProcessEnv, logger: Logger): Promise<EmbeddedDatabase> {
  logger.info('database: MONGODB_URI is not set, starting an embedded one');
  // Loaded on demand: production has neither the packages nor the wish.
  const { startEmbeddedDatabase } = await import('./database/embedded/embedded-database.js');
  return startEmbeddedDatabase({
    dataDir: resolve(config.dataDir),
    cacheDir: resolve(config.cacheDir),
    env,
    log: (message, details) => logger.info(details ?? {}, message),
  });
}

function endOnSignals(app: NestFastifyApplication, logger: Logger, embedded?: EmbeddedDatabase): void {
  let ending = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (ending) return;
    ending = true;
    logger.info({ signal }, 'shutting down');
    setTimeout(() => app.getHttpServer().closeAllConnections(), connectionsEndAfterMs);
    setTimeout(() => process.exit(1), processEndsAfterMs);
    try {
      // The types hide the signal, which Terminus needs: it announces a shutdown on SIGTERM only.
      await (app as unknown as { close(signal: string): Promise<void> }).close(signal);
      await embedded?.stop();
      await tracerInUse()?.stop();
      logger.info('shut down');
      await written(logger);
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'shutdown failed');
      await written(logger);
      process.exit(1);
    }
  };
  process.on('SIGTERM', (signal) => void end(signal));
  process.on('SIGINT', (signal) => void end(signal));
}

/**
 * Whoever reads the lines may be gone. Pino finds that out by an asynchronous write and stops; what is left for the end
 * of the process is written synchronously, and tried again for ever (sonic-boom 4.2.1, `flushSync`).
 */
function written(logger: Logger): Promise<void> {
  return new Promise((resolve) => logger.flush(() => resolve()));
}

/** Reads the configuration, builds the application and listens; what a person can mend is told without a stack. */
export async function start(): Promise<void> {
  try {
    await listen();
  } catch (error) {
    const expected = error instanceof ConfigError || (error instanceof Error && mendable.has(error.name));
    process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
}
