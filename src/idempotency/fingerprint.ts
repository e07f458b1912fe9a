import { createHash } from 'node:crypto';

export interface FingerprintedRequest {
  readonly method: string;
  readonly path: string;
  /** The version in `If-Match`: `3` and `"3"` are one request. */
  readonly ifMatch: number | null;
  /** What `JSON.parse` gave, or `undefined` without a body. */
  readonly body: unknown;
}

/**
 * Equal for requests that mean the same, whatever the order of members and the white space of their bodies.
 * @returns SHA-256, base64url, 43 characters
 */
export function fingerprint(request: FingerprintedRequest): string {
  // A JSON array ends where its bracket closes, so the head and the body cannot run into each other.
  const head = JSON.stringify([request.method, request.path, request.ifMatch]);
  return createHash('sha256').update(head).update(canonicalJson(request.body)).digest('base64url');
}

/** What is still to be written: a piece of text, or a value that will become text. */
type Step = { readonly text: string } | { readonly value: unknown };

/**
 * In the manner of RFC 8785 (JCS). It runs before validation, on whatever nesting fits a body, so the stack is ours
 * and not the engine's: recursion would end at some ten thousand levels, with a 500.
 */
function canonicalJson(body: unknown): string {
  const written: string[] = [];
  const steps: Step[] = [{ value: body }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('text' in step) written.push(step.text);
    else if (Array.isArray(step.value)) pushArray(steps, step.value);
    else if (typeof step.value === 'object' && step.value !== null) pushObject(steps, step.value);
    else written.push(scalar(step.value));
  }
  return written.join('');
}

/** Steps are pushed last first, since the last one pushed is the next one taken. */
function pushArray(steps: Step[], array: readonly unknown[]): void {
  steps.push({ text: ']' });
  for (let index = array.length - 1; index >= 0; index -= 1) {
    steps.push({ value: array[index] }, { text: index === 0 ? '' : ',' });
  }
  steps.push({ text: '[' });
}

/** `sort` without a comparator is by UTF-16 code units, as RFC 8785, section 3.2.3, wants it. */
function pushObject(steps: Step[], object: object): void {
  const members = new Map(Object.entries(object));
  const names = [...members.keys()].sort().reverse();
  steps.push({ text: '}' });
  for (const [index, name] of names.entries()) {
    const separator = index === names.length - 1 ? '' : ',';
    steps.push({ value: members.get(name) }, { text: `${separator}${JSON.stringify(name)}:` });
  }
  steps.push({ text: '{' });
}

/**
 * Strings by `JSON.stringify`, which escapes lone surrogates: as UTF-8 they would all become U+FFFD. All else by
 * `String`, which differs from `JSON.stringify` only in keeping `1e999`, that is Infinity, apart from `null`.
 */
function scalar(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
