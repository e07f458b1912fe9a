import type { Outcome } from './delivery-queue.repository.js';
import type { DeliveryDocument } from './delivery.schema.js';
import { nextTry } from './retry-schedule.js';
import type { WebhookAnswer } from './webhook-sender.js';

/** The receiver is gone for good (RFC 9110, section 15.5.11). */
const gone = 410;

export interface Try {
  readonly delivery: DeliveryDocument;
  /** By the database server's clock. */
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly answer: WebhookAnswer;
}

/**
 * What becomes of a delivery by a try.
 * @param schedule seconds to wait after each failure
 * @param random from 0 to 1
 */
export function outcomeOf(
  { delivery, startedAt, endedAt, answer }: Try,
  schedule: readonly number[],
  random: number,
): Outcome {
  const { status, error, response, durationMs, retryAfter } = answer;
  const attempt = { at: startedAt, status, durationMs, error, response };
  const known = { id: delivery._id, owner: delivery.owner ?? '', attempt };
  if (error === null) return { ...known, set: { status: 'delivered', failures: delivery.failures, ...finished } };
  // It waits for the endpoint to be enabled again, so it must not die of that.
  const failures = isGone(answer) ? Math.min(delivery.failures, schedule.length - 1) : delivery.failures + 1;
  const next = nextTry({ failures: Math.max(failures, 1), now: endedAt, retryAfter, schedule, random });
  if (!next) return { ...known, set: { status: 'dead', failures, ...finished } };
  return { ...known, set: { status: 'pending', failures, nextAttemptAt: next, dueAt: next } };
}

/** The try was cut off by the end of this process; the next instance makes it at once. */
export function givenBack(delivery: DeliveryDocument, now: Date): Outcome {
  const { failures, nextAttemptAt } = delivery;
  return {
    id: delivery._id,
    owner: delivery.owner ?? '',
    set: { status: 'pending', failures, nextAttemptAt, dueAt: now },
  };
}

export function isGone({ status }: WebhookAnswer): boolean {
  return status === gone;
}

const finished = { nextAttemptAt: null, dueAt: null };
