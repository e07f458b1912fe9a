import type { Answer, Sending } from '../support/api.js';
import { bearer } from '../support/keys.js';
import type { MadeKey } from '../support/keys.js';

/** Sent by the holder of that key, with a request id that makes answers comparable. */
export function sentBy(key: MadeKey, sending: Sending = {}): Sending {
  return { ...sending, headers: { ...sending.headers, ...bearer(key), 'x-request-id': 'same' } };
}

/** An answer without what must differ: the id that was asked for, and the time. */
export function shapeOf({ status, headers, text }: Answer<unknown>, id: string): unknown {
  return { status, headers: { ...headers, date: '' }, text: text.replaceAll(id, ':id') };
}
