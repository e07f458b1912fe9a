import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, RequiresScope } from '../auth/auth.guard.js';
import type { Caller } from '../auth/caller.js';
import { NeedsNoBody, TakesMergePatch } from '../http/json-body.js';
import { toLimit } from '../http/page-query.js';
import {
  ListWebhookEndpointsIn,
  toWebhookEndpointOut,
  WebhookEndpointIn,
  WebhookEndpointPatchIn,
} from './webhook-endpoint.dto.js';
import type {
  WebhookEndpointCreatedOut,
  WebhookEndpointOut,
  WebhookEndpointPageOut,
  WebhookSecretOut,
} from './webhook-endpoint.dto.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';
import * as document from './webhooks.openapi.js';

@ApiTags('webhooks')
@Controller('webhook-endpoints')
export class WebhookEndpointsController {
  constructor(private readonly endpoints: WebhookEndpointsService) {}

  @Post()
  @RequiresScope('webhooks:manage')
  @document.DocumentCreation()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() body: WebhookEndpointIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookEndpointCreatedOut> {
    const endpoint = await this.endpoints.create(caller, body);
    void reply.header('location', `/webhook-endpoints/${endpoint.id}`);
    return { ...toWebhookEndpointOut(endpoint), secret: endpoint.secrets[0]!.secret };
  }

  @Get()
  @RequiresScope('webhooks:manage')
  @document.DocumentList()
  async list(@CurrentCaller() caller: Caller, @Query() query: ListWebhookEndpointsIn): Promise<WebhookEndpointPageOut> {
    const { items, nextCursor } = await this.endpoints.list(caller, toLimit(query), query.cursor);
    return { items: items.map(toWebhookEndpointOut), nextCursor };
  }

  @Get(':id')
  @RequiresScope('webhooks:manage')
  @document.DocumentRead()
  async get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<WebhookEndpointOut> {
    return toWebhookEndpointOut(await this.endpoints.get(caller, id));
  }

  @Patch(':id')
  @RequiresScope('webhooks:manage')
  @TakesMergePatch()
  @document.DocumentChange()
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() patch: WebhookEndpointPatchIn,
  ): Promise<WebhookEndpointOut> {
    return toWebhookEndpointOut(await this.endpoints.change(caller, id, patch));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequiresScope('webhooks:manage')
  @document.DocumentRemoval()
  async remove(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.endpoints.remove(caller, id);
  }

  @Post(':id/secret')
  @HttpCode(200)
  @RequiresScope('webhooks:manage')
  @NeedsNoBody()
  @document.DocumentRoll()
  async rollSecret(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<WebhookSecretOut> {
    const { secret, previousExpiresAt } = await this.endpoints.rollSecret(caller, id);
    return { secret, previousExpiresAt: previousExpiresAt.toISOString() };
  }
}
