// The floor of the benchmark: what the same answers cost at least. Plain Fastify and the mongodb driver, one file, no
// framework, no object mapper, and none of what makes the service fit for production: no deadlines, no access control, no
// error shape. `PORT=… MONGODB_URI=… node bench/floor/main.mjs`
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { Decimal } from 'decimal.js';
import Fastify from 'fastify';
import { v7 } from 'uuid';

// The very driver that Mongoose brings, so that both sides use one version; Mongoose itself is not loaded.
const require = createRequire(import.meta.url);
/** @type {typeof import('mongodb')} */
const { Decimal128, MongoClient, UUID } = createRequire(require.resolve('mongoose'))('mongodb');

const client = new MongoClient(process.env.MONGODB_URI, { maxPoolSize: 50 });
await client.connect();
const db = client.db();
const majority = { readConcern: { level: 'majority' } };
const orders = db.collection('orders', majority);
const events = db.collection('order_events');
const keys = db.collection('idempotency_keys', majority);
await orders.createIndexes([
  { key: { tenantId: 1, _id: 1 } },
  { key: { tenantId: 1, status: 1, _id: 1 } },
  { key: { tenantId: 1, customerId: 1, _id: 1 } },
]);
await events.createIndexes([
  { key: { tenantId: 1, orderId: 1, sequence: 1 }, unique: true },
  { key: { pending: 1, _id: 1 }, partialFilterExpression: { pending: { $exists: true } } },
]);
await keys.createIndexes([
  { key: { tenantId: 1, key: 1 }, unique: true },
  { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
]);

const tenantId = 'default';
const writeConcern = { w: 'majority', j: true };
const transitions = { CREATED: ['PAID', 'CANCELLED'], PAID: ['FULFILLED', 'CANCELLED'], FULFILLED: [], CANCELLED: [] };
const Money = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });
const cursorSecret = randomUUID();
const json = 'application/json; charset=utf-8';
/** What the service sends with every answer. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';" +
    "base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

const toOut = (order) => ({
  id: order._id.toString(),
  status: order.status,
  allowedTransitions: transitions[order.status],
  customerId: order.customerId,
  currency: order.currency,
  items: order.items.map((line) => ({
    ...line,
    unitPrice: line.unitPrice.toString(),
    amount: line.amount.toString(),
  })),
  amount: order.amount.toString(),
  metadata: order.metadata,
  version: order.version,
  createdAt: order.createdAt.toISOString(),
  updatedAt: order.updatedAt.toISOString(),
});

const eventOf = (order, data) => ({
  _id: new UUID(v7()),
  tenantId,
  orderId: order._id,
  sequence: order.version,
  type: `order.${order.status.toLowerCase()}`,
  subject: `orders/${data.id}`,
  time: order.updatedAt,
  actor: 'anonymous',
  data,
  pending: ['webhooks', 'sink'],
});

const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
};

const fingerprintOf = ({ method, url, headers, body }) =>
  createHash('sha256')
    .update(JSON.stringify([method, url, headers['if-match'] ?? null]))
    .update(canonical(body))
    .digest('base64url');

/** The stored answer for the key, if there is one; otherwise `work`, whose writes and answer are one transaction. */
async function once(request, reply, work, readConcern) {
  const key = request.headers['idempotency-key'];
  const fingerprint = fingerprintOf(request);
  const known = await keys.findOne({ tenantId, key });
  if (known) {
    if (known.fingerprint !== fingerprint) return reply.code(422).send();
    const { status, headers, body } = known.response;
    return reply.code(status).headers(headers).header('idempotent-replayed', 'true').type(json).send(body);
  }
  const answer = await repeated((session) =>
    session.withTransaction(
      async () => {
        const done = await work(session);
        const response = { status: done.status, headers: done.headers, body: JSON.stringify(done.out) };
        const expiresAt = new Date(Date.now() + 86_400_000);
        const writes = [
          ...done.writes,
          {
            name: 'replaceOne',
            namespace: keys.namespace,
            filter: { expiresAt: { $lte: new Date() }, tenantId, key },
            replacement: { tenantId, key, fingerprint, response, expiresAt },
            upsert: true,
          },
        ];
        await client.bulkWrite(writes, { session, ordered: true });
        return response;
      },
      { writeConcern, ...(readConcern && { readConcern }) },
    ),
  );
  return reply.code(answer.status).headers(answer.headers).type(json).send(answer.body);
}

/** The driver repeats a transaction after a conflict, but not when the conflict was in a bulk write. */
async function repeated(work) {
  for (;;) {
    try {
      return await client.withSession(work);
    } catch (error) {
      if (error.cause?.code !== 112) throw error;
    }
  }
}

function create({ customerId, currency, items, metadata = {} }) {
  const id = v7();
  const now = new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
  const lines = items.map((line) => ({
    ...line,
    amount: new Money(line.unitPrice).times(line.quantity).toDecimalPlaces(2),
  }));
  const order = {
    _id: new UUID(id),
    tenantId,
    status: 'CREATED',
    customerId,
    currency,
    items: lines.map((line) => ({
      ...line,
      unitPrice: Decimal128.fromString(line.unitPrice),
      amount: Decimal128.fromString(line.amount.toFixed(2)),
    })),
    amount: Decimal128.fromString(lines.reduce((sum, { amount }) => sum.plus(amount), new Money(0)).toFixed(2)),
    metadata,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const out = toOut(order);
  return {
    status: 201,
    headers: { location: `/orders/${id}`, etag: '"1"' },
    out,
    writes: [
      { name: 'insertOne', namespace: orders.namespace, document: order },
      { name: 'insertOne', namespace: events.namespace, document: eventOf(order, out) },
    ],
  };
}

async function change(id, to, version, session) {
  const order = await orders.findOne({ _id: new UUID(id), tenantId }, { session });
  if (order?.version !== version || !transitions[order.status].includes(to)) throw new Error('conflict');
  const changed = { ...order, status: to, version: version + 1, updatedAt: new Date() };
  const out = toOut(changed);
  return {
    status: 200,
    headers: { etag: `"${changed.version}"` },
    out,
    writes: [
      {
        name: 'updateOne',
        namespace: orders.namespace,
        filter: { _id: order._id, tenantId, version },
        update: { $set: { status: to, version: changed.version, updatedAt: changed.updatedAt } },
      },
      { name: 'insertOne', namespace: events.namespace, document: eventOf(changed, out) },
    ],
  };
}

const text = (maxLength) => ({ type: 'string', minLength: 1, maxLength });
const line = {
  type: 'object',
  required: ['sku', 'quantity', 'unitPrice'],
  additionalProperties: false,
  properties: {
    sku: text(64),
    description: text(500),
    quantity: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    unitPrice: { type: 'string', pattern: '^(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?$' },
  },
};
const orderIn = {
  type: 'object',
  required: ['customerId', 'currency', 'items'],
  additionalProperties: false,
  properties: {
    customerId: text(128),
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    items: { type: 'array', minItems: 1, maxItems: 100, items: line },
    metadata: { type: 'object', maxProperties: 20, additionalProperties: text(500) },
  },
};
const statusIn = {
  type: 'object',
  required: ['status'],
  additionalProperties: false,
  properties: { status: { enum: Object.keys(transitions) } },
};
const listIn = {
  type: 'object',
  additionalProperties: false,
  properties: { customerId: text(128), limit: { type: 'integer', default: 20 } },
};

const app = Fastify({ genReqId: ({ headers }) => headers['x-request-id'] ?? randomUUID() });
app.addHook('onRequest', (request, reply, done) => {
  reply.headers(securityHeaders).header('x-request-id', request.id);
  done();
});
app.get('/ready', async () => {
  await db.command({ ping: 1 });
  return { status: 'ok' };
});
app.post('/orders', { schema: { body: orderIn } }, (request, reply) =>
  once(request, reply, async () => create(request.body)),
);
app.patch('/orders/:id', { schema: { body: statusIn } }, (request, reply) => {
  const version = Number(request.headers['if-match'].replaceAll('"', ''));
  const { id } = request.params;
  return once(request, reply, (session) => change(id, request.body.status, version, session), { level: 'snapshot' });
});
app.get('/orders/:id', async (request, reply) => {
  const order = await orders.findOne({ _id: new UUID(request.params.id), tenantId });
  if (!order) return reply.code(404).send();
  return reply.header('etag', `"${order.version}"`).send(toOut(order));
});
app.get('/orders', { schema: { querystring: listIn } }, async (request) => {
  const { limit, ...filter } = request.query;
  const found = await orders
    .find({ tenantId, ...filter })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit).map(toOut);
  const last = items.at(-1)?.id;
  const tag = () =>
    createHmac('sha256', cursorSecret)
      .update(last)
      .update(tenantId)
      .update(filter.customerId ?? '')
      .digest('base64url');
  return { items, nextCursor: found.length > limit ? `${last}.${tag()}` : null };
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
