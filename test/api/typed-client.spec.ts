import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type { components, paths } from '../../docs/openapi.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';

type Order = components['schemas']['OrderOut'];

/**
 * What a customer's program is like that has its types from the OpenAPI document. There is no cast in it, and tsc checks it:
 * where the document is vague, this file does not compile.
 */
let running: RunningApp;
let client: Client<paths>;
beforeAll(async () => {
  running = await startApp();
  client = createClient<paths>({ baseUrl: running.url });
});
afterAll(() => running.close());

const body: components['schemas']['OrderIn'] = {
  customerId: 'cus_typed',
  currency: 'USD',
  items: [{ sku: 'SIM-CFD-1', quantity: 2, unitPrice: '19.99' }],
};

async function create(key: string = randomUUID()): Promise<{ order: Order; response: Response }> {
  const { data, error, response } = await client.POST('/orders', {
    params: { header: { 'Idempotency-Key': key } },
    body,
  });
  if (error) throw new Error(error.detail);
  return { order: data, response };
}

describe('docs/openapi.d.ts', () => {
  it('is what is made of docs/openapi.json (`npm run client` writes it)', async () => {
    const script = join(import.meta.dirname, '..', '..', 'scripts', 'write-client-types.mjs');
    await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toBeDefined();
  });
});

describe('a typed client', () => {
  it('creates, and finds out by a replay', async () => {
    const key = randomUUID();
    const { order, response } = await create(key);
    const amount: string = order.amount;
    const status: 'CREATED' | 'PAID' | 'FULFILLED' | 'CANCELLED' = order.status;
    expect({ amount, status, etag: response.headers.get('etag') }).toEqual({
      amount: '39.98',
      status: 'CREATED',
      etag: '"1"',
    });
    const again = await create(key);
    expect(again.order).toEqual(order);
    expect(again.response.headers.get('idempotent-replayed')).toBe('true');
  });

  it('reads, moves and learns why not', async () => {
    const { order } = await create();
    const path = { id: order.id };
    const read = await client.GET('/orders/{id}', { params: { path } });
    expect(read.data).toEqual(order);
    const pay = (version: number) =>
      client.PATCH('/orders/{id}', {
        params: { path, header: { 'If-Match': `"${version}"` } },
        body: { status: 'PAID' },
      });
    const paid = await pay(order.version);
    expect(paid.data?.allowedTransitions).toEqual(['FULFILLED', 'CANCELLED']);

    const { error: stale } = await pay(order.version);
    if (stale?.code !== 'version_conflict') throw new Error('a version_conflict was expected');
    // Numbers and texts without a question mark, once the code was looked at.
    const current: number = stale.currentVersion;
    expect(current).toBe(2);
    const { error: forbidden } = await pay(current);
    if (forbidden?.code !== 'invalid_transition') throw new Error('an invalid_transition was expected');
    const allowed: string[] = forbidden.allowed;
    expect(allowed).toEqual(['FULFILLED', 'CANCELLED']);
  });

  it('is told every fault, and that there is no such order', async () => {
    const { error } = await client.POST('/orders', { body: { ...body, items: [] } });
    if (error?.code !== 'validation_failed') throw new Error('a validation_failed was expected');
    const faults: components['schemas']['FaultOut'][] = error.errors;
    expect(faults.map(({ pointer }) => pointer)).toEqual(['#/items']);
    const missing = await client.GET('/orders/{id}', { params: { path: { id: 'none' } } });
    expect(missing.error?.code).toBe('order_not_found');
    expect(missing.data).toBeUndefined();
  });

  it('cannot send what the service would refuse: this compiles because of the errors that are expected', async () => {
    // Each directive holds the generated types to what the service refuses: should they come to allow it, an expected error
    // that is not there fails the type check. Here a price as a number, since money is a decimal string and never a number.
    // @ts-expect-error -- a number where the document says string
    const priced: components['schemas']['OrderItemIn'] = { sku: 'SIM-CFD-1', quantity: 1, unitPrice: 19.99 };
    // And a change that names no version: If-Match is required, as the 428 below shows at run time.
    // @ts-expect-error -- `If-Match` is missing
    const params: paths['/orders/{id}']['patch']['parameters'] = { path: { id: 'none' }, header: {} };
    const { response } = await client.POST('/orders', { body: { ...body, items: [priced] } });
    const blind = await client.PATCH('/orders/{id}', { params, body: { status: 'PAID' } });
    expect([response.status, blind.response.status]).toEqual([422, 428]);
  });

  it('walks a list and a history', async () => {
    const { order } = await create();
    const filter: NonNullable<paths['/orders']['get']['parameters']['query']> = {
      status: ['CREATED', 'PAID'],
      customerId: body.customerId,
      limit: 2,
    };
    const from = async (cursor?: string): Promise<Order[]> => {
      const query = { ...filter, ...(cursor === undefined ? {} : { cursor }) };
      const { data, error } = await client.GET('/orders', { params: { query } });
      if (error) throw new Error(error.detail);
      return [...data.items, ...(data.nextCursor === null ? [] : await from(data.nextCursor))];
    };
    expect((await from()).map(({ id }) => id)).toContain(order.id);

    const history = await client.GET('/orders/{id}/events', { params: { path: { id: order.id } } });
    const types: ('order.created' | 'order.paid' | 'order.fulfilled' | 'order.cancelled')[] =
      history.data?.items.map(({ type }) => type) ?? [];
    expect(types).toEqual(['order.created']);
  });

  it('manages webhook endpoints, leaving out what has a default', async () => {
    const { data, error } = await client.POST('/webhook-endpoints', { body: { url: 'https://example.com/hooks' } });
    if (error) throw new Error(error.detail);
    const { id, secret }: { id: string; secret: string } = data;
    expect(secret).toMatch(/^whsec_/);
    const { response } = await client.DELETE('/webhook-endpoints/{id}', { params: { path: { id } } });
    expect(response.status).toBe(204);
  });
});
