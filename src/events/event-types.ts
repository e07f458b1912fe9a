/** Every type that an event can have, for those who know events and not what they tell of. */
export const eventTypes = ['order.created', 'order.paid', 'order.fulfilled', 'order.cancelled'] as const;

export type EventType = (typeof eventTypes)[number];

export function isEventType(value: unknown): value is EventType {
  return eventTypes.some((type) => type === value);
}
