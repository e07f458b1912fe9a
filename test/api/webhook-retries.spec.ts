import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { ServerClock } from '../../src/database/server-clock.js';
import type { DeliveryAcceptedOut, DeliveryPageOut, RetriedOut } from '../../src/webhooks/delivery.dto.js';
import { Api } from '../support/api.js';
import type { Answer, Sending } from '../support/api.js';
import { createEndpoint, WebhookData } from '../support/webhook-data.js';

const failed = {
  at: new Date('2026-11-24T10:00:00.120Z'),
  status: 500,
  durationMs: 12,
  error: 'HTTP 500',
  response: 'no',
};

let api: Api;
let data: WebhookData;
let id: string;
beforeAll(async () => {
  api = await Api.start();
  data = await WebhookData.on(api.running.mongodbUri);
});
beforeEach(async () => {
  id = (await createEndpoint(api)).body.id;
});
afterAll(async () => {
  await data.close();
  await api.end();
});

const retry = (deliveryId: string, sending: Sending = {}): Promise<Answer<DeliveryAcceptedOut>> =>
  api.send('POST', `/deliveries/${deliveryId}/retry`, sending);

const retrySince = (json: unknown, endpointId = id): Promise<Answer<RetriedOut>> =>
  api.send('POST', `/webhook-endpoints/${endpointId}/retry`, { json });

describe('POST /deliveries/{id}/retry', () => {
  it('makes a dead one pending at once, with the whole schedule before it and its attempts kept', async () => {
    const dead = await data.insert(id, 'dead', { attempts: [failed, failed], failures: 10 });
    const before = await data.delivery(dead);
    const { status, body } = await retry(dead, { headers: { 'idempotency-key': 'x', 'if-match': '9' } });
    expect([status, body]).toEqual([202, { deliveryId: dead }]);
    const after = await data.delivery(dead);
    const now = after.dueAt!;
    expect(after).toEqual({ ...before, status: 'pending', failures: 0, nextAttemptAt: now, dueAt: now });
    expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000);
    expect((await api.get<DeliveryPageOut>(`/webhook-endpoints/${id}/deliveries`)).body.items).toMatchObject([
      { status: 'pending', attempts: { length: 2 }, nextAttemptAt: now.toISOString() },
    ]);
  });

  it.each(['pending', 'delivered'] as const)('leaves one that is %s as it is', async (status) => {
    const next = status === 'pending' ? new Date(Date.now() + 60_000) : null;
    const other = await data.insert(id, status, { attempts: [failed], failures: 1, nextAttemptAt: next, dueAt: next });
    const before = await data.delivery(other);
    expect(await retry(other)).toMatchObject({ status: 202, body: { deliveryId: other } });
    expect(await data.delivery(other)).toEqual(before);
  });

  it('twice is once', async () => {
    const dead = await data.insert(id, 'dead', { attempts: [failed] });
    await retry(dead);
    const once = await data.delivery(dead);
    expect((await retry(dead)).status).toBe(202);
    expect(await data.delivery(dead)).toEqual(once);
  });

  it('finds no delivery under an endpoint’s id, an unknown or a malformed one', async () => {
    const dead = await data.insert(id, 'dead');
    for (const unknown of [id, uuidv7(), dead.toUpperCase(), 'x', '%00', `${dead}%20`])
      expect(await retry(unknown)).toMatchObject({
        status: 404,
        body: { code: 'delivery_not_found', recovery: 'give_up' },
      });
    expect((await data.delivery(dead)).status).toBe('dead');
  });
});

describe('POST /webhook-endpoints/{id}/retry', () => {
  const at = (time: string): Date => new Date(time);

  it('revives the dead ones of events from then on, of this endpoint alone, and tells how many', async () => {
    const other = (await createEndpoint(api)).body.id;
    const early = await data.insert(id, 'dead', { eventTime: at('2026-11-24T09:59:59.999Z') });
    const exact = await data.insert(id, 'dead', {
      eventTime: at('2026-11-24T10:00:00Z'),
      attempts: [failed],
      failures: 10,
    });
    const late = await data.insert(id, 'dead', { eventTime: at('2026-11-24T11:00:00Z') });
    const done = await data.insert(id, 'delivered', { eventTime: at('2026-11-24T11:00:00Z'), attempts: [failed] });
    const others = await data.insert(other, 'dead', { eventTime: at('2026-11-24T11:00:00Z') });
    const { status, body } = await retrySince({ since: '2026-11-24T11:00:00+01:00' });
    expect([status, body]).toEqual([202, { count: 2 }]);
    for (const each of [exact, late])
      expect(await data.delivery(each)).toMatchObject({
        status: 'pending',
        failures: 0,
        owner: null,
        dueAt: expect.any(Date),
      });
    expect((await data.delivery(exact)).attempts).toEqual([failed]);
    for (const each of [early, others]) expect((await data.delivery(each)).status).toBe('dead');
    expect((await data.delivery(done)).status).toBe('delivered');
    expect((await retrySince({ since: '2026-11-24T10:00:00Z' })).body).toEqual({ count: 0 });
  });

  it.each([
    ['0000-01-01T00:00:00Z', 1],
    ['0000-01-01T00:00:00+23:59', 1],
    ['1969-12-31T23:59:59.999Z', 1],
    ['9999-12-31T23:59:59.999-23:59', 0],
  ])('takes any time there is: %s', async (since, count) => {
    await data.insert(id, 'dead');
    expect(await retrySince({ since })).toMatchObject({ status: 202, body: { count } });
  });

  it.each([
    [{}, '#/since'],
    [{ since: null }, '#/since'],
    [{ since: '' }, '#/since'],
    [{ since: 'yesterday' }, '#/since'],
    [{ since: '2026-11-24' }, '#/since'],
    [{ since: '2026-11-24T10:00:00' }, '#/since'],
    [{ since: '2026-02-30T10:00:00Z' }, '#/since'],
    [{ since: 1_700_000_000 }, '#/since'],
    [{ since: ['2026-11-24T10:00:00Z'] }, '#/since'],
    [{ since: '2026-11-24T10:00:00Z', until: '2026-11-25T10:00:00Z' }, '#/until'],
    [[], '#'],
  ])('refuses %j', async (json, pointer) => {
    const { status, body } = (await retrySince(json)) as unknown as Answer;
    expect([status, body.errors?.map((fault) => fault.pointer)]).toEqual([422, [pointer]]);
  });

  it('needs a body', async () => {
    const { status, body } = await api.send('POST', `/webhook-endpoints/${id}/retry`);
    expect([status, body.code]).toEqual([400, 'malformed_json']);
  });
});

describe('When a delivery is due, is told by the database server’s clock, which all senders go by:', () => {
  const serverTime = new Date('2031-01-01T00:00:00.000Z');
  beforeEach(() => {
    jest.spyOn(api.running.app.get(ServerClock), 'now').mockResolvedValue(serverTime);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('after a ping', async () => {
    const { body } = await api.send<DeliveryAcceptedOut>('POST', `/webhook-endpoints/${id}/test`);
    expect(await data.delivery(body.deliveryId)).toMatchObject({ dueAt: serverTime, nextAttemptAt: serverTime });
  });

  it('after a retry of one, and of all', async () => {
    const [one, other] = [await data.insert(id, 'dead'), await data.insert(id, 'dead')];
    await retry(one);
    await retrySince({ since: '2000-01-01T00:00:00Z' });
    for (const each of [one, other])
      expect(await data.delivery(each)).toMatchObject({ dueAt: serverTime, nextAttemptAt: serverTime });
  });

  it('when an endpoint is enabled: what is due by then is left to whoever takes it', async () => {
    const next = new Date('2026-11-24T10:00:00Z');
    const [due, later] = [new Date(serverTime.getTime() - 1), new Date(serverTime.getTime() + 1)];
    const isDue = await data.insert(id, 'pending', { nextAttemptAt: next, dueAt: due });
    const waits = await data.insert(id, 'pending', { nextAttemptAt: next, dueAt: later });
    await api.send('PATCH', `/webhook-endpoints/${id}`, { json: { enabled: true } });
    expect((await data.delivery(isDue)).dueAt).toEqual(due);
    expect((await data.delivery(waits)).dueAt).toEqual(next);
  });
});
