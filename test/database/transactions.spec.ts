import { anonymousCaller } from '../../src/auth/caller.js';
import { getConnectionToken } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { DatabaseUnavailable, WriteConflict } from '../../src/database/mongo-errors.js';
import { Transactions } from '../../src/database/transactions.js';
import type { StagedWrite } from '../../src/database/transactions.js';
import { EventLog } from '../../src/events/event-log.js';
import { OrdersRepository } from '../../src/orders/orders.repository.js';
import { OrdersService } from '../../src/orders/orders.service.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';

interface Thing {
  readonly _id: string;
  readonly value: number;
}

const caller = { ...anonymousCaller, actor: 'tester' };

let running: RunningApp;
let transactions: Transactions;
let model: Model<Thing>;
let foreign: mongoose.mongo.MongoClient;
let things: mongoose.mongo.Collection<Thing>;
let names = 0;

beforeAll(async () => {
  running = await startApp();
  transactions = running.app.get(Transactions);
  const connection = running.app.get<Connection>(getConnectionToken());
  const schema = new mongoose.Schema<Thing>(
    { _id: String, value: Number },
    { collection: 'things', versionKey: false },
  );
  model = connection.model<Thing>('Thing', schema);
  foreign = await new mongoose.mongo.MongoClient(running.mongodbUri).connect();
  things = foreign.db().collection<Thing>('things');
  await foreign.db().createCollection('things');
});

afterAll(async () => {
  await foreign.close();
  await running.close();
});

const newName = (): string => `thing-${++names}`;

const namespace = (): string => `${foreign.db().databaseName}.things`;

const insertion = (_id: string, value = 1): StagedWrite => ({
  name: 'insertOne',
  namespace: namespace(),
  document: { _id, value },
});

const change = (filter: object, value: number, mustMatch: boolean): StagedWrite => ({
  name: 'updateOne',
  namespace: namespace(),
  filter,
  update: { $set: { value } },
  mustMatch,
});

const read = (_id: string): Promise<Thing | null> => model.findOne({ _id }).lean<Thing>().exec();

/** What somebody else sees. */
const seen = async (_id: string): Promise<number | undefined> => (await things.findOne({ _id }))?.value;

describe('Writes of a transaction', () => {
  it('cannot be staged outside of one', () => {
    expect(() => transactions.write(insertion(newName()))).toThrow(/^Bug!/);
  });

  it('cannot be staged by what runs outside of it in its midst', async () => {
    const name = newName();
    const work = (): Promise<void> =>
      transactions.run(() => transactions.outside(async () => transactions.write(insertion(name))));
    await expect(work()).rejects.toThrow(/^Bug!/);
    expect(await seen(name)).toBeUndefined();
  });

  it('are not made when the work throws, whose error comes through as it is', async () => {
    const name = newName();
    const error = new Error('changed its mind');
    const work = transactions.run(async () => {
      transactions.write(insertion(name));
      throw error;
    });
    await expect(work).rejects.toBe(error);
    expect(await seen(name)).toBeUndefined();
  });

  it('are all made at the end of the work, and none before', async () => {
    const [one, other] = [newName(), newName()];
    const during: (number | undefined)[] = [];
    const result = await transactions.run(async () => {
      transactions.write(insertion(one, 10));
      transactions.write(insertion(other, 20));
      during.push(await seen(one), await seen(other));
      return 'done';
    });
    expect(result).toBe('done');
    expect(during).toEqual([undefined, undefined]);
    expect([await seen(one), await seen(other)]).toEqual([10, 20]);
  });

  it('are none of them made when one cannot be', async () => {
    const [one, taken] = [newName(), newName()];
    await things.insertOne({ _id: taken, value: 1 });
    const work = transactions.run(async () => {
      transactions.write(insertion(one));
      transactions.write(insertion(taken, 2));
    });
    await expect(work).rejects.toBeInstanceOf(WriteConflict);
    expect(await seen(one)).toBeUndefined();
    expect(await seen(taken)).toBe(1);
  });

  it('of a nested run join the outer one: they are made with it', async () => {
    const [outer, inner] = [newName(), newName()];
    await transactions.run(async () => {
      transactions.write(insertion(outer));
      const result = await transactions.run(async () => {
        transactions.write(insertion(inner));
        return 'inner';
      });
      expect(result).toBe('inner');
      expect(await seen(inner)).toBeUndefined();
    });
    expect([await seen(outer), await seen(inner)]).toEqual([1, 1]);
  });

  it('of a nested run join the outer one: they fall with it', async () => {
    const inner = newName();
    const work = transactions.run(async () => {
      await transactions.run(async () => transactions.write(insertion(inner)));
      throw new Error('too late');
    });
    await expect(work).rejects.toThrow('too late');
    expect(await seen(inner)).toBeUndefined();
  });
});

describe('Reads of a transaction', () => {
  it('see one snapshot without being told so, and those outside of it see what was committed since', async () => {
    const name = newName();
    await things.insertOne({ _id: name, value: 1 });
    const values = await transactions.run(async () => {
      const first = await read(name);
      await things.updateOne({ _id: name }, { $set: { value: 2 } });
      const again = await transactions.call(() => read(name));
      const outside = await transactions.outside(() => transactions.call(() => read(name)));
      return [first?.value, again?.value, outside?.value];
    });
    expect(values).toEqual([1, 1, 2]);
    expect((await read(name))?.value).toBe(2);
  });

  it('have the read concern of the transaction, others ask for what a majority has', async () => {
    expect(transactions.readOptions()).toEqual({ readConcern: { level: 'majority' } });
    await transactions.run(async () => {
      expect(Object.keys(transactions.readOptions())).toEqual(['session']);
      expect(transactions.readOptions().session?.inTransaction()).toBe(true);
      await transactions.outside(async () =>
        expect(transactions.readOptions()).toEqual({ readConcern: { level: 'majority' } }),
      );
    });
  });
});

describe('Work is run again', () => {
  it('when an update that must match meets nothing', async () => {
    const name = newName();
    await things.insertOne({ _id: name, value: 1 });
    let runs = 0;
    await transactions.run(async () => {
      runs++;
      transactions.write(change({ _id: name, value: runs === 1 ? 7 : 1 }, 5, true));
    });
    expect(runs).toBe(2);
    expect(await seen(name)).toBe(5);
  });

  it('when somebody else changed what it read', async () => {
    const name = newName();
    await things.insertOne({ _id: name, value: 1 });
    let runs = 0;
    await transactions.run(async () => {
      runs++;
      const { value } = (await read(name))!;
      if (runs === 1) await things.updateOne({ _id: name }, { $set: { value: 10 } });
      transactions.write(change({ _id: name }, value + 1, true));
    });
    expect(runs).toBe(2);
    expect(await seen(name)).toBe(11);
  });

  it('not when an update that need not match meets nothing', async () => {
    let runs = 0;
    await transactions.run(async () => {
      runs++;
      transactions.write(change({ _id: newName() }, 5, false));
    });
    expect(runs).toBe(1);
  });

  it('not when it failed for a reason of its own', async () => {
    let runs = 0;
    const work = transactions.run(async () => {
      runs++;
      await read(newName());
      throw new TypeError('no');
    });
    await expect(work).rejects.toThrow(TypeError);
    expect(runs).toBe(1);
  });

  it('until its patience ends: then it is a conflict, and nothing was written', async () => {
    const [name, other] = [newName(), newName()];
    const work = transactions.run(async () => {
      transactions.write(insertion(other));
      transactions.write(change({ _id: name }, 5, true));
    });
    await expect(work).rejects.toBeInstanceOf(WriteConflict);
    expect(await seen(other)).toBeUndefined();
  });
});

describe('An order', () => {
  it('is never changed from a version that it does not have', async () => {
    const order = await running.app.get(OrdersService).create(caller, anOrder());
    const orders = running.app.get(OrdersRepository);
    for (const stale of [0, 2, 7]) {
      const work = transactions.run(async () =>
        orders.replaceIfVersion('default', { ...order, status: 'PAID', version: stale + 1 }, stale),
      );
      await expect(work).rejects.toBeInstanceOf(WriteConflict);
    }
    expect(await orders.find('default', order.id)).toEqual(order);
  });

  it('is never changed for another tenant', async () => {
    const order = await running.app.get(OrdersService).create(caller, anOrder());
    const orders = running.app.get(OrdersRepository);
    const work = transactions.run(async () =>
      orders.replaceIfVersion('other', { ...order, status: 'PAID', version: 2 }, 1),
    );
    await expect(work).rejects.toBeInstanceOf(WriteConflict);
    expect(await orders.find('default', order.id)).toEqual(order);
    expect(await orders.find('other', order.id)).toBeUndefined();
  });
});

describe('An event', () => {
  it('cannot be appended without the transaction that makes it true', async () => {
    const order = await running.app.get(OrdersService).create(caller, anOrder());
    const event = { tenantId: 'default', orderId: order.id, sequence: 2, type: 'order.paid', time: new Date() };
    expect(() => running.app.get(EventLog).append({ ...event, actor: 'tester', data: {} })).toThrow(/^Bug!/);
    expect(await running.app.get(EventLog).history('default', order.id)).toHaveLength(1);
  });
});

describe('wouldConflict', () => {
  it('is true while another transaction holds what is to be written, and false when it is free', async () => {
    const name = newName();
    const session = foreign.startSession();
    session.startTransaction();
    await things.insertOne({ _id: name, value: 9 }, { session });
    expect(await transactions.wouldConflict(insertion(name))).toBe(true);
    await session.abortTransaction();
    await session.endSession();
    expect(await transactions.wouldConflict(insertion(name))).toBe(false);
  });

  it('writes nothing and holds nothing', async () => {
    const name = newName();
    await things.insertOne({ _id: name, value: 1 });
    expect(await transactions.wouldConflict(change({ _id: name }, 2, true))).toBe(false);
    await transactions.settled();
    expect(await seen(name)).toBe(1);
    const session = foreign.startSession();
    session.startTransaction();
    expect((await things.updateOne({ _id: name }, { $set: { value: 3 } }, { session })).modifiedCount).toBe(1);
    await session.commitTransaction();
    await session.endSession();
  });

  it('is false for a write that fails for another reason', async () => {
    expect(await transactions.wouldConflict({ ...insertion(newName()), namespace: 'no-collection' })).toBe(false);
  });
});

describe('A deadline', () => {
  let hasty: RunningApp;

  beforeAll(async () => {
    hasty = await startApp({ config: { mongodbUri: running.mongodbUri, databaseTimeoutMs: 300 } });
  });

  afterAll(() => hasty.close());

  it('ends the wait for the work, whose late writes are never sent', async () => {
    const [late, next] = [newName(), newName()];
    const hastyTransactions = hasty.app.get(Transactions);
    const gate = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const work = hastyTransactions.run(async () => {
      await gate.promise;
      hastyTransactions.write(insertion(late));
      ended.resolve();
    });
    await expect(work).rejects.toBeInstanceOf(DatabaseUnavailable);
    gate.resolve();
    await ended.promise;
    await hastyTransactions.settled();
    // A whole transaction later, what was to be sent would have been.
    await transactions.run(async () => transactions.write(insertion(next)));
    expect(await seen(next)).toBe(1);
    expect(await seen(late)).toBeUndefined();
  });

  it.each(['call', 'run'] as const)('ends the repetitions of %s, and the last failure is the cause', async (method) => {
    let runs = 0;
    const failure = new mongoose.mongo.MongoNetworkError('gone');
    const work = hasty.app.get(Transactions)[method](async () => {
      runs++;
      throw failure;
    });
    const error = await work.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect((error as Error).cause).toBe(failure);
    expect(runs).toBeGreaterThan(1);
  });

  it('is no reason to repeat what repetition cannot mend', async () => {
    let calls = 0;
    const call = hasty.app.get(Transactions).call(async () => {
      calls++;
      throw new TypeError('no');
    });
    await expect(call).rejects.toThrow(TypeError);
    expect(calls).toBe(1);
  });
});
