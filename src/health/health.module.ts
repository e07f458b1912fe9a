import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { DatabaseHealthIndicator } from './database.health-indicator.js';
import { HealthController } from './health.controller.js';

@Module({
  imports: [
    TerminusModule.forRootAsync({
      inject: [CONFIG],
      // From the signal on `/ready` is 503; for this long everything else is still served.
      useFactory: (config: Config) => ({ gracefulShutdownTimeoutMs: config.shutdownDelayMs, logger: false as const }),
    }),
  ],
  controllers: [HealthController],
  providers: [DatabaseHealthIndicator],
})
export class HealthModule {}
