import type { mongo } from 'mongoose';

/** One write of a transaction, as the `bulkWrite` command takes it. */
export type StagedWrite =
  | { readonly name: 'insertOne'; readonly namespace: string; readonly document: object }
  | {
      readonly name: 'replaceOne';
      readonly namespace: string;
      readonly filter: object;
      readonly replacement: object;
      readonly upsert: boolean;
    }
  | {
      readonly name: 'updateOne';
      readonly namespace: string;
      readonly filter: object;
      readonly update: object;
      /** An update that meets no document is a conflict. */
      readonly mustMatch: boolean;
      readonly upsert?: boolean;
    }
  | { readonly name: 'updateMany'; readonly namespace: string; readonly filter: object; readonly update: object };

export function toModel(write: StagedWrite): mongo.AnyClientBulkWriteModel<mongo.Document> {
  if (write.name !== 'updateOne') return write;
  const { name, namespace, filter, update, upsert = false } = write;
  return { name, namespace, filter, update, upsert };
}
