import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { Webhooks } from '../support/webhooks.js';

let webhooks: Webhooks;
let other: Webhooks;

beforeAll(async () => {
  webhooks = await Webhooks.start({ webhookRetrySeconds: [60, 60] });
  other = await webhooks.another({ webhookRetrySeconds: [60, 60] });
});

afterAll(async () => {
  await webhooks?.close();
  await other?.close();
  await webhooks?.receiver.close();
});

/** What arrived there, as `order/sequence`, in the order in which it did. */
function arrived(path: string): string[] {
  return webhooks.receiver.at(path).map(({ text }) => {
    const { subject, sequence } = JSON.parse(text) as CloudEvent;
    return `${subject.slice('orders/'.length)}/${sequence}`;
  });
}

describe('an ordered endpoint', () => {
  it('gets the events of one order one after the other, though all are due at once', async () => {
    let underWay = 0;
    let together = 0;
    webhooks.receiver.on('/in-turn', async () => {
      together = Math.max(together, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay--;
      return {};
    });
    await webhooks.endpoint('/in-turn', { ordered: true });
    const id = await webhooks.order('PAID', 'FULFILLED');
    await webhooks.deliver();
    expect(arrived('/in-turn')).toEqual([`${id}/1`, `${id}/2`, `${id}/3`]);
    expect(together).toBe(1);
  });

  it('gets no event before the one before it was delivered, and other orders hold it up in nothing', async () => {
    const held = await webhooks.order('PAID', 'FULFILLED');
    const path = '/held-up';
    const { id: endpointId } = await webhooks.endpoint(path, { ordered: true });
    const failing = await webhooks.order('PAID', 'CANCELLED');
    const fine = await webhooks.order('PAID');
    let refuse = true;
    webhooks.receiver.on(path, ({ text }) => ({ status: refuse && text.includes(failing) ? 500 : 204 }));
    await webhooks.deliver();
    expect(arrived(path)).toHaveLength(3);
    expect(arrived(path)).toEqual(expect.arrayContaining([`${failing}/1`, `${fine}/1`, `${fine}/2`]));
    expect(arrived(path).join()).not.toContain(held);
    webhooks.advance(10_000);
    await webhooks.dispatch();
    expect(arrived(path)).toHaveLength(3);
    refuse = false;
    webhooks.advance(70_000);
    await webhooks.dispatch();
    expect(arrived(path).slice(3)).toEqual([`${failing}/1`, `${failing}/2`, `${failing}/3`]);
    expect((await webhooks.deliveries(endpointId)).map(({ status }) => status)).toEqual(Array(5).fill('delivered'));
  });

  it('gets the next event once the one before has died', async () => {
    const path = '/dead-before';
    await webhooks.endpoint(path, { ordered: true });
    webhooks.receiver.on(path, ({ text }) => ({ status: text.includes('order.created') ? 500 : 204 }));
    const id = await webhooks.order('PAID');
    await webhooks.deliver();
    for (let round = 0; round < 2; round++) {
      expect(arrived(path)).toEqual(Array(round + 1).fill(`${id}/1`));
      webhooks.advance(80_000);
      await webhooks.dispatch();
    }
    expect(arrived(path)).toEqual([`${id}/1`, `${id}/1`, `${id}/1`, `${id}/2`]);
  });

  it('gets them in turn whichever of two instances sends, and whoever wakes them', async () => {
    const path = '/two-instances';
    await webhooks.endpoint(path, { ordered: true });
    webhooks.receiver.on(path, (_request, nth) => ({ status: nth % 3 === 0 ? 500 : 204 }));
    const ids = await Promise.all(Array.from({ length: 10 }, () => webhooks.order('PAID', 'FULFILLED')));
    for (let round = 0; round < 12; round++) {
      await Promise.all([webhooks.deliver(), other.deliver()]);
      for (const each of [webhooks, other]) each.advance(80_000);
    }
    const sequences = Map.groupBy(arrived(path), (each) => each.split('/')[0]!);
    expect([...sequences.keys()].sort()).toEqual([...ids].sort());
    for (const [id, tries] of sequences) {
      // Repetitions follow at once on what they repeat.
      expect(tries.filter((each, index) => each !== tries[index - 1])).toEqual([`${id}/1`, `${id}/2`, `${id}/3`]);
    }
  });
});
