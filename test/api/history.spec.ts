import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderHistoryOut } from '../../src/orders/order-history.dto.js';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';

let running: RunningApp;
let api: Api;
beforeAll(async () => {
  running = await startApp();
  api = new Api(running);
});
afterAll(async () => {
  api.close();
  await running.close();
});

async function historyOf(id: string): Promise<OrderHistoryOut> {
  const { status, body } = await api.get<OrderHistoryOut>(`/orders/${id}/events`);
  expect(status).toBe(200);
  return body;
}

describe('GET /orders/{id}/events', () => {
  it.each([
    [[], ['order.created']],
    [['PAID'], ['order.created', 'order.paid']],
    [['CANCELLED'], ['order.created', 'order.cancelled']],
    [
      ['PAID', 'FULFILLED'],
      ['order.created', 'order.paid', 'order.fulfilled'],
    ],
    [
      ['PAID', 'CANCELLED'],
      ['order.created', 'order.paid', 'order.cancelled'],
    ],
  ])('after %j has exactly %j, oldest first, in a gapless sequence', async (way, types) => {
    const { items, nextCursor } = await historyOf((await api.orderThatWent(...way)).id);
    expect(items.map(({ type }) => type)).toEqual(types);
    expect(items.map(({ sequence }) => sequence)).toEqual(types.map((_, index) => String(index + 1)));
    expect(new Set(items.map(({ id }) => id)).size).toBe(types.length);
    expect(nextCursor).toBeNull();
  });

  it('gives CloudEvents 1.0 with the sequence extension, whose data are the order at that version', async () => {
    const created = (await api.create({ metadata: { a: '1' } })).body as OrderOut;
    const paid = (await api.move(created.id, 'PAID', 1)).body as OrderOut;
    const { items } = await historyOf(created.id);
    const common = {
      ...{
        specversion: '1.0',
        source: '/tenants/default',
        subject: `orders/${created.id}`,
        datacontenttype: 'application/json',
      },
      ...{ sequencetype: 'Integer', actor: 'anonymous', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    };
    expect(items).toEqual([
      { ...common, type: 'order.created', sequence: '1', time: created.createdAt, data: created },
      { ...common, type: 'order.paid', sequence: '2', time: paid.updatedAt, data: paid },
    ]);
  });

  it('does not rewrite what happened when the order goes on', async () => {
    const { id } = await api.orderThatWent();
    const before = await historyOf(id);
    await api.move(id, 'CANCELLED', 1);
    expect((await historyOf(id)).items[0]).toEqual(before.items[0]);
  });

  it('has nothing of refused or replayed requests', async () => {
    const { id } = await api.orderThatWent();
    await api.move(id, 'PAID', 9);
    await api.move(id, 'FULFILLED', 1);
    await api.move(id, 'PAID', 1, { 'idempotency-key': 'pay-once' });
    await api.move(id, 'PAID', 1, { 'idempotency-key': 'pay-once' });
    expect((await historyOf(id)).items.map(({ type }) => type)).toEqual(['order.created', 'order.paid']);
  });

  it.each(['019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0', 'malformed', '%20'])(
    'of an order that does not exist is 404: %s',
    async (id) => {
      expect((await api.get(`/orders/${id}/events`)).body).toMatchObject({ status: 404, code: 'order_not_found' });
    },
  );

  it('is read only: 405 with Allow', async () => {
    const { id } = await api.orderThatWent();
    const answer = await api.send('POST', `/orders/${id}/events`, { json: {} });
    expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });
});
