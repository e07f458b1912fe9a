import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AsyncCommand } from 'fast-check';
import { compareAll, Memory, RequestCommand, RestartCommand, TimeJumpCommand, WalkCommand } from './commands.js';
import * as requests from './requests.js';
import { World } from './world.js';

/** How often a command is drawn, in comparison with the others. */
export type Weights = Readonly<Record<keyof typeof commands, number>>;

type Kind = 'create' | 'get' | 'history' | 'change' | 'replay' | 'reuse' | 'list' | 'page';

const asCommand = (kind: Kind): fc.Arbitrary<AsyncCommand<Memory, World>> =>
  requests[kind].map((choose) => new RequestCommand(kind, choose));

const commands = {
  create: asCommand('create'),
  get: asCommand('get'),
  history: asCommand('history'),
  change: asCommand('change'),
  replay: asCommand('replay'),
  reuse: asCommand('reuse'),
  list: asCommand('list'),
  page: asCommand('page'),
  walk: requests.walk.map(
    ({ query, limit, between }) => new WalkCommand((memory) => [...query(memory), ['limit', limit]], between),
  ),
  restart: fc.constant(new RestartCommand()),
  timeJump: fc.boolean().map((everySecond) => new TimeJumpCommand(everySecond)),
};

const files = 3;
const runs = Math.ceil(Number(process.env['MODEL_RUNS'] ?? 300) / files);
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 2 ** 31);
/** Where a counterexample was found, as fast-check tells it: with the seed it leads straight there. */
const path = process.env['MODEL_PATH'];
const replayPath = process.env['MODEL_REPLAY_PATH'];
const commandsMax = 40;

/** One test of so many conversations with a service; the weights tell what they are mostly about, `mustMeet` what they are for. */
export function conversations(weights: Weights, mustMeet: readonly string[]): void {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world.close());

  const drawn = Object.entries(weights).flatMap(([name, weight]) =>
    Array<fc.Arbitrary<AsyncCommand<Memory, World>>>(weight).fill(commands[name as keyof Weights]),
  );
  const conversation = fc.commands(drawn, {
    maxCommands: commandsMax,
    size: 'max',
    ...(replayPath === undefined ? {} : { replayPath }),
  });

  it(
    `answers as the model in ${runs} conversations (MODEL_SEED=${seed})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(conversation, async (conversation) => {
          await world.clear();
          const memory = new Memory();
          await fc.asyncModelRun(() => ({ model: memory, real: world }), conversation);
          await compareAll(memory, world);
        }),
        { numRuns: runs, seed, ...(path === undefined ? {} : { path }) },
      );
      const met = [...world.outcomes].toSorted().map(([outcome, times]) => `${outcome}: ${times}`);
      process.stderr.write(`${runs} conversations, MODEL_SEED=${seed}. ${met.join(', ')}\n`);
      // Otherwise the comparison would say little.
      if (runs >= 50) expect(mustMeet.filter((outcome) => !world.outcomes.has(outcome))).toEqual([]);
    },
    30_000 + runs * 5_000,
  );
}
