import { Injectable } from '@nestjs/common';
import type { Caller } from '../auth/caller.js';
import { SharedSecrets } from '../database/shared-secrets.js';
import { Transactions } from '../database/transactions.js';
import { isId, newId, timeOf } from '../database/uuid-v7.js';
import type { CloudEvent } from '../events/cloud-event.js';
import { EventLog } from '../events/event-log.js';
import type { NewEvent } from '../events/event-log.js';
import { readPage } from '../http/page-cursor.js';
import type { Page } from '../http/page-cursor.js';
import { Metrics } from '../metrics/metrics.js';
import type { OrderStatus } from './domain/order-status.js';
import { eventTypeOf } from './domain/order.events.js';
import { changeStatus, createOrder } from './domain/order.js';
import type { NewOrder, Order } from './domain/order.js';
import { orderNotFound } from './domain/order.problems.js';
import { toOrderOut } from './order.dto.js';
import { cursorScope } from './orders-cursor.js';
import { OrdersRepository } from './orders.repository.js';
import type { OrderFilter } from './orders.repository.js';

@Injectable()
export class OrdersService {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly events: EventLog,
    private readonly transactions: Transactions,
    private readonly secrets: SharedSecrets,
    private readonly metrics: Metrics,
  ) {}

  /** The order and its first event, both or neither. */
  async create({ tenantId, actor }: Caller, input: NewOrder): Promise<Order> {
    return this.transactions.run(async () => {
      const id = newId();
      const order = createOrder(input, { id, tenantId, now: timeOf(id) });
      this.orders.insert(tenantId, order);
      this.events.append(changeOf(order, actor));
      this.transactions.afterCommit(() => this.metrics.ordersCreated.inc());
      return Promise.resolve(order);
    });
  }

  /** @throws Problem order_not_found */
  async get({ tenantId }: Caller, id: string): Promise<Order> {
    const order = await this.orders.find(tenantId, id);
    if (!order) throw orderNotFound();
    return order;
  }

  /**
   * The order's next status and its event, both or neither. The domain decides on what was read; if the order
   * changes before the write, the work is run again and decides anew.
   * @throws Problem order_not_found, version_conflict, invalid_transition
   */
  async changeStatus(caller: Caller, id: string, to: OrderStatus, expectedVersion: number): Promise<Order> {
    return this.transactions.run(async () => {
      const order = await this.get(caller, id);
      const changed = changeStatus(order, to, expectedVersion, new Date());
      this.orders.replaceIfVersion(caller.tenantId, changed, order.version);
      this.events.append(changeOf(changed, caller.actor));
      const move = { from: order.status, to };
      this.transactions.afterCommit(() => this.metrics.orderTransitions.inc(move));
      return changed;
    });
  }

  /**
   * A page, newest first. The cursor is bound to tenant and filters; the page size may change on the way.
   * @throws Problem validation_failed for a cursor that is not this list's
   */
  async list({ tenantId }: Caller, filter: OrderFilter, limit: number, cursor?: string): Promise<Page<Order>> {
    const secret = await this.secrets.get('orders-cursor');
    return readPage(secret, { scope: cursorScope(tenantId, filter), limit, cursor }, (before, count) =>
      this.orders.page(tenantId, filter, before, count),
    );
  }

  /** @throws Problem order_not_found */
  async history(caller: Caller, id: string): Promise<readonly CloudEvent[]> {
    if (!isId(id)) throw orderNotFound();
    // Both at once, so that both together keep the deadline of one.
    const [, events] = await Promise.all([this.get(caller, id), this.events.history(caller.tenantId, id)]);
    return events;
  }
}

function changeOf(order: Order, actor: string): NewEvent {
  return {
    tenantId: order.tenantId,
    orderId: order.id,
    sequence: order.version,
    type: eventTypeOf(order),
    time: order.updatedAt,
    actor,
    data: toOrderOut(order),
  };
}
