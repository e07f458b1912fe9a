import { parseArgs } from 'node:util';
import { parseRfc3339 } from '../http/rfc3339.js';
import { textFault } from '../http/text-rule.js';
import { isScope, isTenantId, scopes } from './scopes.js';
import type { Scope } from './scopes.js';

/** What a person asked for, checked before anything is connected to. Times are epoch milliseconds. */
export type KeysCommand =
  | {
      readonly verb: 'create';
      readonly tenantId: string;
      readonly scopes: readonly Scope[];
      readonly name: string | null;
      readonly expiresAt: number | null;
      readonly json: boolean;
    }
  | { readonly verb: 'list'; readonly tenantId: string | undefined; readonly json: boolean }
  | { readonly verb: 'roll'; readonly id: string; readonly graceMs: number; readonly json: boolean }
  | { readonly verb: 'revoke'; readonly id: string; readonly json: boolean };

/** The message is one line, for people. */
export class UsageError extends Error {}

const options = {
  create: ['tenant', 'scopes', 'name', 'expires-in', 'expires-at'],
  list: ['tenant'],
  roll: ['grace'],
  revoke: [],
} as const satisfies Record<KeysCommand['verb'], readonly string[]>;

const nameLengthMax = 100;

/** @throws UsageError */
export function parseKeysCommand(args: readonly string[], now: number): KeysCommand {
  const [verb, ...rest] = args;
  if (!isVerb(verb)) throw new UsageError(`usage: keys ${Object.keys(options).join('|')} … (see README.md)`);
  const { values, positionals } = parse(verb, rest);
  const json = values['json'] === true;
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const takesId = verb === 'roll' || verb === 'revoke';
  if (positionals.length !== (takesId ? 1 : 0)) {
    throw new UsageError(takesId ? `keys ${verb} takes the id of one key` : `keys ${verb} takes no argument`);
  }
  const id = positionals[0] ?? '';
  switch (verb) {
    case 'create':
      return {
        verb,
        tenantId: tenantOf(text('tenant') ?? ''),
        scopes: scopesOf(text('scopes') ?? ''),
        name: nameOf(text('name')),
        expiresAt: expiryOf(text('expires-in'), text('expires-at'), now),
        json,
      };
    case 'list':
      return { verb, tenantId: text('tenant') === undefined ? undefined : tenantOf(text('tenant') ?? ''), json };
    case 'roll':
      return { verb, id, graceMs: text('grace') === undefined ? 0 : durationOf('--grace', text('grace') ?? ''), json };
    case 'revoke':
      return { verb, id, json };
  }
}

function isVerb(text: string | undefined): text is KeysCommand['verb'] {
  return text !== undefined && Object.hasOwn(options, text);
}

function parse(verb: KeysCommand['verb'], args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  const known = Object.fromEntries(options[verb].map((name) => [name, { type: 'string' as const, multiple: true }]));
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...known, json: { type: 'boolean' as const } },
      allowPositionals: true,
      strict: true,
    });
    const given = Object.entries(values as Record<string, unknown>).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, value] as const;
      if (value.length > 1) throw new UsageError(`--${name} must be given once`);
      return [name, value[0] as unknown] as const;
    });
    return { values: Object.fromEntries(given), positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : 'bad options', {
      cause: error,
    });
  }
}

function tenantOf(text: string): string {
  if (isTenantId(text)) return text;
  throw new UsageError('--tenant must be 1 to 64 of A-Z a-z 0-9 . _ -, starting with a letter or digit');
}

function scopesOf(text: string): Scope[] {
  const names = text.split(',');
  if (names.every(isScope)) return [...new Set(names)];
  throw new UsageError(`--scopes must be one or more of ${scopes.join(',')}`);
}

function nameOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const fault = textFault(text, nameLengthMax);
  if (fault !== undefined) throw new UsageError(`--name ${fault}`);
  return text;
}

function expiryOf(duration: string | undefined, time: string | undefined, now: number): number | null {
  if (duration !== undefined && time !== undefined)
    throw new UsageError('--expires-in and --expires-at exclude each other');
  if (duration === undefined && time === undefined) return null;
  const at = duration === undefined ? parseRfc3339(time ?? '') : now + durationOf('--expires-in', duration);
  if (at === undefined) throw new UsageError('--expires-at must be a time of RFC 3339, such as 2027-01-31T00:00:00Z');
  if (at <= now) throw new UsageError('the expiry must lie in the future');
  return at;
}

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A hundred years: beyond that it is a slip. */
const durationMaxMs = 36_525 * 86_400_000;

function durationOf(option: string, text: string): number {
  const [, digits, unit] = /^([0-9]{1,10})([smhd])$/.exec(text) ?? [];
  const ms = Number(digits) * (unitsMs[unit ?? ''] ?? Number.NaN);
  if (ms <= durationMaxMs) return ms;
  throw new UsageError(`${option} must be a number and s, m, h or d, such as 90d`);
}
