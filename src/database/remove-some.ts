import type { Model, mongo } from 'mongoose';
import type { Transactions } from './transactions.js';

/**
 * Removes so many of the documents that a filter meets, the smallest ids first: in steps that hold nothing up, however
 * many there are. By the driver's own collection, since Mongoose refuses ranges of UUIDs.
 * @returns how many; fewer than the limit: there are no more, or another instance removes them too
 */
export async function removeSome<T>(
  model: Model<T>,
  transactions: Transactions,
  filter: object,
  limit: number,
): Promise<number> {
  const collection = model.collection as unknown as mongo.Collection;
  const found = await transactions.call(() =>
    collection
      .find(filter, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray(),
  );
  if (found.length === 0) return 0;
  const { deletedCount } = await transactions.call(() =>
    collection.deleteMany(
      { ...filter, _id: { $in: found.map(({ _id }) => _id) } },
      { writeConcern: { w: 'majority' } },
    ),
  );
  return deletedCount;
}
