import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/auth.guard.js';
import { ApiProblems } from '../problem/api-problems.decorator.js';
import { Metrics } from './metrics.js';

/** Beside the health routes: no credential, no tenant, not counted against a limit. */
@Public()
@ApiTags('health')
@Controller()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @ApiOperation({
    operationId: 'metrics',
    summary: 'Metrics for Prometheus',
    description: 'In the text format. It answers whatever the database does.',
  })
  @ApiProduces('text/plain')
  @ApiProblems()
  @ApiResponse({
    status: 200,
    description: 'All metrics of this process.',
    headers: { 'X-Request-Id': { description: 'The id of this request.', schema: { type: 'string' } } },
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  async scrape(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.contentType);
    return this.metrics.scrape();
  }
}
