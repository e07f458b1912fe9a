import { Problem } from '../../problem/problem.js';
import { allowedTransitions } from './order-status.js';
import type { OrderStatus } from './order-status.js';

/** What the problems tell of an order; narrower than `Order` so that `order.ts` can import this file. */
interface OrderState {
  readonly version: number;
  readonly status: OrderStatus;
}

/** One answer for an unknown id, a malformed one and another tenant's: they must not be told apart. */
export function orderNotFound(): Problem {
  return new Problem('order_not_found', 'There is no such order.');
}

export function versionConflict(order: OrderState, expectedVersion: number): Problem {
  const detail = `The order is at version ${order.version}; the request was made for version ${expectedVersion}.`;
  return new Problem('version_conflict', detail, {
    extra: { currentVersion: order.version, currentStatus: order.status },
  });
}

export function invalidTransition(order: OrderState, to: OrderStatus): Problem {
  const allowed = allowedTransitions(order.status);
  const hint = allowed.length === 0 ? 'no transition is left' : `it can become ${allowed.join(' or ')}`;
  return new Problem('invalid_transition', `The order is ${order.status} and cannot become ${to}; ${hint}.`, {
    extra: { from: order.status, to, allowed },
  });
}
