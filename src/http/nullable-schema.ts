import type { ApiPropertyOptions } from '@nestjs/swagger';

interface Described {
  readonly description?: string;
  readonly example?: unknown;
  readonly [keyword: string]: unknown;
}

/**
 * The schema of a value that may be null as well. It is not `type: ['string', 'null']`: Swagger's decorators take a
 * list of types for a list of values.
 */
export function nullable({ description, example, ...schema }: Described): ApiPropertyOptions {
  return {
    anyOf: [schema, { type: 'null' }],
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
  };
}
