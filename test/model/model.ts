import { lineAmount, printAmount } from './money.js';
import { changeFaults, orderFaults, queryFaults } from './validity.js';
import type { Faults, OrderBody, Status } from './validity.js';

/**
 * The HTTP contract of the orders as a pure function: from a state and a request to the next state and the answer
 * that the client must get. Nothing here knows the service's code; it is to be read beside the contract.
 */
export function step(state: State, request: Request, learned: Learned): Step {
  switch (request.kind) {
    case 'create':
      return write(state, request, (body) => create(state, body, learned));
    case 'change':
      return write(state, request, (body) => change(state, request, body, learned));
    case 'get':
      return { state, expected: get(state, request) };
    case 'history':
      return history(state, request.id, learned);
    case 'list':
      return list(state, request.query, learned);
  }
}

export type Request = CreateRequest | ChangeRequest | GetRequest | HistoryRequest | ListRequest;
export type WriteRequest = CreateRequest | ChangeRequest;

export interface CreateRequest {
  readonly kind: 'create';
  /** The header as it is sent. */
  readonly key?: string;
  /** The body's text as it is sent. */
  readonly body: string;
}

export interface ChangeRequest {
  readonly kind: 'change';
  readonly id: string;
  readonly ifMatch?: string;
  readonly key?: string;
  readonly body: string;
}

export interface GetRequest {
  readonly kind: 'get';
  readonly id: string;
  readonly ifNoneMatch?: string;
}

export interface HistoryRequest {
  readonly kind: 'history';
  readonly id: string;
}

export interface ListRequest {
  readonly kind: 'list';
  readonly query: readonly (readonly [string, string])[];
}

/** What only the server can know, taken from its answer; `readAnswer` has judged its shape. */
export interface Learned {
  /** The body's bytes. */
  readonly text: string;
  readonly id?: string;
  /** `updatedAt`, and of a new order also `createdAt`. */
  readonly at?: string;
  readonly nextCursor?: string;
  readonly eventIds?: readonly string[];
}

export interface State {
  /** In the order of their creation. */
  readonly orders: readonly OrderOut[];
  readonly events: ReadonlyMap<string, readonly Event[]>;
  readonly keys: ReadonlyMap<string, StoredAnswer>;
  readonly cursors: ReadonlyMap<string, Cursor>;
}

export interface OrderOut extends OrderBody {
  readonly id: string;
  readonly status: Status;
  readonly allowedTransitions: readonly Status[];
  readonly items: readonly (OrderBody['items'][number] & { readonly amount: string })[];
  readonly amount: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface Event {
  readonly order: OrderOut;
  /** Unknown until the history was read; the same at every reading. */
  readonly id?: string;
}

interface StoredAnswer {
  readonly request: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Cursor {
  readonly filters: string;
  readonly lastId: string;
}

export type Headers = Readonly<Record<string, string>>;

export interface Expected {
  readonly status: number;
  /** Of those that tell something about the answer: exactly these. */
  readonly headers: Headers;
  /** Problems without what only the server can word; their faults as places only. */
  readonly body?: unknown;
  /** The body's very bytes, where they are promised. */
  readonly text?: string;
}

export interface Step {
  readonly state: State;
  readonly expected: Expected;
}

export const emptyState: State = { orders: [], events: new Map(), keys: new Map(), cursors: new Map() };

export const transitions: Readonly<Record<Status, readonly Status[]>> = {
  CREATED: ['PAID', 'CANCELLED'],
  PAID: ['FULFILLED', 'CANCELLED'],
  FULFILLED: [],
  CANCELLED: [],
};

const eventTypes: Readonly<Record<Status, string>> = {
  CREATED: 'order.created',
  PAID: 'order.paid',
  FULFILLED: 'order.fulfilled',
  CANCELLED: 'order.cancelled',
};

/** Those keys are past their time: from now on they are free. */
export function expire(state: State, keys: readonly string[]): State {
  return { ...state, keys: new Map([...state.keys].filter(([key]) => !keys.includes(key))) };
}

/** Body readable → headers → idempotency key → the work itself, whose failure is not stored. */
function write(state: State, request: WriteRequest, work: (body: unknown) => Step): Step {
  const body = parseJson(request.body);
  if (body === undefined) return refuse(state, 400, 'malformed_json', 'fix_request');
  if (request.kind === 'change') {
    if (request.ifMatch === undefined) return refuse(state, 428, 'precondition_required', 'refetch_and_retry');
    if (versionIn(request.ifMatch) === undefined) return refuse(state, 400, 'invalid_header', 'fix_request');
  }
  if (request.key === undefined) return work(body.value);
  const key = keyIn(request.key);
  if (key === undefined) return refuse(state, 400, 'invalid_header', 'fix_request');
  const meaning = meaningOf(request, body.value);
  const stored = state.keys.get(key);
  if (stored && stored.request !== meaning) return refuse(state, 422, 'idempotency_key_reused', 'use_new_key');
  if (stored) {
    const { status, headers, text } = stored;
    return { state, expected: { status, headers: { ...headers, 'idempotent-replayed': 'true' }, text } };
  }
  return store(work(body.value), key, meaning);
}

function store({ state, expected }: Step, key: string, request: string): Step {
  const { status, headers, text } = expected;
  if (status >= 300 || text === undefined) return { state, expected };
  return { expected, state: { ...state, keys: new Map([...state.keys, [key, { request, status, headers, text }]]) } };
}

function create(state: State, body: unknown, { id = '', at = '', text }: Learned): Step {
  const errors = orderFaults(body);
  if (errors.length > 0) return invalid(state, errors);
  const { metadata = {}, ...given } = body as OrderBody;
  const amounts = given.items.map((item) => lineAmount(item.quantity, item.unitPrice, given.currency));
  const order: OrderOut = {
    ...given,
    ...{ id, status: 'CREATED', allowedTransitions: transitions.CREATED, metadata, version: 1 },
    items: given.items.map((item, index) => ({ ...item, amount: printAmount(amounts[index] ?? 0n, given.currency) })),
    amount: printAmount(
      amounts.reduce((sum, amount) => sum + amount),
      given.currency,
    ),
    ...{ createdAt: at, updatedAt: at },
  };
  const headers = { etag: '"1"', location: `/orders/${id}` };
  return { state: put(state, order), expected: { status: 201, headers, body: order, text } };
}

/** Body valid → existence → version → transition. */
function change(state: State, request: ChangeRequest, body: unknown, { at = '', text }: Learned): Step {
  const errors = changeFaults(body);
  if (errors.length > 0) return invalid(state, errors);
  const order = find(state, request.id);
  if (!order) return notFound(state);
  if (versionIn(request.ifMatch ?? '') !== order.version) {
    const extra = { currentVersion: order.version, currentStatus: order.status };
    return refuse(state, 409, 'version_conflict', 'refetch_and_retry', extra);
  }
  const { status: to } = body as { status: Status };
  const allowed = transitions[order.status];
  if (!allowed.includes(to)) {
    return refuse(state, 409, 'invalid_transition', 'give_up', { from: order.status, to, allowed });
  }
  const version = order.version + 1;
  const changed = { ...order, status: to, allowedTransitions: transitions[to], version, updatedAt: at };
  return {
    state: put(state, changed),
    expected: { status: 200, headers: { etag: `"${version}"` }, body: changed, text },
  };
}

function get(state: State, { id, ifNoneMatch }: GetRequest): Expected {
  const order = find(state, id);
  if (!order) return notFound(state).expected;
  const etag = `"${order.version}"`;
  // Weak comparison, and "*" is any representation (RFC 9110, section 13.1.2).
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  if (ifNoneMatch === '*' || tags.includes(etag)) return { status: 304, headers: { etag }, text: '' };
  return { status: 200, headers: { etag }, body: order };
}

function history(state: State, id: string, { eventIds = [] }: Learned): Step {
  if (!find(state, id)) return notFound(state);
  const events = (state.events.get(id) ?? []).map((event, index) => ({ id: eventIds[index] ?? '', ...event }));
  const items = events.map(({ order, ...event }) => ({
    ...{ specversion: '1.0', id: event.id, source: '/tenants/default', type: eventTypes[order.status] },
    ...{ subject: `orders/${id}`, time: order.updatedAt, datacontenttype: 'application/json' },
    ...{ sequence: String(order.version), sequencetype: 'Integer', actor: 'anonymous', data: order },
  }));
  return {
    state: { ...state, events: new Map([...state.events, [id, events]]) },
    expected: { status: 200, headers: {}, body: { items, nextCursor: null } },
  };
}

function list(state: State, query: ListRequest['query'], { nextCursor = '' }: Learned): Step {
  const errors = queryFaults(query);
  if (errors.length > 0) return invalid(state, errors);
  const value = (name: string): string | undefined => query.find(([each]) => each === name)?.[1];
  const filters = filtersIn(query);
  const cursor = state.cursors.get(value('cursor') ?? '');
  if (value('cursor') !== undefined && cursor?.filters !== filters) return invalid(state, ['cursor']);
  const matching = state.orders.filter((order) => matches(order, query));
  // Newest first, and only what is older than the end of the page before.
  const left = matching.filter(({ id }) => !cursor || id < cursor.lastId).toReversed();
  const items = left.slice(0, Number(value('limit') ?? 20));
  const isLast = items.length === left.length;
  const body = { items, nextCursor: isLast ? null : nextCursor };
  const given = new Map([...state.cursors, [nextCursor, { filters, lastId: items.at(-1)?.id ?? '' }]]);
  return {
    state: isLast ? state : { ...state, cursors: given },
    expected: { status: 200, headers: {}, body },
  };
}

function matches(order: OrderOut, query: ListRequest['query']): boolean {
  const createdAt = Date.parse(order.createdAt);
  const wanted = query.filter(([name]) => name === 'status').map(([, status]) => status);
  if (wanted.length > 0 && !wanted.includes(order.status)) return false;
  return query.every(([name, value]) => {
    if (name === 'customerId') return order.customerId === value;
    if (name === 'createdFrom') return createdAt >= Date.parse(value);
    if (name === 'createdTo') return createdAt < Date.parse(value);
    return true;
  });
}

/** What a cursor is bound to; neither the page size nor the order of the statuses belong to it. */
function filtersIn(query: ListRequest['query']): string {
  return JSON.stringify(query.filter(([name]) => !['limit', 'cursor'].includes(name)).toSorted());
}

function find(state: State, id: string): OrderOut | undefined {
  return state.orders.find((order) => order.id === id);
}

function put(state: State, order: OrderOut): State {
  const orders = find(state, order.id)
    ? state.orders.map((each) => (each.id === order.id ? order : each))
    : [...state.orders, order];
  const events = [...(state.events.get(order.id) ?? []), { order }];
  return { ...state, orders, events: new Map([...state.events, [order.id, events]]) };
}

function notFound(state: State): Step {
  return refuse(state, 404, 'order_not_found', 'give_up');
}

function invalid(state: State, errors: Faults): Step {
  return refuse(state, 422, 'validation_failed', 'fix_request', { errors });
}

function refuse(state: State, status: number, code: string, recovery: string, extra: object = {}): Step {
  const body = { type: `urn:problem:orders:${code}`, status, code, recovery, ...extra };
  return { state, expected: { status, headers: {}, body } };
}

/** Quoted and bare are one key of 1 to 255 visible ASCII characters. */
export function keyIn(header: string): string | undefined {
  return (/^"([\x21\x23-\x5b\x5d-\x7e]{1,255})"$/.exec(header) ??
    /^([\x21\x23-\x7e][\x21-\x7e]{0,254})$/.exec(header))?.[1];
}

/** The version as an integer, bare or as a strong entity tag, to 2^53 − 1. */
export function versionIn(header: string): number | undefined {
  const digits = (/^"([1-9][0-9]*)"$/.exec(header) ?? /^([1-9][0-9]*)$/.exec(header))?.[1];
  return digits !== undefined && BigInt(digits) <= 2n ** 53n - 1n ? Number(digits) : undefined;
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return hasProto(value) ? undefined : { value };
  } catch {
    return undefined;
  }
}

function hasProto(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasProto);
}

/** Method, path, the version in If-Match, canonical JSON body. */
function meaningOf(request: WriteRequest, body: unknown): string {
  const target = request.kind === 'create' ? [] : [request.id, versionIn(request.ifMatch ?? '')];
  return JSON.stringify([request.kind, ...target, canonical(body)]);
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, canonical(member)] as const);
  return members.toSorted(([one], [other]) => (one < other ? -1 : 1));
}
