import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/**
 * From the moment shutdown begins every answer asks its client to connect anew: kept-alive connections move to
 * other instances while this one still serves, and none is idle, about to be used, when the listener closes.
 */
@Injectable()
export class Drain implements OnModuleDestroy {
  private begun = false;

  constructor(host: HttpAdapterHost) {
    const fastify = host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onSend', async (_request, reply) => {
      if (this.begun) void reply.header('connection', 'close');
    });
  }

  onModuleDestroy(): void {
    this.begun = true;
  }
}
