import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequiresScope } from '../auth/auth.guard.js';
import type { Caller } from '../auth/caller.js';
import { NeedsNoBody } from '../http/json-body.js';
import { toLimit } from '../http/page-query.js';
import { DeliveriesService } from './deliveries.service.js';
import { ListDeliveriesIn, RetryIn, toDeliveryOut, toSince } from './delivery.dto.js';
import type { DeliveryAcceptedOut, DeliveryPageOut, RetriedOut } from './delivery.dto.js';
import * as document from './webhooks.openapi.js';

@ApiTags('webhooks')
@Controller()
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Post('webhook-endpoints/:id/test')
  @HttpCode(202)
  @RequiresScope('webhooks:manage')
  @NeedsNoBody()
  @document.DocumentTest()
  async test(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<DeliveryAcceptedOut> {
    return { deliveryId: await this.deliveries.ping(caller, id) };
  }

  @Get('webhook-endpoints/:id/deliveries')
  @RequiresScope('webhooks:manage')
  @document.DocumentLog()
  async list(
    @CurrentCaller() caller: Caller,
    @Param('id') endpointId: string,
    @Query() query: ListDeliveriesIn,
  ): Promise<DeliveryPageOut> {
    const request = { limit: toLimit(query), cursor: query.cursor };
    const page = await this.deliveries.list(caller, { endpointId, status: query.status }, request);
    return { items: page.items.map(toDeliveryOut), nextCursor: page.nextCursor };
  }

  @Post('webhook-endpoints/:id/retry')
  @HttpCode(202)
  @RequiresScope('webhooks:manage')
  @document.DocumentRetryOfDead()
  async retryDead(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { since }: RetryIn,
  ): Promise<RetriedOut> {
    return { count: await this.deliveries.retryDead(caller, id, toSince(since)) };
  }

  @Post('deliveries/:id/retry')
  @HttpCode(202)
  @RequiresScope('webhooks:manage')
  @NeedsNoBody()
  @document.DocumentRetry()
  async retry(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<DeliveryAcceptedOut> {
    await this.deliveries.retry(caller, id);
    return { deliveryId: id };
  }
}
