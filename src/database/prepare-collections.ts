import { isDeepStrictEqual } from 'node:util';
import type { Connection, Model } from 'mongoose';
import { validatorOf } from './collection-validator.js';

const namespaceExists = 48;

/**
 * Creates what is missing: collections with their validators, and every index of every schema. Safe to run from
 * several instances at once and again at every start; what is already in place is not touched.
 */
export async function prepareCollections(connection: Connection): Promise<void> {
  const existing = new Map(
    (await connection.db!.listCollections().toArray()).map((info) => [
      info.name,
      'options' in info ? info.options : {},
    ]),
  );
  for (const model of Object.values(connection.models) as Model<unknown>[]) {
    await prepareValidator(connection, model, existing);
    await model.createIndexes();
  }
}

async function prepareValidator(
  connection: Connection,
  model: Model<unknown>,
  existing: ReadonlyMap<string, { validator?: unknown } | undefined>,
): Promise<void> {
  const name = model.collection.collectionName;
  const jsonSchema = validatorOf(model.schema);
  const validator = jsonSchema ? { $jsonSchema: jsonSchema } : {};
  if (!existing.has(name)) {
    try {
      await connection.db!.createCollection(name, { validator });
      return;
    } catch (error) {
      // Another instance was quicker.
      if ((error as { code?: unknown }).code !== namespaceExists) throw error;
    }
  }
  // `collMod` locks the collection, so it is left out when nothing would change.
  if (isDeepStrictEqual(existing.get(name)?.validator ?? {}, validator)) return;
  await connection.db!.command({ collMod: name, validator, validationLevel: 'strict', validationAction: 'error' });
}
