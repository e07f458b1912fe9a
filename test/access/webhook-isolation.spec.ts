import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { openApiDocument } from '../../src/openapi.js';
import type { DeliveryAcceptedOut } from '../../src/webhooks/delivery.dto.js';
import type { WebhookEndpointOut } from '../../src/webhooks/webhook-endpoint.dto.js';
import { Api } from '../support/api.js';
import type { Sending } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { bearer, KeyMint } from '../support/keys.js';
import type { MadeKey } from '../support/keys.js';
import { createEndpoint, WebhookData } from '../support/webhook-data.js';
import { sentBy, shapeOf } from './same-answers.js';

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

let running: RunningApp;
let api: Api;
let mint: KeyMint;
let data: WebhookData;
let acme: MadeKey;
let umbrella: MadeKey;
/** Of umbrella: an endpoint, and a dead and a pending delivery to it. */
let endpoint: WebhookEndpointOut;
let dead: string;
let pending: string;
beforeAll(async () => {
  running = await startApp({ config: { authMode: 'api_key', worker: 'off' } });
  api = new Api(running);
  mint = await KeyMint.on(running.mongodbUri);
  data = await WebhookData.on(running.mongodbUri);
  [acme, umbrella] = [await mint.create('acme'), await mint.create('Acme')];
  const { id } = (await createEndpoint(api, { description: 'theirs' }, bearer(umbrella))).body;
  endpoint = (await api.get<WebhookEndpointOut>(`/webhook-endpoints/${id}`, bearer(umbrella))).body;
  dead = await data.insert(id, 'dead', { tenantId: 'Acme' });
  pending = (
    await api.send<DeliveryAcceptedOut>('POST', `/webhook-endpoints/${id}/test`, { headers: bearer(umbrella) })
  ).body.deliveryId;
});
afterAll(async () => {
  api.close();
  await data.close();
  await mint.close();
  await running.close();
});

const since = '2000-01-01T00:00:00Z';
const ofEndpoints: readonly (readonly [string, string, Sending?])[] = [
  ['GET', '/webhook-endpoints/:id'],
  ['HEAD', '/webhook-endpoints/:id'],
  ['PATCH', '/webhook-endpoints/:id', { json: {} }],
  ['PATCH', '/webhook-endpoints/:id', { json: { enabled: false } }],
  ['PATCH', '/webhook-endpoints/:id', { json: { url: null } }],
  ['DELETE', '/webhook-endpoints/:id'],
  ['POST', '/webhook-endpoints/:id/secret'],
  ['POST', '/webhook-endpoints/:id/test'],
  ['GET', '/webhook-endpoints/:id/deliveries'],
  ['GET', '/webhook-endpoints/:id/deliveries?status=dead'],
  ['GET', `/webhook-endpoints/:id/deliveries?cursor=${'A'.repeat(44)}`],
  ['POST', '/webhook-endpoints/:id/retry', { json: { since } }],
  ['POST', '/webhook-endpoints/:id/retry', { json: {} }],
];

describe('the routes', () => {
  it('are those that this file and its tables know', () => {
    const known = [...ofEndpoints, ['POST', '/deliveries/:id/retry'] as const].map(
      ([method, path]) => `${method.toLowerCase()} ${path.split('?', 1)[0]!.replace(':id', '{id}')}`,
    );
    const all = Object.entries(openApiDocument(running.app).paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const withId = all.filter((each) => /webhook|deliveries/.test(each) && each.includes('{id}'));
    expect(withId.sort()).toEqual([...new Set(known.filter((each) => !each.startsWith('head ')))].sort());
  });
});

describe('another tenant’s is answered like an unknown one, byte for byte, and stays as it is:', () => {
  it.each(ofEndpoints)('the endpoint of %s %s %j', async (method, path, sending = {}) => {
    const unknown = uuidv7();
    const before = await data.endpoint(endpoint.id);
    const ofForeign = await api.send(method, path.replace(':id', endpoint.id), sentBy(acme, sending));
    const ofUnknown = await api.send(method, path.replace(':id', unknown), sentBy(acme, sending));
    expect(ofForeign.status).toBeGreaterThanOrEqual(400);
    expect(shapeOf(ofForeign, endpoint.id)).toEqual(shapeOf(ofUnknown, unknown));
    expect(await data.endpoint(endpoint.id)).toEqual(before);
    expect(await data.delivery(dead)).toMatchObject({ status: 'dead' });
    expect((await data.deliveries.find().toArray()).map(({ _id }) => _id.toString()).sort()).toEqual(
      [dead, pending].sort(),
    );
  });

  it('the delivery, dead or pending', async () => {
    for (const foreign of [dead, pending]) {
      const unknown = uuidv7();
      const before = await data.delivery(foreign);
      const ofForeign = await api.send('POST', `/deliveries/${foreign}/retry`, sentBy(acme));
      const ofUnknown = await api.send('POST', `/deliveries/${unknown}/retry`, sentBy(acme));
      expect(ofForeign.body).toMatchObject({ code: 'delivery_not_found' });
      expect(shapeOf(ofForeign, foreign)).toEqual(shapeOf(ofUnknown, unknown));
      expect(await data.delivery(foreign)).toEqual(before);
    }
  });

  it('though its owner finds all of it', async () => {
    expect((await api.send('GET', `/webhook-endpoints/${endpoint.id}`, sentBy(umbrella))).body).toEqual(endpoint);
    const { body } = await api.send<Page>('GET', `/webhook-endpoints/${endpoint.id}/deliveries`, sentBy(umbrella));
    expect(body.items.map(({ id }) => id)).toEqual([pending, dead]);
  });
});

describe('tenants', () => {
  it('never see each other’s endpoints in a list', async () => {
    const mine = (await createEndpoint(api, {}, bearer(acme))).body.id;
    const listed = async (key: MadeKey): Promise<string[]> =>
      (await api.send<Page>('GET', '/webhook-endpoints?limit=100', sentBy(key))).body.items.map(({ id }) => id);
    expect(await listed(acme)).toEqual([mine]);
    expect(await listed(umbrella)).toEqual([endpoint.id]);
  });

  it('cannot use each other’s cursors: the answer is that of a made-up one', async () => {
    await createEndpoint(api, {}, bearer(umbrella));
    const mine = (await createEndpoint(api, {}, bearer(acme))).body.id;
    for (const [theirs, ours] of [
      ['/webhook-endpoints', '/webhook-endpoints'],
      [`/webhook-endpoints/${endpoint.id}/deliveries`, `/webhook-endpoints/${endpoint.id}/deliveries`],
      [`/webhook-endpoints/${endpoint.id}/deliveries`, `/webhook-endpoints/${mine}/deliveries`],
    ] as const) {
      const cursor = (await api.send<Page>('GET', `${theirs}?limit=1`, sentBy(umbrella))).body.nextCursor!;
      const madeUp = 'A'.repeat(cursor.length);
      const ofForeign = await api.send('GET', `${ours}?cursor=${cursor}`, sentBy(acme));
      const ofMadeUp = await api.send('GET', `${ours}?cursor=${madeUp}`, sentBy(acme));
      expect(ofForeign.status).toBe(422);
      expect(shapeOf(ofForeign, cursor)).toEqual(shapeOf(ofMadeUp, madeUp));
      expect((await api.send('GET', `${theirs}?cursor=${cursor}`, sentBy(umbrella))).status).toBe(200);
    }
  });

  it('stand in the ping, with the key that asked for it', async () => {
    const { payload } = await data.delivery(pending);
    expect(JSON.parse(payload)).toMatchObject({ source: '/tenants/Acme', actor: umbrella.id });
  });
});
