import { jest } from '@jest/globals';
import { withinDeadline } from './deadline.js';
import { DatabaseUnavailable } from './mongo-errors.js';

const never = new Promise<never>(() => undefined);

describe('A deadline', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('passes on what the work gave in time, and leaves no timer', async () => {
    await expect(withinDeadline(Promise.resolve('done'), 1_000)).resolves.toBe('done');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('passes on the work’s own failure as it is, and leaves no timer', async () => {
    const error = new Error('no');
    await expect(withinDeadline(Promise.reject(error), 1_000)).rejects.toBe(error);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends the wait when the time is up, and not before', async () => {
    let outcome: unknown;
    const wait = withinDeadline(never, 1_000).catch((error: unknown) => (outcome = error));
    await jest.advanceTimersByTimeAsync(999);
    expect(outcome).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    await wait;
    expect(outcome).toBeInstanceOf(DatabaseUnavailable);
    expect((outcome as Error).message).toContain('1000 ms');
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([0, -5_000])('of %d ms ends a wait at once, but takes work that is done already', async (ms) => {
    await expect(withinDeadline(Promise.resolve('done'), ms)).resolves.toBe('done');
    const late = expect(withinDeadline(never, ms)).rejects.toBeInstanceOf(DatabaseUnavailable);
    await jest.advanceTimersByTimeAsync(1);
    await late;
  });

  it('waits for anything that can be awaited, such as a query', async () => {
    const thenable: PromiseLike<string> = { then: (resolve) => Promise.resolve('found').then(resolve) };
    await expect(withinDeadline(thenable, 1_000)).resolves.toBe('found');
  });
});
