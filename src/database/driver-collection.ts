import type { Model, mongo } from 'mongoose';

/** What a majority has, so that nothing read can be rolled back. Outside of transactions, which have concerns of their own. */
export const majorityRead = Object.freeze({ readConcern: Object.freeze({ level: 'majority' as const }) });
/** On a majority's disks before it is acknowledged. */
export const majorityWrite = Object.freeze({ writeConcern: Object.freeze({ w: 'majority' as const, journal: true }) });

/**
 * The driver's own collection of a model: Mongoose refuses ranges of UUIDs, and all that its queries add is cost where a
 * plain result is wanted. Nothing is cast, and the open transaction's session has to be handed on.
 */
export function driverCollection<T extends object>(model: Model<T>): mongo.Collection<T> {
  return model.collection as unknown as mongo.Collection<T>;
}
