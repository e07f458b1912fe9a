import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { DatabaseReadiness } from '../database/database-readiness.js';

@Injectable()
export class DatabaseHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly database: DatabaseReadiness,
  ) {}

  /** Down is a value here, not an error; what the driver said stays in the log. */
  async check<K extends string>(key: K): Promise<HealthIndicatorResult<K>> {
    const indicator = this.indicators.check(key);
    try {
      await this.database.ping();
    } catch {
      return indicator.down({ message: 'does not answer' });
    }
    return this.database.indexesInPlace ? indicator.up() : indicator.down({ message: 'indexes are being built' });
  }
}
