import mongoose from 'mongoose';
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

/**
 * For reads on the hot path, with `decoded`. For the monitor of commands the driver decodes a reply as a whole, and then
 * each document once more for its reader; those that are asked for raw stay as they came until they are decoded here.
 */
export const rawRead = Object.freeze({ raw: true as const });

/** @param document what a read with `rawRead` gave: BSON, whatever its type says */
export function decoded<T extends object>(document: T): T {
  return mongoose.mongo.BSON.deserialize(document as unknown as Uint8Array) as T;
}
