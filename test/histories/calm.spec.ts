import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { historiesOr, recordAndJudge, seed, sum } from './histories.js';
import type { Figures } from './histories.js';

const histories = historiesOr(25);

describe('Eight clients of two instances', () => {
  let instances: readonly [RunningApp, RunningApp];

  beforeAll(async () => {
    const first = await startApp();
    instances = [first, await startApp({ config: { mongodbUri: first.mongodbUri } })];
  });

  afterAll(() => Promise.all(instances.map((instance) => instance.close())));

  it(
    'see every order as one that does one thing after the other',
    async () => {
      const all: Figures[] = [];
      for (let n = 0; n < histories; n++) {
        all.push(await recordAndJudge([instances[0].url, instances[1].url], seed + n));
        for (const { logs } of instances) logs.length = 0;
      }
      const total = sum(all);
      process.stderr.write(`${histories} histories, HISTORIES_SEED=${seed}. ${JSON.stringify(total)}\n`);
      // Otherwise the verdicts would say little.
      expect(total.changes).toBeGreaterThan(histories * 8);
      expect(total.replays).toBeGreaterThan(histories * 2);
      expect(total.unanswered).toBeLessThan(total.calls / 50);
    },
    30_000 + histories * 15_000,
  );
});
