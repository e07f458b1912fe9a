import type { AsyncCommand } from 'fast-check';
import { compare, learn, sendRequest } from './client.js';
import { emptyState, expire, keyIn, step } from './model.js';
import type { Expected, Request, State, WriteRequest } from './model.js';
import type { World } from './world.js';

/** What a run knows: the model's state, and what was sent with a key so far. */
export class Memory {
  state: State = emptyState;
  /** What was done, for the message of a failure: a command may be run again with other choices while it shrinks. */
  readonly transcript: string[] = [];
  readonly keyed: WriteRequest[] = [];
  /** Of those, what succeeded: the requests whose answers were stored, though they may have expired since. */
  readonly stored: WriteRequest[] = [];
}

export type Command = AsyncCommand<Memory, World>;

/** Sends one request, which is chosen when its turn comes, and compares the answer with the model's. */
export class RequestCommand implements Command {
  constructor(
    private readonly name: string,
    private readonly choose: (memory: Memory) => Request,
  ) {}

  check(): boolean {
    return true;
  }

  async run(memory: Memory, world: World): Promise<void> {
    await exchange(memory, world, this.choose(memory));
  }

  toString(): string {
    return this.name;
  }
}

/** Follows `nextCursor` to the end, with whatever `between` does between two pages. */
export class WalkCommand implements Command {
  constructor(
    private readonly query: (memory: Memory) => readonly (readonly [string, string])[],
    private readonly between: (memory: Memory) => Request,
  ) {}

  check(): boolean {
    return true;
  }

  async run(memory: Memory, world: World): Promise<void> {
    const query = this.query(memory);
    let cursor = await exchange(memory, world, { kind: 'list', query });
    // A cursor that led nowhere would lead for ever; between two pages one order may come.
    for (let pages = 1; cursor !== undefined; pages++) {
      if (pages > 200) throw new Error('the walk does not end');
      if (pages === 1) await exchange(memory, world, this.between(memory));
      cursor = await exchange(memory, world, { kind: 'list', query: [...query, ['cursor', cursor]] });
    }
  }

  toString(): string {
    return 'walk';
  }
}

export class RestartCommand implements Command {
  check(): boolean {
    return true;
  }

  async run(memory: Memory, world: World): Promise<void> {
    memory.transcript.push(this.toString());
    await world.restart();
  }

  toString(): string {
    return 'restart';
  }
}

/** A day goes by for every second of the stored keys, or for all. */
export class TimeJumpCommand implements Command {
  constructor(private readonly everySecond: boolean) {}

  check({ state }: Memory): boolean {
    return state.keys.size > 0;
  }

  async run(memory: Memory, world: World): Promise<void> {
    const keys = [...memory.state.keys.keys()].filter((_, index) => !this.everySecond || index % 2 === 0);
    memory.transcript.push(`these keys expire: ${keys.join(' ')}`);
    await world.expire(keys);
    memory.state = expire(memory.state, keys);
  }

  toString(): string {
    return `${this.everySecond ? 'every second key expires' : 'all keys expire'}`;
  }
}

/** At the end of a run: the whole list, each order and its history are the model's. */
export async function compareAll(memory: Memory, world: World): Promise<void> {
  await new WalkCommand(
    () => [['limit', '7']],
    () => ({ kind: 'list', query: [['limit', '100']] }),
  ).run(memory, world);
  for (const { id } of memory.state.orders) {
    await exchange(memory, world, { kind: 'get', id });
    await exchange(memory, world, { kind: 'history', id });
  }
}

/** @returns the cursor of the next page, when the answer has one */
async function exchange(memory: Memory, world: World, request: Request): Promise<string | undefined> {
  memory.transcript.push(JSON.stringify(request));
  const from = Date.now();
  const answer = await sendRequest(world.api, request);
  try {
    const learned = learn(memory.state, request, answer, { from, to: Date.now() });
    const { state, expected } = step(memory.state, request, learned);
    compare(expected, answer);
    memory.state = state;
    world.count(outcomeOf(request, expected));
    if ('key' in request && request.key !== undefined && keyIn(request.key)) {
      memory.keyed.push(request);
      if (expected.status < 300) memory.stored.push(request);
    }
    return learned.nextCursor;
  } catch (error) {
    const answered = `${answer.status} ${JSON.stringify(answer.headers)} ${answer.text}`;
    const said = `${memory.transcript.join('\n')}\n→ ${answered}`;
    throw new Error(`${(error as Error).message}\nThe whole conversation:\n${said}`, { cause: error });
  }
}

/** Such as `change 409 version_conflict`: what the conversations have met is told at their end. */
function outcomeOf({ kind }: Request, { status, headers, body }: Expected): string {
  const replayed = headers['idempotent-replayed'] === undefined ? '' : ' replayed';
  const code = status < 400 ? '' : ` ${String((body as { code?: unknown } | undefined)?.code)}`;
  return `${kind} ${status}${code}${replayed}`;
}
