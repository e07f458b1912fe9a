import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The text of an API key: `ops_<id>_<secret>`. The prefix lets secret scanners find a leaked one; the id is public and
 * names the key in logs and events; the secret is 256 random bits and ends in a checksum over everything before it, so
 * that a mistyped or cut key is refused without a look into the database.
 */
const secretBytes = 32;
const idBytes = 12;
const checksumLength = 8;
const pattern = /^ops_([0-9a-f]{24})_([0-9a-f]{64})([0-9a-f]{8})$/;

export interface ApiKeyParts {
  readonly id: string;
  /** SHA-256 of the secret: a fast hash is enough, since nobody can guess 256 random bits. */
  readonly secretHash: Buffer;
}

export function newApiKey(): ApiKeyParts & { readonly text: string } {
  const id = randomBytes(idBytes).toString('hex');
  const secret = randomBytes(secretBytes).toString('hex');
  return { id, secretHash: hash(secret), text: `ops_${id}_${secret}${checksum(id, secret)}` };
}

/** @returns undefined for any text that is not a key as `newApiKey` makes them, to the last character */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const [, id, secret, sum] = pattern.exec(text) ?? [];
  if (id === undefined || secret === undefined || sum === undefined) return undefined;
  return checksum(id, secret) === sum ? { id, secretHash: hash(secret) } : undefined;
}

/** In constant time. */
export function sameSecret(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function checksum(id: string, secret: string): string {
  return createHash('sha256').update(`ops_${id}_${secret}`).digest('hex').slice(0, checksumLength);
}
