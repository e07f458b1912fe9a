import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { Logger as Pino } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { createFastifyAdapter } from './http/fastify-options.js';
import { createLogger, logWhenDone } from './logging/logging.js';
import { setUpOpenApi } from './openapi.js';

/** The only way to make the application: `main.ts` and the tests both use it. It does not listen yet. */
export async function buildApp(config: Config, logger: Pino = createLogger(config)): Promise<NestFastifyApplication> {
  const adapter = createFastifyAdapter(config, logger, logWhenDone);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, logger), adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  setUpOpenApi(app);
  return app;
}
