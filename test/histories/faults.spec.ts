import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { startDurableServer } from '../support/database-server.js';
import type { DurableServer } from '../support/database-server.js';
import { randomFrom } from '../support/random.js';
import type { Random } from '../support/random.js';
import { FailPoints } from '../support/server-fail-points.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { historiesOr, recordAndJudge, seed, sum } from './histories.js';
import type { Figures } from './histories.js';

const histories = historiesOr(5);

/** WriteConflict, ShutdownInProgress, InterruptedAtShutdown. */
const errorCodes = [112, 91, 11600] as const;
const commands = ['find', 'bulkWrite', 'commitTransaction', 'abortTransaction'] as const;

describe('Eight clients of two instances whose database and network fail', () => {
  let database: DurableServer;
  let failPoints: FailPoints;
  let proxies: readonly [TcpProxy, TcpProxy];
  let instances: readonly [RunningApp, RunningApp];

  beforeAll(async () => {
    // A server of its own: its fail points must not strike other tests.
    database = await startDurableServer();
    failPoints = await FailPoints.on(database.uri);
    proxies = [await startTcpProxy(database.port), await startTcpProxy(database.port)];
    instances = [await startBehind(proxies[0]), await startBehind(proxies[1])];
  });

  afterAll(async () => {
    await failPoints.disarm();
    await Promise.all(instances.map((instance) => instance.close()));
    await Promise.all(proxies.map((proxy) => proxy.end()));
    await failPoints.close();
    await database.stop();
  });

  const startBehind = (proxy: TcpProxy): Promise<RunningApp> => {
    const uri = new URL(database.uri);
    uri.port = String(proxy.port);
    return startApp({ config: { mongodbUri: uri.href } });
  };

  /** What the client was not told. */
  const withLoggedErrors = (error: Error): never => {
    const errors = instances.flatMap(({ logs }) => logs).filter((line) => Number(line['level']) >= 50 && 'err' in line);
    throw new Error(`${error.message}\n${errors.map((line) => JSON.stringify(line)).join('\n')}`, { cause: error });
  };

  /** Something else goes wrong every now and then, until the history is over. */
  const trouble = async (random: Random, isOver: () => boolean): Promise<number> => {
    let faults = 0;
    while (!isOver()) {
      const proxy = random.of(proxies);
      const errorCode = random.of(errorCodes);
      const command = random.of(commands);
      switch (random.below(4)) {
        case 0:
          proxy.cut();
          break;
        case 1:
          proxy.onRequest = once(command, 'pass-then-cut');
          break;
        case 2:
          proxy.onRequest = once(command, 'cut');
          break;
        default:
          await failPoints.arm([command], { errorCode }, 1 + random.below(4));
      }
      faults += 1;
      await sleep(20 + random.below(100));
    }
    for (const proxy of proxies) proxy.onRequest = () => 'pass';
    await failPoints.disarm();
    return faults;
  };

  /** The next command of that name is lost with its connection: before the database got it, or after. */
  const once = (command: string, what: 'cut' | 'pass-then-cut'): TcpProxy['onRequest'] => {
    let done = false;
    return (chunk) => {
      if (done || !chunk.includes(`${command}\0`)) return 'pass';
      done = true;
      if (what === 'pass-then-cut') return what;
      for (const proxy of proxies) setImmediate(() => proxy.cut());
      return 'drop';
    };
  };

  it(
    'see every order as one that does one thing after the other',
    async () => {
      const all: Figures[] = [];
      let faults = 0;
      for (let n = 0; n < histories; n++) {
        let over = false;
        const troubled = trouble(randomFrom(seed - n), () => over);
        all.push(
          await recordAndJudge([instances[0].url, instances[1].url], seed + n)
            .catch((error: unknown) => withLoggedErrors(error as Error))
            .finally(() => (over = true)),
        );
        faults += await troubled;
        for (const { logs } of instances) logs.length = 0;
      }
      const total = sum(all);
      process.stderr.write(`${histories} histories, HISTORIES_SEED=${seed}. ${JSON.stringify({ ...total, faults })}\n`);
      // Otherwise the verdicts would say little.
      expect(total.changes).toBeGreaterThan(histories * 4);
      expect(total.replays).toBeGreaterThan(histories * 2);
      expect(total.unanswered).toBeLessThan(total.calls / 2);
    },
    30_000 + histories * 30_000,
  );
});
