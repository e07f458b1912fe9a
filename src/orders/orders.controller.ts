import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCaller, RequiresScope } from '../auth/auth.guard.js';
import type { Caller } from '../auth/caller.js';
import { formatEntityTag, ifNoneMatchHas } from '../http/entity-tag.js';
import { IfMatch, RequiresIfMatch } from '../http/if-match.js';
import { toLimit } from '../http/page-query.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { ListOrdersIn, toOrderFilter } from './list-orders.dto.js';
import type { OrderPageOut } from './list-orders.dto.js';
import { OrderIn, StatusChangeIn, toOrderOut } from './order.dto.js';
import type { OrderOut } from './order.dto.js';
import type { Order } from './domain/order.js';
import type { OrderHistoryOut } from './order-history.dto.js';
import { DocumentChange, DocumentCreation, DocumentHistory, DocumentList, DocumentRead } from './orders.openapi.js';
import { OrdersService } from './orders.service.js';

@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post()
  @RequiresScope('orders:write')
  @Idempotent()
  @DocumentCreation()
  async create(
    @CurrentCaller() caller: Caller,
    @Body() body: OrderIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderOut> {
    const order = await this.orders.create(caller, body);
    void reply.header('location', `/orders/${order.id}`);
    return answer(order, reply);
  }

  @Get(':id')
  @RequiresScope('orders:read')
  @DocumentRead()
  async get(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderOut | undefined> {
    const order = await this.orders.get(caller, id);
    const out = answer(order, reply);
    const ifNoneMatch = request.headers['if-none-match'];
    if (ifNoneMatch === undefined || !ifNoneMatchHas(ifNoneMatch, formatEntityTag(order.version))) return out;
    void reply.status(304);
    return undefined;
  }

  @Patch(':id')
  @RequiresScope('orders:write')
  @RequiresIfMatch()
  @Idempotent()
  @DocumentChange()
  async changeStatus(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: StatusChangeIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderOut> {
    return answer(await this.orders.changeStatus(caller, id, body.status, version), reply);
  }

  @Get()
  @RequiresScope('orders:read')
  @DocumentList()
  async list(@CurrentCaller() caller: Caller, @Query() query: ListOrdersIn): Promise<OrderPageOut> {
    const page = await this.orders.list(caller, toOrderFilter(query), toLimit(query), query.cursor);
    return { items: page.items.map(toOrderOut), nextCursor: page.nextCursor };
  }

  @Get(':id/events')
  @RequiresScope('events:read')
  @DocumentHistory()
  async history(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<OrderHistoryOut> {
    return { items: await this.orders.history(caller, id), nextCursor: null };
  }
}

function answer(order: Order, reply: FastifyReply): OrderOut {
  void reply.header('etag', formatEntityTag(order.version));
  return toOrderOut(order);
}
