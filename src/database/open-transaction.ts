import type { AsyncLocalStorage } from 'node:async_hooks';
import mongoose from 'mongoose';
import type { mongo } from 'mongoose';
import type { StagedWrite } from './staged-write.js';

mongoose.set('transactionAsyncLocalStorage', true);

export interface OpenTransaction {
  /** Under this name Mongoose looks for the session of every query; null: deliberately none. */
  readonly session: mongo.ClientSession | null;
  readonly writes: StagedWrite[];
  /** What follows from the commit, for this attempt alone. */
  readonly consequences: (() => void)[];
  /** A command was handed to the driver, so the server may know of the transaction, whatever the driver believes. */
  touched: boolean;
}

/** Mongoose's own storage (its option `transactionAsyncLocalStorage`), which its types do not show. */
export function contextStorage(): AsyncLocalStorage<OpenTransaction> {
  const { transactionAsyncLocalStorage: storage } = mongoose as unknown as {
    transactionAsyncLocalStorage?: AsyncLocalStorage<OpenTransaction>;
  };
  if (!storage) throw new Error('Bug! Mongoose has no transactionAsyncLocalStorage.');
  return storage;
}
