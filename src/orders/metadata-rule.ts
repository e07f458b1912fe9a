import type { InnerFault } from '../http/member-rules.js';
import { textFault } from '../http/text-rule.js';

const pairsMax = 20;
const valueLengthMax = 500;
const keyPattern = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** Free-form string pairs of the client's. Each bad pair is a fault of its own. */
export function metadataFaults(value: unknown): readonly InnerFault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ at: [], detail: 'must be an object of string pairs' }];
  }
  const pairs = Object.entries(value);
  const tooMany = pairs.length > pairsMax ? [{ at: [], detail: `must have at most ${pairsMax} pairs` }] : [];
  return [...tooMany, ...pairs.flatMap(([key, member]) => pairFault(key, member))];
}

function pairFault(key: string, value: unknown): InnerFault[] {
  if (!keyPattern.test(key)) {
    return [{ at: [key], detail: 'must have a key of 1 to 40 characters A-Z a-z 0-9 _ - that starts with a letter' }];
  }
  const detail = textFault(value, valueLengthMax);
  return detail === undefined ? [] : [{ at: [key], detail }];
}
