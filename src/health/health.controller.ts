import { Controller, Get, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheckService, MemoryHealthIndicator } from '@nestjs/terminus';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/auth.guard.js';
import { DatabaseHealthIndicator } from './database.health-indicator.js';
import { DocumentHealth } from './health.openapi.js';

/** Above this the process is not well, though it may still work; in bytes. */
const heapMaxBytes = 1_024 * 1_024 * 1_024;

@Public()
@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealthIndicator,
    private readonly memory: MemoryHealthIndicator,
  ) {}

  /** Not by Terminus' executor, which turns 503 when shutdown begins: then the process can still answer. */
  @Get('healthz')
  @DocumentHealth('live', 'Liveness: the process can answer')
  live(): HealthCheckResult {
    return { status: 'ok', info: {}, error: {}, details: {} };
  }

  @Get('ready')
  @DocumentHealth('ready', 'Readiness: the database answers, the indexes are in place, no shutdown has begun')
  ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    return report(reply, () => this.health.check([() => this.database.check('database')]));
  }

  @Get('health')
  @DocumentHealth('health', 'The full report, for people')
  full(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    return report(reply, () =>
      this.health.check([() => this.database.check('database'), () => this.memory.checkHeap('process', heapMaxBytes)]),
    );
  }
}

/** Terminus throws its report when something is down; these routes give it as it is, not as a problem. */
async function report(reply: FastifyReply, check: () => Promise<HealthCheckResult>): Promise<HealthCheckResult> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof ServiceUnavailableException)) throw error;
    void reply.status(503);
    return error.getResponse() as HealthCheckResult;
  }
}
