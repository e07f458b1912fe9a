import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { BacklogMetrics } from './backlog-metrics.js';
import { BacklogRepository } from './backlog.repository.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

/** Injects the application's metrics wherever something is counted: `private readonly metrics: Metrics`. */
@Module({})
export class MetricsModule {
  static forRoot(metrics: Metrics): DynamicModule {
    return {
      module: MetricsModule,
      global: true,
      controllers: [MetricsController],
      providers: [{ provide: Metrics, useValue: metrics }, BacklogRepository, BacklogMetrics],
      exports: [Metrics],
    };
  }
}
