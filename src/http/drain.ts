import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/** What was sent before the listener closed may still be on its way, in milliseconds. */
const silencePatienceMs = 1_000;

/**
 * From the moment shutdown begins every answer asks its client to connect anew: kept-alive connections move to
 * other instances while this one still serves, and none is idle, about to be used, when the listener closes.
 */
@Injectable()
export class Drain implements OnModuleDestroy {
  private begun = false;

  constructor(host: HttpAdapterHost) {
    const fastify = host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.begun) void reply.header('connection', 'close');
      done();
    });
    endSilentConnections(fastify);
  }

  onModuleDestroy(): void {
    this.begun = true;
  }
}

/**
 * Node does not count a connection as idle before its first request, and stops looking for late requests when the
 * listener closes: a connection made in advance, or half a request, would hold up the end of the process.
 */
function endSilentConnections(fastify: FastifyInstance): void {
  const silent = new Set<Socket>();
  const server = fastify.server;
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => silent.delete(socket));
  fastify.addHook('preClose', async () => {
    setTimeout(() => silent.forEach((socket) => socket.destroy()), silencePatienceMs);
  });
}
