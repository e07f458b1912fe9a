import { DatabaseUnavailable } from './mongo-errors.js';

/**
 * Ends the waiting, not the work: a driver call on a socket that was just destroyed may never settle, whatever
 * time-outs the driver was given, so every wait for the database has a deadline of ours.
 * @param ms how long to wait, in milliseconds
 * @throws DatabaseUnavailable when the time is up
 */
export async function withinDeadline<T>(work: PromiseLike<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseUnavailable(`no answer within ${ms} ms`)), Math.max(0, ms));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
