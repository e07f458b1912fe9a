import { Member } from './member-rules.js';
import type { Rule } from './member-rules.js';

// eslint-disable-next-line no-control-regex -- refusing control characters is what it is for
const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;
const nonBlank = /\P{White_Space}/u;

/**
 * The rule as JSON Schema can say it, with the blanks spelt out, since `\s` is not the same in every regex engine. Only
 * lone surrogates stay unsaid: some engines refuse a pattern that names them.
 */
export const controls = '\\u0000-\\u001f\\u007f-\\u009f';
export const blanks = ' \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const textPattern = `^[${blanks}]*[^${blanks}${controls}][^${controls}]*$`;

/** The schema of a text of 1 to `maxLength` code points. */
export function textSchema(maxLength: number): { type: 'string'; minLength: 1; maxLength: number; pattern: string } {
  return { type: 'string', minLength: 1, maxLength, pattern: textPattern };
}

/**
 * The contract's rule for every string: something to see, nothing that controls, nothing that is not Unicode.
 * Length counts code points, and blanks around the text are kept.
 */
export function textFault(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  if (!value.isWellFormed()) return 'must not have lone surrogates';
  if (controlCharacter.test(value)) return 'must not have control characters';
  if (!nonBlank.test(value)) return 'must have at least one character that is not blank';
  // A code point has at most two UTF-16 units, so only texts in between need counting.
  if (value.length > maxLength && (value.length > 2 * maxLength || [...value].length > maxLength)) {
    return `must have at most ${maxLength} characters`;
  }
  return undefined;
}

export interface TextOptions {
  readonly optional?: boolean;
  readonly description: string;
  readonly example?: string;
}

/** A member that is a text of 1 to `maxLength` code points. */
export function Text(maxLength: number, { optional = false, ...schema }: TextOptions): PropertyDecorator {
  const rule: Rule = (value) => textFault(value, maxLength);
  return Member(rule, { optional, schema: { ...textSchema(maxLength), ...schema } });
}
