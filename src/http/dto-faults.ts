import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import type { Config } from '../config/config.js';
import { declaredMembers, innerRuleNamed } from './member-rules.js';
import type { DtoClass } from './member-rules.js';

type Path = readonly (string | number)[];
type PlainObject = Readonly<Record<string, unknown>>;
export interface FaultAt {
  readonly at: Path;
  readonly detail: string;
}

/** No list of this service may be longer than 100 entries; of a longer one this many are looked at. */
const listEntriesMax = 101;

/**
 * Builds the DTO and tells all faults at once. Members that the DTO does not have are refused before anything is built
 * from them, so that no name in a body can reach a prototype.
 */
export function readWithFaults(
  dtoClass: DtoClass,
  value: unknown,
  config: Config,
): { dto?: object; faults: readonly FaultAt[] } {
  if (!isPlainObject(value)) return { faults: [{ at: [], detail: 'must be an object' }] };
  const dto = bind(dtoClass, value);
  const faults = [
    ...unknownMembers(value, dto, []),
    ...validateSync(dto, validatorOptions).flatMap((e) => flatten(e, [])),
    ...configuredFaults(dtoClass, dto, config),
  ];
  return { dto, faults: onePerPlace(faults) };
}

function configuredFaults(dtoClass: DtoClass, dto: object, config: Config): FaultAt[] {
  return declaredMembers(dtoClass).flatMap(({ name, optional, configured }) => {
    const value = (dto as Record<string, unknown>)[name];
    const detail = optional && value === undefined ? undefined : configured?.(value, config);
    return detail === undefined ? [] : [{ at: [name], detail }];
  });
}

const validatorOptions = { stopAtFirstError: false, forbidUnknownValues: false, validationError: { target: false } };

function bind(dtoClass: DtoClass, value: PlainObject): object {
  const verbatim = declaredMembers(dtoClass).flatMap((member) => (member.verbatim ? member.name : []));
  const members = Object.entries(value).filter(([name]) => !verbatim.includes(name));
  const bounded = members.map(([name, member]) => [name, pruned(member)]);
  const dto = plainToInstance(dtoClass, Object.fromEntries(bounded), { excludeExtraneousValues: true });
  const own = dto as Record<string, unknown>;
  for (const name of verbatim) own[name] = Object.hasOwn(value, name) ? value[name] : undefined;
  return dto;
}

/** Walks the sent value beside the DTO made of it: the DTO's own names are the known ones. */
function unknownMembers(sent: PlainObject, dto: object, path: Path): FaultAt[] {
  const known = dto as Record<string, unknown>;
  return Object.keys(sent).flatMap((name) => {
    const at = [...path, name];
    if (!Object.hasOwn(known, name)) return [{ at, detail: 'is not a known member' }];
    const list = known[name];
    const sentList = sent[name];
    if (!Array.isArray(list) || !Array.isArray(sentList)) return [];
    return list.flatMap((entry: unknown, index) => {
      const sentEntry: unknown = sentList[index];
      const isBuilt = typeof entry === 'object' && entry !== null && entry !== sentEntry;
      return isBuilt && isPlainObject(sentEntry) ? unknownMembers(sentEntry, entry, [...at, index]) : [];
    });
  });
}

function flatten(error: ValidationError, path: Path): FaultAt[] {
  const at = [...path, /^\d+$/.test(error.property) ? Number(error.property) : error.property];
  const [name, message] = Object.entries(error.constraints ?? {})[0] ?? [];
  // An entry that is not an object has no members to complain of.
  if (name === 'nestedValidation') return [{ at, detail: 'must be an object' }];
  const inner = name === undefined ? undefined : innerRuleNamed(name);
  if (inner) return inner(error.value).map((fault) => ({ at: [...at, ...fault.at], detail: fault.detail }));
  const children = Array.isArray(error.value) || path.length > 0 ? (error.children ?? []) : [];
  const own = message === undefined ? [] : [{ at, detail: message }];
  return [...own, ...children.flatMap((child) => flatten(child, at))];
}

function onePerPlace(faults: readonly FaultAt[]): FaultAt[] {
  const seen = new Set<string>();
  return faults.filter(({ at }) => {
    const place = JSON.stringify(at);
    return seen.has(place) ? false : seen.add(place);
  });
}

/**
 * A member of a body is a scalar, or a list of scalars or of objects of scalars. What no rule can accept loses all that
 * is in it, so that a hostile body costs no more than a legal one, and no object that has no DTO reaches
 * class-transformer with a "constructor" of its own, which it would call.
 */
function pruned(value: unknown): unknown {
  if (!Array.isArray(value)) return emptied(value);
  const entries: unknown[] = value.slice(0, listEntriesMax);
  return entries.map((entry) => {
    // Not emptied: a list in a list would pass for an object without members.
    if (!isPlainObject(entry)) return Array.isArray(entry) ? null : entry;
    return Object.fromEntries(Object.entries(entry).map(([name, member]) => [name, emptied(member)]));
  });
}

/** It does not become null, which the member of a merge patch may be. */
function emptied(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? {} : value;
}

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
