import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import type { Observable } from 'rxjs';

/**
 * Binds what is known once the route was found and the caller judged to every further log line of the request. The
 * id itself is on the reply and on the lines already: requests that never get here need it too.
 */
@Injectable()
export class RequestIdInterceptor implements NestInterceptor {
  constructor(private readonly logger: PinoLogger) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    void http.getResponse<FastifyReply>().header('x-request-id', request.id);
    this.logger.assign({
      route: request.routeOptions.url,
      ...(request.caller ? { tenantId: request.caller.tenantId } : {}),
    });
    return next.handle();
  }
}
