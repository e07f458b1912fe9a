import { DatabaseUnavailable } from './mongo-errors.js';

/**
 * Ends the waiting, not the work: a driver call on a socket that was just destroyed may never settle, whatever
 * time-outs the driver was given, so every wait for the database has a deadline of ours.
 * @param ms how long to wait, in milliseconds
 * @throws DatabaseUnavailable when the time is up
 */
export function withinDeadline<T>(work: PromiseLike<T>, ms: number): Promise<T> {
  // One promise and one timer: `Promise.race` would make three, for every wait.
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new DatabaseUnavailable(`no answer within ${ms} ms`));
    const timer = setTimeout(late, Math.max(0, ms));
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
