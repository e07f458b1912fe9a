import { isCurrency, isUnitPrice } from './money.js';

/** What a body or a query has wrong: the pointers or the parameters, each once, sorted. */
export type Faults = readonly string[];

export const statuses = ['CREATED', 'PAID', 'FULFILLED', 'CANCELLED'] as const;
export type Status = (typeof statuses)[number];

export interface OrderBody {
  readonly customerId: string;
  readonly currency: string;
  readonly items: readonly ItemBody[];
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ItemBody {
  readonly sku: string;
  readonly description?: string;
  readonly quantity: number;
  readonly unitPrice: string;
}

type Rule = (value: unknown, at: string) => Faults;

/** The faults of a body of POST /orders. */
export function orderFaults(body: unknown): Faults {
  return distinct(order(body, '#'));
}

/** The faults of a body of PATCH /orders/{id}. */
export function changeFaults(body: unknown): Faults {
  return distinct(object({ status: simple((value) => statuses.some((status) => status === value)) })(body, '#'));
}

/** Why a query of GET /orders is refused, but for its cursor, which only the state can judge. */
export function queryFaults(query: readonly (readonly [string, string])[]): Faults {
  const single = query.filter(([name]) => name !== 'status').map(([name]) => name);
  const repeated = single.filter((name, index) => single.indexOf(name) !== index);
  const bad = query.filter(([name, value]) => !parameterRules[name]?.(value)).map(([name]) => name);
  return distinct([...repeated, ...bad]);
}

const parameterRules: Readonly<Record<string, (value: string) => boolean>> = {
  status: (value) => statuses.some((status) => status === value),
  customerId: (value) => isText(128)(value),
  createdFrom: isTime,
  createdTo: isTime,
  limit: (value) => /^[0-9]{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 100,
  cursor: () => true,
};

/** The commands write times with milliseconds; what they spell otherwise is meant to be refused. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
}

/** At least one non-blank character, no control characters, no lone surrogates, `max` code points. */
function isText(max: number): (value: unknown) => boolean {
  return (value) =>
    typeof value === 'string' && [...value].length <= max && /\S/u.test(value) && !/[\p{Cc}\p{Cs}]/u.test(value);
}

const item = object(
  {
    sku: simple(isText(64)),
    quantity: simple((value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1_000_000),
    unitPrice: simple(isUnitPrice),
  },
  { description: simple(isText(500)) },
);

const items: Rule = (value, at) => {
  if (!Array.isArray(value) || value.length < 1 || value.length > 100) return [at];
  return value.flatMap((each, index) => item(each, `${at}/${index}`));
};

const metadata: Rule = (value, at) => {
  if (!isObject(value) || Object.keys(value).length > 20) return [at];
  return Object.entries(value)
    .filter(([key, text]) => !/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(key) || !isText(500)(text))
    .map(([key]) => `${at}/${key}`);
};

const order = object({ customerId: simple(isText(128)), currency: simple(isCurrency), items }, { metadata });

/** Unknown members are refused everywhere; `null` is not "absent"; a missing member is told by its own pointer. */
function object(required: Readonly<Record<string, Rule>>, optional: Readonly<Record<string, Rule>> = {}): Rule {
  const rules = { ...required, ...optional };
  return (value, at) => {
    if (!isObject(value)) return [at];
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(rules, name));
    const judged = Object.entries(rules).filter(
      ([name]) => Object.hasOwn(required, name) || Object.hasOwn(value, name),
    );
    return [
      ...unknown.map((name) => `${at}/${name}`),
      ...judged.flatMap(([name, rule]) => rule(value[name], `${at}/${name}`)),
    ];
  };
}

function simple(isRight: (value: unknown) => boolean): Rule {
  return (value, at) => (isRight(value) ? [] : [at]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function distinct(faults: Faults): Faults {
  return [...new Set(faults)].sort();
}
