import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { send } from '../support/send.js';
import type { Answer } from '../support/send.js';

/** So many that luck is out of the question: a lost race would show in one round of a few. */
const rounds = Number(process.env['ROUNDS'] ?? 100);

describe('Two instances side by side', () => {
  let instances: [RunningApp, RunningApp];

  beforeAll(async () => {
    const first = await startApp({ config: { worker: 'on' } });
    instances = [first, await startApp({ config: { worker: 'on', mongodbUri: first.mongodbUri } })];
  });

  afterAll(() => Promise.all(instances.map((instance) => instance.close())));

  const many = (count: number, request: (url: string, index: number) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => request(instances[index % 2]!.url, index)));

  it('let exactly one of 20 changes from one version win', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = (await send(instances[0].url, 'POST', '/orders', { body: anOrder() })).body as { id: string };
      const answers = await many(20, (url, index) =>
        send(url, 'PATCH', `/orders/${id}`, {
          body: { status: index % 3 === 0 ? 'CANCELLED' : 'PAID' },
          headers: { 'if-match': '1' },
        }),
      );
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      for (const loser of answers.filter((answer) => answer !== winners[0])) {
        expect(loser.body).toMatchObject({ code: 'version_conflict', currentVersion: 2 });
      }
      const history = (await send(instances[1].url, 'GET', `/orders/${id}/events`)).body as {
        items: { sequence: string }[];
      };
      expect(history.items.map(({ sequence }) => sequence)).toEqual(['1', '2']);
    }
  });

  it('make one order of 50 creations with one key, and give all of them the same bytes', async () => {
    for (let round = 0; round < rounds; round++) {
      const headers = { 'idempotency-key': `race-${round}` };
      const customerId = `race-${round}`;
      const answers = await many(50, (url) => send(url, 'POST', '/orders', { body: anOrder({ customerId }), headers }));
      // Whole, so that a refusal tells its reason.
      expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body)).toEqual([]);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === null)).toHaveLength(1);
      const list = (await send(instances[0].url, 'GET', `/orders?customerId=${customerId}`)).body as {
        items: unknown[];
      };
      expect(list.items).toHaveLength(1);
    }
  });

  it('do a change once for 10 requests with one key', async () => {
    for (let round = 0; round < rounds / 4; round++) {
      const { id } = (await send(instances[0].url, 'POST', '/orders', { body: anOrder() })).body as { id: string };
      const headers = { 'if-match': '"1"', 'idempotency-key': `pay-${id}` };
      const answers = await many(10, (url) =>
        send(url, 'PATCH', `/orders/${id}`, { body: { status: 'PAID' }, headers }),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    }
  });

  it('give one of two different requests with one key its order and refuse the other', async () => {
    for (let round = 0; round < rounds / 4; round++) {
      const headers = { 'idempotency-key': `two-${round}` };
      const answers = await many(2, (url, index) =>
        send(url, 'POST', '/orders', { body: anOrder({ customerId: `cus_${index}` }), headers }),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    }
  });
});
