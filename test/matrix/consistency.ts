import type mongoose from 'mongoose';

interface Stored {
  readonly orders: readonly { readonly _id: mongoose.mongo.UUID; readonly version: number }[];
  readonly events: readonly {
    readonly orderId: mongoose.mongo.UUID;
    readonly sequence: number;
    readonly type: string;
  }[];
  readonly keys: readonly { readonly key: string; readonly response: { readonly status: number } }[];
}

/** What the faults left in the database, read past the service. Every creation and every change must have had a key. */
export async function expectConsistent(db: mongoose.mongo.Db, keysDone: ReadonlySet<string>): Promise<void> {
  const [orders, events, keys] = await Promise.all(
    ['orders', 'order_events', 'idempotency_keys'].map((name) => db.collection(name).find({}).toArray()),
  );
  const stored = { orders, events, keys } as unknown as Stored;
  const created = stored.events.filter(({ type }) => type === 'order.created').length;
  const creations = stored.keys.filter(({ response }) => response.status === 201).length;
  expect({ created, creations }).toEqual({ created: stored.orders.length, creations: stored.orders.length });

  const histories = Map.groupBy(stored.events, ({ orderId }) => orderId.toString());
  expect(histories.size).toBe(stored.orders.length);
  for (const { _id, version } of stored.orders) {
    const sequences = (histories.get(_id.toString()) ?? []).map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect({ id: _id.toString(), sequences }).toEqual({
      id: _id.toString(),
      sequences: Array.from({ length: version }, (_, index) => index + 1),
    });
  }
  const changes = stored.keys.length - creations;
  expect(stored.events.length - created).toBe(changes);
  // Each key has taken effect: none is missing, and none is there that nobody was told of.
  expect(stored.keys.map(({ key }) => key).sort()).toEqual([...keysDone].sort());
}
