import mongoose from 'mongoose';
import { orderSchema } from '../../src/orders/order.schema.js';
import { newId } from '../../src/database/uuid-v7.js';
import { pageQuery } from '../../src/orders/orders.repository.js';
import type { OrderFilter } from '../../src/orders/orders.repository.js';
import type { OrderStatus } from '../../src/orders/domain/order-status.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { send } from '../support/send.js';

const statuses: readonly (readonly OrderStatus[])[] = [[], ['CREATED'], ['CREATED', 'PAID']];
const hour = 3_600_000;

/** Every combination of what a list can be narrowed by. */
const combinations = statuses.flatMap((some) =>
  [undefined, 'cus_42'].flatMap((customerId) =>
    [undefined, Date.now() - hour].flatMap((createdFrom) =>
      [undefined, Date.now() + hour].flatMap((createdTo) =>
        [undefined, newId()].map((before) => {
          const filter: OrderFilter = { statuses: some, customerId, createdFrom, createdTo };
          const title = [
            `${some.length} statuses`,
            ...(customerId === undefined ? [] : ['customer']),
            ...(createdFrom === undefined ? [] : ['from']),
            ...(createdTo === undefined ? [] : ['to']),
            ...(before === undefined ? [] : ['cursor']),
          ].join(', ');
          return [title, filter, before] as const;
        }),
      ),
    ),
  ),
);

const indexKeys = orderSchema.indexes().map(([keys]) => Object.keys(keys));

type Condition = Readonly<Record<string, unknown>>;

/** Equality, with one value or with one of several. */
function isEquality(condition: unknown): boolean {
  if (typeof condition === 'string') return true;
  return Object.keys(condition ?? {}).join() === '$in';
}

/**
 * SecantusDB explains a query that has a condition beside those of one index, or several values and a range, as a
 * COLLSCAN, though it is as quick as the others; what it says of the rest can be relied on.
 */
function isExplained({ statuses: some, customerId, createdFrom, createdTo }: OrderFilter, before?: string): boolean {
  const hasRange = createdFrom !== undefined || createdTo !== undefined || before !== undefined;
  return !(some.length > 0 && customerId !== undefined) && !(some.length > 1 && hasRange);
}

interface Plan {
  readonly stage: string;
  readonly indexName?: string;
  readonly inputStage?: Plan;
  readonly inputStages?: readonly Plan[];
}

function stagesOf(plan: Plan): Plan[] {
  return [plan, ...[...(plan.inputStage ? [plan.inputStage] : []), ...(plan.inputStages ?? [])].flatMap(stagesOf)];
}

describe('A page of orders', () => {
  let running: RunningApp;
  let client: mongoose.mongo.MongoClient;

  beforeAll(async () => {
    running = await startApp();
    client = await new mongoose.mongo.MongoClient(running.mongodbUri).connect();
    for (let count = 0; count < 30; count++) {
      await send(running.url, 'POST', '/orders', { body: anOrder({ customerId: `cus_${40 + (count % 5)}` }) });
    }
  });

  afterAll(async () => {
    await client.close();
    await running.close();
  });

  it.each(combinations)(
    'with %s asks for equality on the leading keys of an index and for a range on its last',
    (_title, filter, before) => {
      const query = pageQuery('default', filter, before) as Condition;
      const { _id: range, ...equalities } = query;
      expect(equalities['tenantId']).toBe('default');
      for (const condition of Object.values(equalities)) expect(isEquality(condition)).toBe(true);
      // A range on a descending bound that is inclusive loses elements on one server; none is asked for.
      const bounds = Object.keys(range ?? {});
      expect(['$gte', '$lt']).toEqual(expect.arrayContaining(bounds));
      expect(bounds.includes('$gte')).toBe(filter.createdFrom !== undefined);
      expect(bounds.includes('$lt')).toBe(filter.createdTo !== undefined || before !== undefined);
      const fits = indexKeys.filter((keys) => keys.at(-1) === '_id' && keys.slice(0, -1).every((k) => k in equalities));
      expect(fits.length).toBeGreaterThan(0);
      // And the most selective one there is: none of the filters with an index of its own is left out of all.
      const covered = new Set(fits.flat());
      for (const name of Object.keys(equalities)) expect(covered).toContain(name);
    },
  );

  it.each(combinations.filter(([, filter, before]) => isExplained(filter, before)))(
    'with %s is found by an index',
    async (_title, filter, before) => {
      const explained = await client
        .db()
        .collection('orders')
        .find(pageQuery('default', filter, before))
        .sort({ _id: -1 })
        .limit(21)
        .explain('queryPlanner');
      const stages = stagesOf((explained['queryPlanner'] as { winningPlan: Plan }).winningPlan);
      expect(stages.map(({ stage }) => stage)).toContain('IXSCAN');
      expect(stages.map(({ stage }) => stage)).not.toContain('COLLSCAN');
    },
  );
});
