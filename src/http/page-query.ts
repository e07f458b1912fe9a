import { ApiProperty } from '@nestjs/swagger';
import { Member } from './member-rules.js';
import type { Rule } from './member-rules.js';
import { nullable } from './nullable-schema.js';
import { cursorPattern, foreignCursor } from './page-cursor.js';

const limitDefault = 20;
const limitMax = 100;

/** The page size, as the text of a query; `toLimit` makes it a number. */
export const Limit = (): PropertyDecorator =>
  Member(once(limitFault), {
    optional: true,
    schema: { type: 'integer', minimum: 1, maximum: limitMax, default: limitDefault, description: 'Page size.' },
  });

export const Cursor = (): PropertyDecorator =>
  Member(once(cursorFault), {
    optional: true,
    schema: { type: 'string', description: '`nextCursor` of the page before, with the same filters.' },
  });

export const NextCursor = (): PropertyDecorator =>
  ApiProperty(
    nullable({
      type: 'string',
      description: 'Give it as `cursor` for the next page; null at the end.',
      example: null,
    }),
  );

export function toLimit(query: { readonly limit?: string }): number {
  return query.limit === undefined ? limitDefault : Number(query.limit);
}

/** A parameter that is repeated arrives as a list. */
export function once(rule: Rule): Rule {
  return (value) => (Array.isArray(value) ? 'must be given once' : rule(value));
}

/** Its shape only; whether it belongs to this list can be told when the filters are known to be good. */
function cursorFault(value: unknown): string | undefined {
  return typeof value === 'string' && cursorPattern.test(value) ? undefined : foreignCursor;
}

function limitFault(value: unknown): string | undefined {
  const isLimit = typeof value === 'string' && /^[1-9][0-9]{0,2}$/.test(value) && Number(value) <= limitMax;
  return isLimit ? undefined : `must be an integer from 1 to ${limitMax}`;
}
