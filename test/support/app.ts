import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildApp } from '../../src/app.js';
import { readConfig } from '../../src/config/config.js';
import type { Config } from '../../src/config/config.js';
import { DatabaseReadiness } from '../../src/database/database-readiness.js';
import { requestBindings } from '../../src/http/request-context.js';
import { createLogger } from '../../src/logging/logging.js';
import { uniqueDatabaseUri } from './database-server.js';
import { expectNoLeak, rememberPassword, searchForSecrets } from './secrets.js';

export interface RunningApp {
  readonly app: NestFastifyApplication;
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly mongodbUri: string;
  /** Every line that was logged, parsed. */
  readonly logs: Record<string, unknown>[];
  /** Throws when a secret that a test used was logged. */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly config?: Partial<Config>;
  /** Off: return as soon as it listens, whatever the database does. */
  readonly waitUntilReady?: boolean;
}

/**
 * The real application on a free port, on a database of its own unless one is given. Its loops are off unless a test is
 * about them: all spec files share one database server.
 */
export async function startApp({ config = {}, waitUntilReady = true }: AppOptions = {}): Promise<RunningApp> {
  const mongodbUri = config.mongodbUri ?? uniqueDatabaseUri();
  const logs: Record<string, unknown>[] = [];
  const write = (line: string): void => {
    searchForSecrets(line);
    logs.push(JSON.parse(line) as Record<string, unknown>);
  };
  const logger = createLogger({ logLevel: 'debug' }, requestBindings, { write });
  const usual = { ...readConfig({ NODE_ENV: 'test' }), host: '127.0.0.1', port: 0, worker: 'off' } as const;
  const full: Config = { ...usual, ...config, mongodbUri };
  for (const uri of [full.mongodbUri, full.rateLimitRedisUrl]) rememberPassword(uri);
  const app = await buildApp(full, logger);
  await app.listen(full.port, full.host);
  if (waitUntilReady) await untilReady(app);
  const url = (await app.getUrl()).replace('localhost', '127.0.0.1');
  const close = async (): Promise<void> => {
    await app.close();
    expectNoLeak();
  };
  return { app, url, mongodbUri, logs, close };
}

async function untilReady(app: NestFastifyApplication): Promise<void> {
  const readiness = app.get(DatabaseReadiness);
  const giveUpAt = Date.now() + 20_000;
  while (!readiness.indexesInPlace) {
    if (Date.now() > giveUpAt) throw new Error('the application did not become ready within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
