/**
 * Is there one order of the calls, each at one instant between its start and its end, in which a single order that
 * handles one request after the other would have given these very answers? (Herlihy & Wing, 1990.)
 *
 * The search is that of Wing and Gong with Lowe's memory of what was tried. Linearizability is local: a history of
 * several orders is right if the part of each one is, so each part is judged by itself.
 */
export function judge(calls: readonly Call[]): Verdict {
  const answered = calls.filter(({ answer }) => answer !== undefined);
  const search: Search = { answered, unanswered: calls.filter(isUnansweredChange), seen: new Set(), best: [] };
  const order = extend(search, { done: 0n, state: newOrder, path: [] });
  return order === undefined ? { linearizable: false, longest: search.best } : { linearizable: true, order };
}

export type Verdict =
  | { readonly linearizable: true; readonly order: readonly Call[] }
  /** The most calls that fit together: what comes next to them is what cannot be explained. */
  | { readonly linearizable: false; readonly longest: readonly Call[] };

export interface Call {
  readonly client: number;
  /** Of one monotonic clock, in milliseconds. */
  readonly start: number;
  /** When the answer had come; of no meaning for a call without one. */
  readonly end: number;
  readonly request: Read | Change;
  /** Without one (503, a broken connection) a change may take effect at any time after its start, or never. */
  readonly answer?: Answer;
}

export interface Read {
  readonly kind: 'read';
}

export interface Change {
  readonly kind: 'change';
  readonly to: Status;
  readonly ifMatch: number;
  readonly key?: string;
}

export type Status = 'CREATED' | 'PAID' | 'FULFILLED' | 'CANCELLED';

export type Answer =
  | ({ readonly kind: 'order'; readonly replayed: boolean } & Version)
  | { readonly kind: 'version_conflict'; readonly version: number; readonly status: Status }
  | { readonly kind: 'invalid_transition'; readonly from: Status }
  | { readonly kind: 'idempotency_key_reused' };

/** An order as somebody saw it. */
export interface Version {
  readonly version: number;
  readonly status: Status;
  /** What else tells this version from any other content of the same number; absent where the answer does not say. */
  readonly content?: string;
}

/** The order as the search has it; content that nobody has seen yet is unknown. */
interface State {
  readonly current: Version;
  readonly keys: ReadonlyMap<string, StoredAnswer>;
}

interface StoredAnswer {
  readonly request: string;
  readonly answer: Version;
}

interface Search {
  readonly answered: readonly Call[];
  readonly unanswered: readonly Call[];
  /** What was reached before: these calls done, this state. It led to nothing. */
  readonly seen: Set<string>;
  best: readonly Call[];
}

interface Position {
  /** A bit for each call, answered ones first. */
  readonly done: bigint;
  readonly state: State;
  readonly path: readonly Call[];
}

const newOrder: State = { current: { version: 1, status: 'CREATED' }, keys: new Map() };

const transitions: Readonly<Record<Status, readonly Status[]>> = {
  CREATED: ['PAID', 'CANCELLED'],
  PAID: ['FULFILLED', 'CANCELLED'],
  FULFILLED: [],
  CANCELLED: [],
};

/** @returns the whole order of calls, or `undefined` when none begins like this */
function extend(search: Search, reached: Position): readonly Call[] | undefined {
  const position = absorb(search, reached);
  const { done, state, path } = position;
  if (path.length > search.best.length) search.best = path;
  if (search.answered.every((_, bit) => isDone(done, bit))) return path;
  const memory = `${done} ${describe(state)}`;
  if (search.seen.has(memory)) return undefined;
  search.seen.add(memory);
  for (const next of nextPositions(search, position)) {
    const order = extend(search, next);
    if (order) return order;
  }
  return undefined;
}

/**
 * Takes every call that may come now and changes nothing. No choice is lost by that: where such a call fits later, it
 * fits here too. So the search branches at changes only.
 */
function absorb(search: Search, reached: Position): Position {
  let position = reached;
  for (;;) {
    const next = nextPositions(search, position).find(
      ({ state }) => state.current.version === position.state.current.version,
    );
    if (!next) return position;
    position = next;
  }
}

function nextPositions({ answered, unanswered }: Search, { done, state, path }: Position): Position[] {
  // Whatever comes next has started before the first of the pending calls has ended.
  const pending = answered.filter((_, bit) => !isDone(done, bit));
  const firstEnd = Math.min(...pending.map(({ end }) => end));
  return [...answered, ...unanswered].flatMap((call, bit) => {
    if (isDone(done, bit) || call.start > firstEnd) return [];
    const next = call.answer ? explain(state, call.request, call.answer) : effectOf(state, call.request);
    return next ? [{ done: done | (1n << BigInt(bit)), state: next, path: [...path, call] }] : [];
  });
}

function isDone(done: bigint, bit: number): boolean {
  return (done & (1n << BigInt(bit))) !== 0n;
}

/** @returns the state after the call, or `undefined` when this state cannot have given that answer */
function explain(state: State, request: Read | Change, answer: Answer): State | undefined {
  const { current } = state;
  if (request.kind === 'read') {
    if (answer.kind !== 'order' || answer.replayed) return undefined;
    const seen = union(current, answer);
    return seen && withContent(state, seen);
  }
  const stored = request.key === undefined ? undefined : state.keys.get(request.key);
  if (stored && request.key !== undefined) {
    if (stored.request !== meaningOf(request)) return answer.kind === 'idempotency_key_reused' ? state : undefined;
    if (answer.kind !== 'order' || !answer.replayed) return undefined;
    const first = union(stored.answer, answer);
    return first && withContent(state, first);
  }
  switch (answer.kind) {
    case 'version_conflict':
      return request.ifMatch !== current.version && union(current, answer) ? state : undefined;
    case 'invalid_transition':
      return request.ifMatch === current.version &&
        answer.from === current.status &&
        !transitions[current.status].includes(request.to)
        ? state
        : undefined;
    case 'idempotency_key_reused':
      return undefined;
    case 'order': {
      const changed = effectOf(state, request);
      const seen = changed && !answer.replayed ? union(changed.current, answer) : undefined;
      return changed && seen && withContent(changed, seen);
    }
  }
}

/** @returns the state after a change that takes effect, or `undefined` when it would be refused or replayed */
function effectOf({ current, keys }: State, request: Read | Change): State | undefined {
  if (request.kind === 'read' || (request.key !== undefined && keys.has(request.key))) return undefined;
  if (request.ifMatch !== current.version || !transitions[current.status].includes(request.to)) return undefined;
  const changed = { version: current.version + 1, status: request.to };
  if (request.key === undefined) return { current: changed, keys };
  const stored = { request: meaningOf(request), answer: changed };
  return { current: changed, keys: new Map([...keys, [request.key, stored]]) };
}

/** One version with all that is known of it, or `undefined` when they are not one. */
function union(one: Version, other: Version): Version | undefined {
  if (one.version !== other.version || one.status !== other.status) return undefined;
  if (one.content !== undefined && other.content !== undefined && one.content !== other.content) return undefined;
  const content = one.content ?? other.content;
  return { version: one.version, status: one.status, ...(content === undefined ? {} : { content }) };
}

/** Whoever sees a version's content for the first time, sees it for all that hold this version. */
function withContent({ current, keys }: State, seen: Version): State {
  const known = (version: Version): Version => (version.version === seen.version ? seen : version);
  const stored = [...keys].map(([key, { request, answer }]) => [key, { request, answer: known(answer) }] as const);
  return { current: known(current), keys: new Map(stored) };
}

function isUnansweredChange({ request, answer }: Call): boolean {
  return answer === undefined && request.kind === 'change';
}

function meaningOf({ to, ifMatch }: Change): string {
  return `${ifMatch} ${to}`;
}

function describe({ current, keys }: State): string {
  return JSON.stringify([current, [...keys].toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}
