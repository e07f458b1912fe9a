import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { WebhookSecretOut } from '../../src/webhooks/webhook-endpoint.dto.js';
import { Api } from '../support/api.js';
import type { Answer, Sending } from '../support/api.js';
import { createEndpoint, rememberWebhookSecret, WebhookData } from '../support/webhook-data.js';
import type { CreatedOrProblem } from '../support/webhook-data.js';

const hour = 3_600_000;

let api: Api;
let data: WebhookData;
beforeAll(async () => {
  api = await Api.start();
  data = await WebhookData.on(api.running.mongodbUri);
});
afterAll(async () => {
  await data.close();
  await api.end();
});

async function created(overrides: Readonly<Record<string, unknown>> = {}): Promise<CreatedOrProblem> {
  return (await createEndpoint(api, overrides)).body;
}

const patch = (id: string, json: unknown): Promise<Answer> => api.send('PATCH', `/webhook-endpoints/${id}`, { json });

async function roll(id: string, sending: Sending = {}): Promise<Answer<WebhookSecretOut>> {
  const answer = await api.send<WebhookSecretOut>('POST', `/webhook-endpoints/${id}/secret`, sending);
  rememberWebhookSecret(answer.body.secret);
  return answer;
}

describe('PATCH of enabled', () => {
  const later = new Date(Date.now() + 24 * hour);
  const soon = new Date(Date.now() - 1_000);

  it('true lets waiting deliveries go on by their schedule, but for what somebody is sending', async () => {
    const { id } = await created({ enabled: false });
    const waiting = await data.insert(id, 'pending', { nextAttemptAt: soon, dueAt: later });
    const taken = await data.insert(id, 'pending', { nextAttemptAt: soon, dueAt: later, owner: 'somebody' });
    const dead = await data.insert(id, 'dead');
    await patch(id, { description: 'still off' });
    expect((await data.delivery(waiting)).dueAt).toEqual(later);
    await patch(id, { enabled: true });
    expect(await data.delivery(waiting)).toMatchObject({ dueAt: soon, nextAttemptAt: soon });
    expect(await data.delivery(taken)).toMatchObject({ dueAt: later, owner: 'somebody' });
    expect(await data.delivery(dead)).toMatchObject({ status: 'dead', dueAt: null });
  });
});

describe('DELETE /webhook-endpoints/{id}', () => {
  it('takes the endpoint and its log away, and no other', async () => {
    const [{ id }, other] = [await created(), await created()];
    for (const each of [id, other.id]) await api.send('POST', `/webhook-endpoints/${each}/test`);
    const dead = await data.insert(id, 'dead');
    const { status, text, headers } = await api.send('DELETE', `/webhook-endpoints/${id}`);
    expect([status, text, headers['content-type']]).toEqual([204, '', undefined]);
    const gone = { status: 404, body: { code: 'webhook_endpoint_not_found', recovery: 'give_up' } };
    expect(await api.get(`/webhook-endpoints/${id}`)).toMatchObject(gone);
    expect(await api.send('DELETE', `/webhook-endpoints/${id}`)).toMatchObject(gone);
    expect(await api.get(`/webhook-endpoints/${id}/deliveries`)).toMatchObject(gone);
    expect(await api.send('POST', `/deliveries/${dead}/retry`)).toMatchObject({ body: { code: 'delivery_not_found' } });
    expect((await data.deliveries.find().toArray()).filter((each) => each.endpointId.toString() === id)).toEqual([]);
    expect((await api.get(`/webhook-endpoints/${other.id}/deliveries`)).body).toMatchObject({ items: { length: 1 } });
  });

  it('finishes a removal that was cut off after the endpoint', async () => {
    const id = uuidv7();
    await data.insert(id, 'pending');
    expect((await api.send('DELETE', `/webhook-endpoints/${id}`)).status).toBe(404);
    expect((await data.deliveries.find().toArray()).filter((each) => each.endpointId.toString() === id)).toEqual([]);
  });
});

describe('POST /webhook-endpoints/{id}/secret', () => {
  it('gives a new secret and tells until when the one before signs: for 24 hours', async () => {
    const { id, secret: first } = await created();
    const before = Date.now();
    const { status, headers, body } = await roll(id);
    expect([status, headers.etag]).toEqual([200, undefined]);
    expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(body.secret).not.toBe(first);
    expect(Date.parse(body.previousExpiresAt)).toBeGreaterThanOrEqual(before + 24 * hour);
    expect(Date.parse(body.previousExpiresAt)).toBeLessThanOrEqual(Date.now() + 24 * hour);
    expect((await data.endpoint(id)).secrets).toEqual([
      { secret: body.secret, expiresAt: null },
      { secret: first, expiresAt: new Date(body.previousExpiresAt) },
    ]);
  });

  it('twice leaves the last two', async () => {
    const { id } = await created();
    const [second, third] = [(await roll(id)).body, (await roll(id)).body];
    expect((await data.endpoint(id)).secrets.map(({ secret }) => secret)).toEqual([third.secret, second.secret]);
  });

  it('several times at once: each answer’s secret was real, and the last two sign', async () => {
    const { id } = await created();
    const answers = await Promise.all(Array.from({ length: 5 }, () => roll(id)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const made = answers.map(({ body }) => body.secret);
    expect(new Set(made).size).toBe(5);
    const { secrets } = await data.endpoint(id);
    expect(secrets).toHaveLength(2);
    for (const { secret } of secrets) expect(made).toContain(secret);
  });

  it('needs no body; one that is sent must be readable and is ignored', async () => {
    const { id } = await created();
    for (const sending of [{}, { raw: '' }, { json: {} }, { json: [1] }])
      expect((await roll(id, sending)).status).toBe(200);
    expect((await roll(id, { raw: '{' })).body).toMatchObject({ code: 'malformed_json' });
  });

  it('is the only way to another secret, and none is ever shown again or logged', async () => {
    const { id, secret } = await created();
    await patch(id, { url: 'https://example.org/' });
    expect((await data.endpoint(id)).secrets).toEqual([{ secret, expiresAt: null }]);
    await roll(id);
    for (const path of [
      `/webhook-endpoints/${id}`,
      '/webhook-endpoints?limit=100',
      `/webhook-endpoints/${id}/deliveries`,
    ])
      expect((await api.get(path)).text).not.toContain('whsec_');
    expect(JSON.stringify(api.running.logs)).not.toContain('whsec_');
  });
});
