import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Poller } from './poller.js';

/** What one round does: so much work, or an error. */
type Round = number | Error;

const idleMs = 500;

/** A poller whose rounds do what they are told, and nothing once that is used up. */
function pollerOf(...rounds: Round[]): { poller: Poller; starts: number[]; errors: unknown[] } {
  const starts: number[] = [];
  const errors: unknown[] = [];
  const poller = new Poller({
    idleMs,
    runOnce: async () => {
      starts.push(Date.now());
      const round = rounds.shift() ?? 0;
      if (round instanceof Error) throw round;
      return round;
    },
    onError: (error) => errors.push(error),
  });
  return { poller, starts, errors };
}

describe('a poller', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('repeats at once while there is work, and pauses when there is none', async () => {
    const { poller, starts } = pollerOf(3, 1, 0, 0);
    poller.start();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(starts).toEqual([0, 0, 0, 500, 1_000]);
    await poller.stop();
  });

  it('pauses longer with each error, from one second to five, and from a second again after a success', async () => {
    const failed = new Error('failed');
    const { poller, starts, errors } = pollerOf(...Array<Error>(7).fill(failed), 0, failed, failed);
    poller.start();
    await jest.advanceTimersByTimeAsync(30_500);
    const pausesMs = starts.slice(1).map((at, index) => at - starts[index]!);
    expect(pausesMs).toEqual([1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000, idleMs, 1_000, 2_000]);
    expect(errors).toEqual(Array<Error>(9).fill(failed));
    await poller.stop();
  });

  it.each([
    ['of the idle', 0],
    ['after an error', new Error('failed')],
  ])('is woken out of the pause %s', async (_name, round) => {
    const { poller, starts } = pollerOf(round);
    poller.start();
    await jest.advanceTimersByTimeAsync(100);
    poller.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(starts).toEqual([0, 100]);
    await poller.stop();
  });

  it('counts a wake-up that comes during a round for the pause after it, once', async () => {
    const starts: number[] = [];
    const poller: Poller = new Poller({
      idleMs,
      runOnce: async () => {
        // What woke it may have come too late for this round.
        if (starts.push(Date.now()) === 1) poller.wake();
        return 0;
      },
      onError: () => undefined,
    });
    poller.start();
    await jest.advanceTimersByTimeAsync(600);
    expect(starts).toEqual([0, 0, 500]);
    await poller.stop();
  });

  it('stops after the round under way, with which the stopping waits', async () => {
    let finish: (work: number) => void = () => undefined;
    const runOnce = jest.fn(() => new Promise<number>((resolve) => (finish = resolve)));
    const poller = new Poller({ idleMs, runOnce, onError: () => undefined });
    poller.start();
    let stopped = false;
    const stopping = poller.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(stopped).toBe(false);
    finish(1);
    await stopping;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(runOnce).toHaveBeenCalledTimes(1);
  });

  it('stops at once while it pauses, and leaves no timer behind', async () => {
    const { poller } = pollerOf();
    poller.start();
    await jest.advanceTimersByTimeAsync(100);
    await poller.stop();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('runs once however often it is started, and never after it was stopped', async () => {
    const { poller, starts } = pollerOf();
    poller.start();
    poller.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(starts).toEqual([0]);
    await poller.stop();
    poller.start();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(starts).toEqual([0]);
  });

  it('does not begin when it was stopped before it was started', async () => {
    const { poller, starts } = pollerOf();
    await poller.stop();
    poller.start();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(starts).toEqual([]);
  });
});
