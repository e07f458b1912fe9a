import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WebhookEndpointOut, WebhookEndpointPageOut } from '../../src/webhooks/webhook-endpoint.dto.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { createEndpoint } from '../support/webhook-data.js';
import type { CreatedOrProblem } from '../support/webhook-data.js';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const mergePatch = 'application/merge-patch+json';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(async () => {
  await api.end();
});

async function created(overrides: Readonly<Record<string, unknown>> = {}): Promise<CreatedOrProblem> {
  const { status, text, body } = await createEndpoint(api, overrides);
  expect(`${status} ${status === 201 ? '' : text}`).toBe('201 ');
  return body;
}

const read = (id: string): Promise<Answer<WebhookEndpointOut>> => api.get(`/webhook-endpoints/${id}`);

const patch = (id: string, json: unknown, headers = {}): Promise<Answer<WebhookEndpointOut>> =>
  api.send('PATCH', `/webhook-endpoints/${id}`, { json, headers });

function publicPart(endpoint: CreatedOrProblem): unknown {
  return { ...endpoint, secret: undefined };
}

describe('POST /webhook-endpoints', () => {
  it('gives an endpoint with the defaults, its place and its secret', async () => {
    const before = Date.now();
    const { status, headers, body } = await createEndpoint(api, { url: 'https://example.com/hooks' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(uuidV7),
      url: 'https://example.com/hooks',
      ...{ eventTypes: [], ordered: false, enabled: true },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: body.createdAt,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]+=*$/),
    });
    expect(headers.location).toBe(`/webhook-endpoints/${body.id}`);
    expect(headers.etag).toBeUndefined();
    expect(Date.parse(body.createdAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(body.createdAt)).toBeLessThanOrEqual(Date.now());
  });

  it('makes secrets of 24 to 64 random bytes, each another', async () => {
    const secrets = [(await created()).secret, (await created()).secret];
    for (const secret of secrets) {
      const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
      expect(bytes.toString('base64')).toBe(secret.slice('whsec_'.length));
      expect(bytes.length).toBeGreaterThanOrEqual(24);
      expect(bytes.length).toBeLessThanOrEqual(64);
    }
    expect(secrets[0]).not.toBe(secrets[1]);
  });

  it('keeps what was sent as it was sent', async () => {
    const all = {
      url: 'HTTPS://Example.COM:8443/Hooks?a=%20b',
      eventTypes: ['order.paid', 'order.created'],
      description: ' for people ',
      ...{ ordered: true, enabled: false },
    };
    const endpoint = await created(all);
    expect(endpoint).toMatchObject(all);
    expect((await read(endpoint.id)).body).toEqual(publicPart(endpoint));
  });

  it('takes two endpoints of one URL', async () => {
    const ids = [(await created()).id, (await created()).id];
    expect(new Set(ids).size).toBe(2);
  });

  it('knows no Idempotency-Key and no If-Match, not even bad ones', async () => {
    for (const headers of [
      { 'idempotency-key': 'same' },
      { 'idempotency-key': 'same' },
      { 'idempotency-key': 'a b', 'if-match': '*' },
    ]) {
      const answer = await createEndpoint(api, {}, headers);
      expect(answer.status).toBe(201);
      expect(answer.headers['idempotent-replayed']).toBeUndefined();
    }
    expect(new Set((await list('?limit=3')).items.map(({ id }) => id)).size).toBe(3);
  });
});

describe('GET /webhook-endpoints/{id}', () => {
  it('gives what was created, without the secret and without an ETag', async () => {
    const endpoint = await created({ description: 'x' });
    const { status, headers, body } = await read(endpoint.id);
    expect(status).toBe(200);
    expect(body).toEqual(publicPart(endpoint));
    expect(headers.etag).toBeUndefined();
  });

  it('has HEAD', async () => {
    const { id } = await created();
    const [head, get] = [await api.send('HEAD', `/webhook-endpoints/${id}`), await read(id)];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });
});

async function list(query = ''): Promise<WebhookEndpointPageOut> {
  const { status, text, body } = await api.get<WebhookEndpointPageOut>(`/webhook-endpoints${query}`);
  expect(`${status} ${status === 200 ? '' : text}`).toBe('200 ');
  return body;
}

describe('GET /webhook-endpoints', () => {
  it('gives the newest first, as a read of each gives it, 20 by default', async () => {
    const made: CreatedOrProblem[] = [];
    for (let count = 0; count < 21; count++) made.unshift(await created({ description: `${count}` }));
    const { items, nextCursor } = await list();
    expect(items).toEqual(made.slice(0, 20).map(publicPart));
    expect((await list(`?limit=1&cursor=${nextCursor!}`)).items).toEqual([publicPart(made[20]!)]);
  });

  it('is walked by its cursor to the end, each endpoint once', async () => {
    const all = (await list('?limit=100')).items.map(({ id }) => id);
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && walked.length <= all.length;) {
      const page: WebhookEndpointPageOut = await list(`?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
      walked.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(walked).toEqual(all);
    expect((await list('?limit=100')).nextCursor).toBeNull();
  });

  it('refuses a cursor that is changed, made up or another list’s', async () => {
    const cursor = (await list('?limit=1')).nextCursor!;
    const { id } = await created();
    for (let count = 0; count < 2; count++) await api.send('POST', `/webhook-endpoints/${id}/test`);
    const ofLog = await api.get<{ nextCursor: string }>(`/webhook-endpoints/${id}/deliveries?limit=1`);
    await api.create();
    await api.create();
    const ofOrders = await api.get<{ nextCursor: string }>('/orders?limit=1');
    const changed = `${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`;
    for (const bad of ['', 'x', 'A'.repeat(44), id, changed, ofLog.body.nextCursor, ofOrders.body.nextCursor]) {
      const { status, body } = await api.get(`/webhook-endpoints?cursor=${bad}`);
      expect({ status, errors: body.errors?.map(({ parameter }) => parameter) }).toEqual({
        status: 422,
        errors: ['cursor'],
      });
    }
    expect((await api.get(`/orders?cursor=${cursor}`)).status).toBe(422);
    expect((await api.get(`/webhook-endpoints/${id}/deliveries?cursor=${cursor}`)).status).toBe(422);
  });
});

describe('PATCH /webhook-endpoints/{id}', () => {
  const all = { eventTypes: ['order.paid'], description: 'before', ordered: true, enabled: false };

  it.each(['application/json', mergePatch, `${mergePatch}; charset=utf-8`, 'APPLICATION/Merge-Patch+JSON'])(
    'changes only what is named, as %s',
    async (type) => {
      const endpoint = await created(all);
      const { status, headers, body } = await patch(endpoint.id, { description: 'after' }, { 'content-type': type });
      expect(status).toBe(200);
      expect(body).toEqual({
        ...(publicPart(endpoint) as object),
        description: 'after',
        updatedAt: expect.any(String),
      });
      expect(Date.parse(body.updatedAt)).toBeGreaterThanOrEqual(Date.parse(endpoint.updatedAt));
      expect(headers.etag).toBeUndefined();
      expect((await read(endpoint.id)).body).toEqual(body);
    },
  );

  it.each([
    ['url', 'https://example.org/other'],
    ['eventTypes', ['order.created', 'order.cancelled']],
    ['eventTypes', []],
    ['description', 'after'],
    ['ordered', false],
    ['enabled', true],
  ])('sets %s to %j', async (name, value) => {
    const { id } = await created(all);
    expect((await patch(id, { [name]: value })).body).toMatchObject({ ...all, [name]: value });
  });

  it('takes null for the default', async () => {
    const endpoint = await created(all);
    const { body } = await patch(endpoint.id, { eventTypes: null, description: null, ordered: null, enabled: null });
    const { id, url, createdAt, updatedAt } = body;
    expect(body).toEqual({ id, url, eventTypes: [], ordered: false, enabled: true, createdAt, updatedAt });
    expect((await read(endpoint.id)).body).toEqual(body);
  });

  it('may have nothing to change', async () => {
    const endpoint = await created(all);
    expect((await patch(endpoint.id, {})).body).toEqual(publicPart(endpoint));
  });

  it('knows no If-Match and no Idempotency-Key', async () => {
    const { id } = await created();
    const headers = { 'if-match': '"7"', 'idempotency-key': 'one' };
    for (const description of ['a', 'b']) {
      expect((await patch(id, { description }, headers)).body.description).toBe(description);
    }
  });
});
