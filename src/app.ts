import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { Logger as Pino } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { createFastifyAdapter } from './http/fastify-options.js';
import { continued, requestBindings } from './http/request-context.js';
import { countBegun, countDone } from './http/request-metrics.js';
import { createLogger, finalStatus, logCompletion } from './logging/logging.js';
import { Metrics } from './metrics/metrics.js';
import { setUpOpenApi } from './openapi.js';

/** The only way to make the application: `main.ts` and the tests both use it. It does not listen yet. */
export async function buildApp(
  config: Config,
  logger: Pino = createLogger(config, requestBindings),
): Promise<NestFastifyApplication> {
  const metrics = new Metrics();
  const adapter = createFastifyAdapter(config, logger, (request, reply) => {
    countBegun(metrics, request);
    const done = (): void => {
      countDone(metrics, request, reply, finalStatus(reply));
      logCompletion(request, reply);
    };
    reply.raw.once('close', continued(done));
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, logger, metrics), adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  setUpOpenApi(app);
  return app;
}
