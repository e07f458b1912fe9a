import type { Model } from 'mongoose';

/** `database.collection`, as the `bulkWrite` command names the target of a write. */
export function namespaceOf<T>(model: Model<T>): string {
  return `${model.db.name}.${model.collection.collectionName}`;
}
