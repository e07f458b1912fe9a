import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/** The route takes an `Idempotency-Key`: the same request with the same key takes effect once. */
export const Idempotent = (): MethodDecorator =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Any value unique to this request, e.g. a UUID; bare or quoted. Repeating the request with the same key gives ' +
        'the same answer, with `Idempotent-Replayed: true`.',
      // 1 to 255 visible characters; in quotes `"` and `\` are escaped, and a bare key does not start with a quote.
      schema: { type: 'string', pattern: '^([!#-~][!-~]{0,254}|"([!#-\\[\\]-~]|\\\\["\\\\]){1,255}")$' },
      example: '6f6a2d0e-1f0c-4a57-9d5e-2b5f8b6a9c11',
    }),
  );
