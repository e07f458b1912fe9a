import mongoose from 'mongoose';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { uniqueDatabaseUri } from '../support/database-server.js';
import { send } from '../support/send.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

const { Decimal128, Double, Long, MongoClient, UUID } = mongoose.mongo;

interface Index {
  readonly name?: string;
  readonly key: object;
  readonly unique?: boolean;
  readonly expireAfterSeconds?: number;
  readonly partialFilterExpression?: object;
}

/** All that matters of an index, as text, since the order of its keys matters too. */
function described({ name, key, unique = false, expireAfterSeconds, partialFilterExpression, ...rest }: Index): string {
  // What a server may add without a meaning of its own.
  const others = Object.keys(rest).filter((option) => !['v', 'ns', 'background'].includes(option));
  return JSON.stringify({ name, key, unique, expireAfterSeconds, partialFilterExpression, others });
}

/** The data model's table (docs/ARCHITECTURE.md) and the keys', besides the index on `_id` that every collection has. */
const indexes: Readonly<Record<string, readonly Index[]>> = {
  orders: [
    { name: 'tenantId_1__id_1', key: { tenantId: 1, _id: 1 } },
    { name: 'tenantId_1_status_1__id_1', key: { tenantId: 1, status: 1, _id: 1 } },
    { name: 'tenantId_1_customerId_1__id_1', key: { tenantId: 1, customerId: 1, _id: 1 } },
  ],
  idempotency_keys: [
    { name: 'tenantId_1_key_1', key: { tenantId: 1, key: 1 }, unique: true },
    { name: 'expiresAt_1', key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
  order_events: [
    {
      name: 'tenantId_1_orderId_1_sequence_1',
      key: { tenantId: 1, orderId: 1, sequence: 1 },
      unique: true,
    },
    {
      name: 'forWebhooks_1__id_1',
      key: { forWebhooks: 1, _id: 1 },
      partialFilterExpression: { forWebhooks: true },
    },
    { name: 'forSink_1__id_1', key: { forSink: 1, _id: 1 }, partialFilterExpression: { forSink: true } },
  ],
  webhook_endpoints: [{ name: 'tenantId_1__id_1', key: { tenantId: 1, _id: 1 } }],
  webhook_deliveries: [
    {
      name: 'tenantId_1_endpointId_1_eventId_1',
      key: { tenantId: 1, endpointId: 1, eventId: 1 },
      unique: true,
    },
    { name: 'tenantId_1_endpointId_1__id_1', key: { tenantId: 1, endpointId: 1, _id: 1 } },
    {
      name: 'tenantId_1_endpointId_1_status_1__id_1',
      key: { tenantId: 1, endpointId: 1, status: 1, _id: 1 },
    },
    { name: 'dueAt_1_endpointId_1', key: { dueAt: 1, endpointId: 1 }, partialFilterExpression: { status: 'pending' } },
    {
      name: 'subject_1_endpointId_1_sequence_1',
      key: { subject: 1, endpointId: 1, sequence: 1 },
      partialFilterExpression: { status: 'pending' },
    },
  ],
  api_keys: [{ name: 'tenantId_1_createdAt_1', key: { tenantId: 1, createdAt: 1 } }],
  shared_secrets: [],
  service_instances: [],
};

const sku = { sku: 'S', quantity: 2, unitPrice: Decimal128.fromString('1.50'), amount: Decimal128.fromString('3.00') };

const valid: Readonly<Record<string, () => Record<string, unknown>>> = {
  orders: () => ({
    _id: new UUID(),
    tenantId: 'default',
    status: 'CREATED',
    customerId: 'cus_42',
    currency: 'USD',
    items: [sku],
    amount: Decimal128.fromString('3.00'),
    metadata: {},
    version: 1,
    createdAt: new Date(),
    updatedAt: new Date(),
  }),
  idempotency_keys: () => ({
    tenantId: 'default',
    key: `key-${new UUID().toString()}`,
    fingerprint: 'f',
    response: { status: 201, headers: {}, body: '{}' },
    expiresAt: new Date(Date.now() + 3_600_000),
  }),
  order_events: () => ({
    _id: new UUID(),
    tenantId: 'default',
    orderId: new UUID(),
    sequence: 1,
    type: 'order.created',
    subject: 'orders/1',
    time: new Date(),
    actor: 'tester',
    data: {},
  }),
  webhook_endpoints: () => ({
    ...{ _id: new UUID(), tenantId: 'default', url: 'https://example.com/', eventTypes: [], ordered: false },
    ...{
      enabled: true,
      secrets: [{ secret: 'whsec_x', expiresAt: null }],
      createdAt: new Date(),
      updatedAt: new Date(),
    },
  }),
  webhook_deliveries: () => ({
    ...{ _id: new UUID(), tenantId: 'default', endpointId: new UUID(), eventId: new UUID(), eventType: 'order.paid' },
    ...{ eventTime: new Date(), subject: 'orders/1', sequence: 1, payload: '{}', status: 'pending', attempts: [] },
    ...{ failures: 0, nextAttemptAt: new Date(), dueAt: new Date(), owner: null },
  }),
};

/** `undefined`: the member is missing. */
const faults: readonly (readonly [string, string, unknown])[] = [
  ...Object.entries(valid).flatMap(([name, document]) =>
    Object.keys(document())
      .filter((member) => member !== '_id')
      .map((member) => [name, member, undefined] as const),
  ),
  ['orders', '_id', 'an-id'],
  ['orders', 'tenantId', ''],
  ['orders', 'tenantId', 1],
  ['orders', 'status', 'LOST'],
  ['orders', 'customerId', ''],
  ['orders', 'currency', 'US'],
  ['orders', 'currency', 'USDX'],
  ['orders', 'items', []],
  ['orders', 'items', Array.from({ length: 101 }, () => sku)],
  ['orders', 'items', [{ ...sku, quantity: '2' }]],
  ['orders', 'items', [{ ...sku, quantity: 0 }]],
  ['orders', 'items', [{ ...sku, quantity: 1.5 }]],
  ['orders', 'items', [{ ...sku, unitPrice: 1.5 }]],
  ['orders', 'items', [{ ...sku, unitPrice: '1.50' }]],
  ['orders', 'items', [{ ...sku, amount: new Double(3) }]],
  ['orders', 'items', [sku, { ...sku, sku: '' }]],
  ['orders', 'items', [{ sku: 'S' }]],
  ['orders', 'items', ['S']],
  ['orders', 'amount', new Double(3)],
  ['orders', 'amount', '3.00'],
  ['orders', 'metadata', 'none'],
  ['orders', 'version', 0],
  ['orders', 'version', '1'],
  ['orders', 'createdAt', '2026-11-24T10:00:00Z'],
  ['orders', 'updatedAt', Date.now()],
  ['idempotency_keys', 'tenantId', ''],
  ['idempotency_keys', 'key', ''],
  ['idempotency_keys', 'key', 'x'.repeat(256)],
  ['idempotency_keys', 'fingerprint', ''],
  ['idempotency_keys', 'response', { status: 201, headers: {} }],
  ['idempotency_keys', 'response', { status: '201', headers: {}, body: '' }],
  ['idempotency_keys', 'response', { status: 201, headers: {}, body: {} }],
  ['idempotency_keys', 'expiresAt', 'tomorrow'],
  ['order_events', '_id', 'an-id'],
  ['order_events', 'orderId', 'an-id'],
  ['order_events', 'sequence', 0],
  ['order_events', 'sequence', '1'],
  ['order_events', 'type', ''],
  ['order_events', 'time', '2026-11-24T10:00:00Z'],
  ['order_events', 'data', '{}'],
  ['webhook_endpoints', '_id', 'an-id'],
  ['webhook_endpoints', 'tenantId', ''],
  ['webhook_endpoints', 'url', ''],
  ['webhook_endpoints', 'eventTypes', 'order.paid'],
  ['webhook_endpoints', 'enabled', 'true'],
  ['webhook_endpoints', 'secrets', []],
  ['webhook_endpoints', 'createdAt', '2026-11-24T10:00:00Z'],
  ['webhook_deliveries', 'endpointId', 'an-id'],
  ['webhook_deliveries', 'eventTime', '2026-11-24T10:00:00Z'],
  ['webhook_deliveries', 'sequence', 0],
  ['webhook_deliveries', 'payload', {}],
  ['webhook_deliveries', 'status', 'lost'],
  ['webhook_deliveries', 'attempts', null],
  ['webhook_deliveries', 'failures', -1],
  ['webhook_deliveries', 'nextAttemptAt', 'soon'],
  ['webhook_deliveries', 'dueAt', 0],
  ['webhook_deliveries', 'owner', 1],
];

describe('A database that the service has made ready', () => {
  let running: RunningApp;
  let client: mongoose.mongo.MongoClient;

  beforeAll(async () => {
    running = await startApp();
    client = await new MongoClient(running.mongodbUri).connect();
  });

  afterAll(async () => {
    await client.close();
    await running.close();
  });

  it.each(Object.keys(indexes))('%s has exactly its indexes when /ready is 200', async (name) => {
    expect((await send(running.url, 'GET', '/ready')).status).toBe(200);
    const found = await client.db().collection(name).indexes();
    expect(
      found
        .filter((index) => index.name !== '_id_')
        .map(described)
        .sort(),
    ).toEqual(indexes[name]!.map(described).sort());
  });

  it.each(Object.keys(valid))('%s takes a document as it must be', async (name) => {
    await expect(client.db().collection(name).insertOne(valid[name]!())).resolves.toMatchObject({ acknowledged: true });
  });

  it('orders takes a version beyond 32 bits', async () => {
    const document = { ...valid['orders']!(), version: Long.fromString('9007199254740991') };
    await expect(client.db().collection('orders').insertOne(document)).resolves.toMatchObject({ acknowledged: true });
  });

  it.each(faults)('%s refuses a document with %s: %j', async (name, member, value) => {
    const document = valid[name]!();
    if (value === undefined) delete document[member];
    else document[member] = value;
    await expect(client.db().collection(name).insertOne(document)).rejects.toMatchObject({ code: 121 });
  });

  it('a second event of one version of an order is refused', async () => {
    const events = client.db().collection<mongoose.mongo.Document & { _id: mongoose.mongo.UUID }>('order_events');
    const event = { ...valid['order_events']!(), _id: new UUID() };
    await events.insertOne({ ...event });
    await expect(events.insertOne({ ...event, _id: new UUID() })).rejects.toMatchObject({ code: 11000 });
    await events.insertOne({ ...event, _id: new UUID(), sequence: 2 });
    await events.insertOne({ ...event, _id: new UUID(), tenantId: 'other' });
  });

  it('a second delivery of one event to one endpoint is refused', async () => {
    const deliveries = client.db().collection('webhook_deliveries');
    const delivery = valid['webhook_deliveries']!();
    const another = (changes: object): object => ({ ...delivery, _id: new UUID(), ...changes });
    await deliveries.insertOne({ ...delivery });
    await expect(deliveries.insertOne(another({}))).rejects.toMatchObject({ code: 11000 });
    await deliveries.insertOne(another({ eventId: new UUID() }));
    await deliveries.insertOne(another({ endpointId: new UUID() }));
  });

  it('a second record of one key of a tenant is refused', async () => {
    const keys = client.db().collection('idempotency_keys');
    const record = valid['idempotency_keys']!();
    await keys.insertOne({ ...record });
    await expect(keys.insertOne({ ...record })).rejects.toMatchObject({ code: 11000 });
    await keys.insertOne({ ...record, tenantId: 'other' });
  });
});

describe('The next start', () => {
  let proxy: TcpProxy;
  let uri: string;
  let client: mongoose.mongo.MongoClient;
  let modifications = 0;

  beforeEach(async () => {
    const direct = new URL(uniqueDatabaseUri('collections'));
    client = await new MongoClient(direct.href).connect();
    proxy = await startTcpProxy(Number(direct.port));
    modifications = 0;
    proxy.onRequest = (chunk) => {
      modifications += chunk.toString('latin1').split('collMod\0').length - 1;
      return 'pass';
    };
    direct.port = String(proxy.port);
    uri = direct.href;
  });

  afterEach(async () => {
    await client.close();
    await proxy.end();
  });

  const start = async (): Promise<void> => (await startApp({ config: { mongodbUri: uri } })).close();

  const validators = async (): Promise<unknown> =>
    Object.fromEntries(
      (await client.db().listCollections().toArray())
        .map((info) => [info.name, 'options' in info ? info.options?.['validator'] : undefined] as const)
        .sort(([one], [other]) => one.localeCompare(other)),
    );

  it('touches no validator that is as it should be', async () => {
    await start();
    const before = await validators();
    await start();
    expect(await validators()).toEqual(before);
    expect(modifications).toBe(0);
  });

  it.each([
    ['another', { $jsonSchema: { bsonType: 'object', required: ['nothing-that-exists'] } }],
    ['no', {}],
  ])('puts a collection right that has %s validator, and touches no other', async (_name, validator) => {
    await start();
    const before = await validators();
    await client.db().command({ collMod: 'orders', validator });
    expect(await validators()).not.toEqual(before);
    await start();
    expect(await validators()).toEqual(before);
    expect(modifications).toBe(1);
  });

  it('gives a collection that somebody made by hand its validator and its indexes', async () => {
    await client.db().collection('orders').insertOne({ customerId: 'by hand' });
    await start();
    await expect(client.db().collection('orders').insertOne({})).rejects.toMatchObject({ code: 121 });
    expect(await client.db().collection('orders').indexes()).toHaveLength(4);
  });

  it('makes again what was dropped', async () => {
    await start();
    await client.db().collection('orders').dropIndexes();
    await client.db().dropCollection('order_events');
    await start();
    expect(await client.db().collection('orders').indexes()).toHaveLength(4);
    expect(await client.db().collection('order_events').indexes()).toHaveLength(4);
  });

  it('may be that of several instances at once: all become ready', async () => {
    for (let round = 0; round < 3; round++) {
      await client.db().dropDatabase();
      const instances = await Promise.all([1, 2, 3].map(() => startApp({ config: { mongodbUri: uri } })));
      try {
        for (const { url } of instances) expect((await send(url, 'GET', '/ready')).status).toBe(200);
        for (const [name, wanted] of Object.entries(indexes))
          expect(await client.db().collection(name).indexes()).toHaveLength(wanted.length + 1);
        await expect(client.db().collection('orders').insertOne({})).rejects.toMatchObject({ code: 121 });
      } finally {
        await Promise.all(instances.map((instance) => instance.close()));
      }
    }
  });
});
