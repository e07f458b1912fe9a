/** What this worker needs to know of a CloudEvent of the service. */
export interface OrderEvent {
  /** The same on every delivery. */
  readonly id: string;
  readonly type: string;
  readonly orderId: string;
  /** The order's version that the event made. */
  readonly version: number;
}

/**
 * Reads the envelope alone. `data` has the order as it was at that version, but an event that is too large for NATS
 * comes without it, and whether the order is still to be fulfilled only the service can tell.
 * @returns undefined for an event that is about no order, such as `ping`
 * @throws Error when the text is no CloudEvent
 */
export function parseOrderEvent(json: string): OrderEvent | undefined {
  const event = JSON.parse(json) as Partial<Record<string, unknown>> | null;
  const { id, type, subject, sequence } = event ?? {};
  if (typeof id !== 'string' || id === '' || typeof type !== 'string') throw new Error('an event needs id and type');
  const orderId = typeof subject === 'string' ? /^orders\/([^/]+)$/.exec(subject)?.[1] : undefined;
  if (orderId === undefined) return undefined;
  const version = Number(sequence);
  if (!Number.isSafeInteger(version) || version < 1) throw new Error('an event of an order needs its sequence');
  return { id, type, orderId, version };
}
