import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

const statuses = ['CREATED', 'PAID', 'FULFILLED', 'CANCELLED'] as const;
type Status = (typeof statuses)[number];

/** The contract's table, and a way to each status. */
const allowed: Record<Status, readonly Status[]> = {
  CREATED: ['PAID', 'CANCELLED'],
  PAID: ['FULFILLED', 'CANCELLED'],
  FULFILLED: [],
  CANCELLED: [],
};
const wayTo: Record<Status, readonly Status[]> = {
  CREATED: [],
  PAID: ['PAID'],
  FULFILLED: ['PAID', 'FULFILLED'],
  CANCELLED: ['CANCELLED'],
};

const moves = statuses.flatMap((from) => statuses.map((to) => ({ from, to })));

describe('PATCH /orders/{id}', () => {
  it.each(moves.filter(({ from, to }) => allowed[from].includes(to)))('moves $from to $to', async ({ from, to }) => {
    const before = await api.orderThatWent(...wayTo[from]);
    const { status, headers, body } = await api.move(before.id, to, before.version);
    expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: `"${before.version + 1}"` });
    expect(headers).not.toHaveProperty('location');
    expect(body).toEqual({
      ...before,
      ...{ status: to, allowedTransitions: allowed[to], version: before.version + 1, updatedAt: body.updatedAt },
    });
    expect(Date.parse(body.updatedAt)).toBeGreaterThanOrEqual(Date.parse(before.updatedAt));
    expect((await api.get<OrderOut>(`/orders/${before.id}`)).body).toEqual(body);
  });

  it.each(moves.filter(({ from, to }) => !allowed[from].includes(to)))(
    'does not move $from to $to: 409',
    async ({ from, to }) => {
      const before = await api.orderThatWent(...wayTo[from]);
      const { status, body } = await api.move(before.id, to, before.version);
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'invalid_transition', from, to, allowed: allowed[from] });
      expect((await api.get<OrderOut>(`/orders/${before.id}`)).body).toEqual(before);
    },
  );

  it.each(['paid', 'Paid', 'REFUNDED', '', ' PAID', 'constructor', null, 1, true, ['PAID'], {}])(
    'refuses the status %j: 422',
    async (status) => {
      const { id } = await api.orderThatWent();
      const answer = await api.send('PATCH', `/orders/${id}`, { json: { status }, headers: { 'if-match': '1' } });
      expect(answer.status).toBe(422);
      expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(['#/status']);
    },
  );

  it.each([
    ['nothing', {}, ['#/status']],
    ['an unknown member', { status: 'PAID', version: 1 }, ['#/version']],
    ['another member of an order', { status: 'PAID', customerId: 'cus_1' }, ['#/customerId']],
    ['two faults', { status: 'paid', constructor: 1 }, ['#/constructor', '#/status']],
    ['a list', [{ status: 'PAID' }], ['#']],
    ['a text', 'PAID', ['#']],
    ['null', null, ['#']],
  ])('refuses a body with %s: 422', async (_what, json, pointers) => {
    const { id } = await api.orderThatWent();
    const { status, body } = await api.send('PATCH', `/orders/${id}`, { json, headers: { 'if-match': '1' } });
    expect(status).toBe(422);
    expect(body.errors?.map(({ pointer }) => pointer).sort()).toEqual(pointers);
  });

  it('lets exactly one of ten concurrent moves from one version win', async () => {
    const { id } = await api.orderThatWent();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => api.move(id, n % 2 === 0 ? 'PAID' : 'CANCELLED', 1)),
    );
    const winner = answers.filter(({ status }) => status === 200);
    expect(winner).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer !== winner[0])) {
      expect({ ...body, status }).toMatchObject({
        status: 409,
        code: 'version_conflict',
        currentVersion: 2,
        currentStatus: winner[0]!.body.status,
      });
    }
  });
});

describe('If-Match', () => {
  it.each(['1', '"1"', ' 1 ', '\t"1"'])('is the version, bare or as a strong entity tag: %j', async (ifMatch) => {
    const { id } = await api.orderThatWent();
    expect((await api.move(id, 'PAID', ifMatch)).status).toBe(200);
  });

  it.each([
    ...[
      '',
      '*',
      '"*"',
      'W/"1"',
      'w/"1"',
      '"1", "2"',
      '1, 2',
      '1,1',
      '+1',
      '-1',
      '0',
      '"0"',
      '01',
      '"01"',
      '1.0',
      '1e0',
      '0x1',
    ],
    ...[
      '"1',
      '1"',
      "'1'",
      '""',
      '" 1"',
      '"1 "',
      '1 1',
      'one',
      'NaN',
      '9007199254740992',
      '"9007199254740992"',
      '99999999999999999999',
    ],
  ])('cannot be read when it is %j: 400 that names it', async (ifMatch) => {
    const { id } = await api.orderThatWent();
    const { status, body } = await api.move(id, 'PAID', ifMatch);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_header' });
    expect(body.detail).toContain('If-Match');
  });

  it('cannot be read when it is there twice: 400', async () => {
    const { id } = await api.orderThatWent();
    const answer = await api.send('PATCH', `/orders/${id}`, {
      json: { status: 'PAID' },
      headers: { 'if-match': ['1', '1'] },
    });
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_header' });
  });

  it.each(['2', '"3"', '9007199254740991'])(
    'that is not the current version is 409 with the current one: %s',
    async (ifMatch) => {
      const { id } = await api.orderThatWent();
      const { status, body } = await api.move(id, 'PAID', ifMatch);
      expect(status).toBe(409);
      expect(body).toMatchObject({
        code: 'version_conflict',
        recovery: 'refetch_and_retry',
        currentVersion: 1,
        currentStatus: 'CREATED',
      });
      expect(body.detail).toBe(
        `The order is at version 1; the request was made for version ${ifMatch.replaceAll('"', '')}.`,
      );
    },
  );

  it('is required: 428', async () => {
    const { id } = await api.orderThatWent();
    const answer = await api.send('PATCH', `/orders/${id}`, { json: { status: 'PAID' } });
    expect(answer.body).toMatchObject({ status: 428, code: 'precondition_required', recovery: 'refetch_and_retry' });
  });

  it('of an old version is a conflict even where the order is as wanted already', async () => {
    const { id } = await api.orderThatWent('PAID');
    expect((await api.move(id, 'PAID', 1)).body.code).toBe('version_conflict');
  });
});
