import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeliveryAcceptedOut, DeliveryPageOut } from '../../src/webhooks/delivery.dto.js';
import { Api } from '../support/api.js';
import type { Sending } from '../support/api.js';
import { createEndpoint, WebhookData } from '../support/webhook-data.js';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const failed = {
  at: new Date('2026-11-24T10:00:00.120Z'),
  status: 500,
  durationMs: 12,
  error: 'HTTP 500',
  response: 'no',
};
const unanswered = {
  at: new Date('2026-11-24T10:05:00Z'),
  status: null,
  durationMs: 15_000,
  error: 'late',
  response: null,
};
const good = { at: new Date('2026-11-24T10:06:00Z'), status: 204, durationMs: 3, error: null, response: '' };

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

async function ping(endpointId = id, sending: Sending = {}): Promise<string> {
  const { status, body } = await api.send<DeliveryAcceptedOut>(
    'POST',
    `/webhook-endpoints/${endpointId}/test`,
    sending,
  );
  expect(status).toBe(202);
  expect(body).toEqual({ deliveryId: expect.stringMatching(uuidV7) });
  return body.deliveryId;
}

async function log(query = '', endpointId = id): Promise<DeliveryPageOut> {
  const { status, text, body } = await api.get<DeliveryPageOut>(`/webhook-endpoints/${endpointId}/deliveries${query}`);
  expect(`${status} ${status === 200 ? '' : text}`).toBe('200 ');
  return body;
}

describe('POST /webhook-endpoints/{id}/test', () => {
  it('makes a delivery of a ping, to be sent at once', async () => {
    const before = Date.now();
    const deliveryId = await ping();
    const { items, nextCursor } = await log();
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      {
        id: deliveryId,
        eventId: expect.stringMatching(uuidV7),
        ...{ eventType: 'ping', subject: `webhook-endpoints/${id}`, status: 'pending', attempts: [] },
        nextAttemptAt: expect.stringMatching(/Z$/),
      },
    ]);
    // The server's clock is this machine's.
    expect(Date.parse(items[0]!.nextAttemptAt!)).toBeGreaterThanOrEqual(before - 1);
    expect(Date.parse(items[0]!.nextAttemptAt!)).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('sends a CloudEvent that tells nothing', async () => {
    const { eventId, eventTime, payload, dueAt, nextAttemptAt, failures, owner } = await data.delivery(await ping());
    expect(JSON.parse(payload)).toEqual({
      ...{ specversion: '1.0', id: eventId.toString(), source: '/tenants/default', type: 'ping' },
      ...{ subject: `webhook-endpoints/${id}`, time: eventTime.toISOString(), datacontenttype: 'application/json' },
      ...{ sequence: '1', sequencetype: 'Integer', actor: 'anonymous', data: {} },
    });
    expect({ dueAt, failures, owner }).toEqual({ dueAt: nextAttemptAt, failures: 0, owner: null });
  });

  it('is for this endpoint whatever its filter, for a disabled one too, and each time another event', async () => {
    const { body: filtered } = await createEndpoint(api, { eventTypes: ['order.paid'], enabled: false });
    const ids = [await ping(filtered.id), await ping(filtered.id)];
    const { items } = await log('', filtered.id);
    expect(items.map((each) => each.id)).toEqual(ids.reverse());
    expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(2);
    expect((await log()).items).toEqual([]);
  });

  it('needs no body and knows no Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'one', 'if-match': '*' };
    const ids = [await ping(id, { headers }), await ping(id, { headers }), await ping(id, { json: { ignored: true } })];
    expect(new Set(ids).size).toBe(3);
  });
});

describe('GET /webhook-endpoints/{id}/deliveries', () => {
  it('tells of every attempt, oldest first', async () => {
    const next = new Date(Date.now() + 60_000);
    const pending = await data.insert(id, 'pending', {
      attempts: [failed, unanswered],
      nextAttemptAt: next,
      dueAt: next,
    });
    const delivered = await data.insert(id, 'delivered', { attempts: [good], eventType: 'order.created' });
    const { items } = await log();
    expect(items.map((each) => each.id)).toEqual([delivered, pending]);
    expect(items[0]).toMatchObject({ status: 'delivered', eventType: 'order.created', nextAttemptAt: null });
    expect(items[0]!.attempts).toEqual([{ ...good, at: '2026-11-24T10:06:00.000Z' }]);
    expect(items[1]).toMatchObject({ status: 'pending', nextAttemptAt: next.toISOString() });
    expect(items[1]!.attempts).toEqual([
      { ...failed, at: '2026-11-24T10:00:00.120Z' },
      { ...unanswered, at: '2026-11-24T10:05:00.000Z' },
    ]);
  });

  it('is newest first, and its cursor walks over each once, with and without a status', async () => {
    const statuses = ['pending', 'delivered', 'dead'] as const;
    const made: { id: string; status: string }[] = [];
    for (let count = 0; count < 9; count++) {
      const status = statuses[count % 3]!;
      made.unshift({ id: await data.insert(id, status), status });
    }
    for (const filter of ['', ...statuses]) {
      const wanted = made.filter(({ status }) => filter === '' || status === filter).map((each) => each.id);
      const walked: string[] = [];
      for (let cursor: string | null = ''; cursor !== null && walked.length <= wanted.length;) {
        const page: DeliveryPageOut = await log(
          `?limit=2${filter && `&status=${filter}`}${cursor && `&cursor=${cursor}`}`,
        );
        walked.push(...page.items.map((each) => each.id));
        cursor = page.nextCursor;
      }
      expect(walked).toEqual(wanted);
    }
  });

  it('has HEAD, 20 by default, and is empty at first', async () => {
    expect(await log()).toEqual({ items: [], nextCursor: null });
    for (let count = 0; count < 21; count++) await data.insert(id, 'dead');
    expect((await log()).items).toHaveLength(20);
    expect(await api.send('HEAD', `/webhook-endpoints/${id}/deliveries`)).toMatchObject({ status: 200, text: '' });
  });

  it.each([
    ...['?status=', '?status=lost', '?status=DEAD', '?status=dead&status=dead', '?status=dead,pending', '?limit=0'],
    ...[
      '?limit=101',
      '?limit=x',
      '?limit=1&limit=1',
      '?cursor=',
      '?cursor=x',
      `?cursor=${'A'.repeat(44)}`,
      '?since=x',
      '?%24where=1',
    ],
  ])('refuses the query %s', async (query) => {
    const { status, body } = await api.get(`/webhook-endpoints/${id}/deliveries${query}`);
    expect({ status, code: body.code, faults: body.errors?.length }).toEqual({
      status: 422,
      code: 'validation_failed',
      faults: 1,
    });
    const name = /^\?([^=]+)/.exec(query)![1]!;
    expect(body.errors![0]!.parameter).toBe(decodeURIComponent(name));
  });

  it('refuses the cursor of another status and of another endpoint', async () => {
    const other = (await createEndpoint(api)).body.id;
    for (const endpointId of [id, id, other, other]) await data.insert(endpointId, 'dead');
    const cursor = (await log('?limit=1')).nextCursor!;
    const ofDead = (await log('?limit=1&status=dead')).nextCursor!;
    const statusOf = async (query: string, endpointId = id): Promise<number> =>
      (await api.get(`/webhook-endpoints/${endpointId}/deliveries${query}`)).status;
    expect(await statusOf(`?cursor=${cursor}`)).toBe(200);
    expect(await statusOf(`?cursor=${ofDead}&status=dead&limit=5`)).toBe(200);
    expect(await statusOf(`?cursor=${cursor}&status=dead`)).toBe(422);
    expect(await statusOf(`?cursor=${ofDead}`)).toBe(422);
    expect(await statusOf(`?cursor=${ofDead}&status=pending`)).toBe(422);
    expect(await statusOf(`?cursor=${cursor}`, other)).toBe(422);
  });
});
