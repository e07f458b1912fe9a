import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { Logger } from 'pino';
import { AuthGuard } from './auth/auth.guard.js';
import { AuthModule } from './auth/auth.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { Drain } from './http/drain.js';
import { ValidationPipe } from './http/validation.pipe.js';
import { loggerModule } from './logging/logging.js';
import type { Metrics } from './metrics/metrics.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { SinksModule } from './sinks/sinks.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** The table of contents: the features, then what runs around every request, in running order. */
@Module({})
export class AppModule {
  static forRoot(config: Config, logger: Logger, metrics: Metrics): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        loggerModule(logger),
        MetricsModule.forRoot(metrics),
        DatabaseModule,
        AuthModule,
        OrdersModule,
        WebhooksModule,
        SinksModule,
        HealthModule,
      ],
      providers: [
        Drain,
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_PIPE, useClass: ValidationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
