import type { Schema } from 'mongoose';

/** A `$jsonSchema` document (https://www.mongodb.com/docs/manual/reference/operator/query/jsonSchema/). */
export type JsonSchema = Readonly<Record<string, unknown>>;

const validators = new WeakMap<Schema, JsonSchema>();

/**
 * Has the server itself refuse documents that would break what this service relies on, whoever writes them.
 * Mongoose validates only what goes through Mongoose.
 */
export function withValidator<S extends Schema>(schema: S, jsonSchema: JsonSchema): S {
  validators.set(schema, jsonSchema);
  return schema;
}

export function validatorOf(schema: Schema): JsonSchema | undefined {
  return validators.get(schema);
}
