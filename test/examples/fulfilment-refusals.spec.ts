import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '../../src/events/cloud-event.js';
import { problemCatalogue } from '../../src/problem/problem-catalogue.js';
import type { ProblemCode } from '../../src/problem/problem.js';
import { WorkerBench } from '../support/fulfilment-worker.js';

interface Change {
  readonly ifMatch: string | undefined;
  readonly key: string | undefined;
}

/** What the service says to a PATCH: a problem, or the status the order then has. */
type Reply = Refusal | 'FULFILLED' | 'a page without meaning';

interface Refusal {
  readonly refused: ProblemCode;
  readonly retryAfter?: string;
  /** What somebody else has made of the order by then. */
  readonly meanwhile?: string;
}

/** A service of one order that refuses as the real one can, at the moment a test wants it. */
class RefusingService {
  /** What GET tells. */
  order = { id: 'o-1', status: 'PAID', version: 2 };
  readonly changes: Change[] = [];
  #replies: Reply[] = [];
  readonly #server = createServer((request, response) => {
    request.resume().once('end', () => {
      if (request.method === 'GET') return void response.end(JSON.stringify(this.order));
      const { 'if-match': ifMatch, 'idempotency-key': key } = request.headers;
      this.changes.push({ ifMatch, key: key as string | undefined });
      const reply = this.#replies.shift() ?? 'FULFILLED';
      if (reply === 'a page without meaning') return void response.writeHead(502).end('<h1>Bad gateway</h1>');
      if (reply === 'FULFILLED') {
        this.order = { ...this.order, status: 'FULFILLED', version: this.order.version + 1 };
        return void response.end(JSON.stringify(this.order));
      }
      const { refused, retryAfter, meanwhile } = reply;
      this.order.status = meanwhile ?? this.order.status;
      const { status, recovery } = problemCatalogue[refused];
      response.writeHead(status, {
        'content-type': 'application/problem+json',
        ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      });
      response.end(JSON.stringify({ status, code: refused, recovery, detail: 'As the test wants it.' }));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  willReply(...replies: readonly Reply[]): void {
    this.#replies = [...replies];
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const paid: CloudEvent = {
  specversion: '1.0',
  id: 'e-1',
  source: '/tenants/default',
  type: 'order.paid',
  subject: 'orders/o-1',
  time: '2026-11-24T10:00:00.000Z',
  datacontenttype: 'application/json',
  sequence: '2',
  sequencetype: 'Integer',
  actor: 'anonymous',
  data: {},
};

const first = { ifMatch: '"2"', key: 'fulfil-e-1' };

describe('The fulfilment worker, when its change is refused,', () => {
  let service: RefusingService;
  let bench: WorkerBench;

  beforeEach(async () => {
    service = new RefusingService();
    bench = await WorkerBench.make({ ORDERS_URL: await service.listen(), SIMULATION_SECONDS: '0' });
  });

  afterEach(async () => {
    await bench.clear();
    service.close();
  });

  it('makes the change anew, with a key of its own, for an order that is still paid at another version', async () => {
    const worker = await bench.start();
    service.order.version = 4;
    service.willReply({ refused: 'version_conflict' });
    await bench.deliver(paid);
    await worker.untilLogged('event finished', { outcome: 'fulfilled' });
    expect(service.changes).toEqual([first, { ifMatch: '"4"', key: 'fulfil-e-1-v4' }]);
  });

  it.each([
    ['FULFILLED', 'already fulfilled'],
    ['CANCELLED', 'cancelled'],
  ])('leaves an order alone that has become %s meanwhile', async (status, outcome) => {
    const worker = await bench.start();
    service.willReply({ refused: 'version_conflict', meanwhile: status });
    await bench.deliver(paid);
    await worker.untilLogged('event finished', { outcome });
    expect(worker.logged('simulation finished')).toHaveLength(1);
    expect(service.changes).toEqual([first]);
  });

  it.each<readonly [string, readonly Reply[]]>([
    ['the key is in use', [{ refused: 'idempotency_in_progress', retryAfter: '1' }]],
    [
      'it is to wait',
      [
        { refused: 'service_unavailable', retryAfter: '1' },
        { refused: 'rate_limited', retryAfter: '1' },
      ],
    ],
    ['the service failed', [{ refused: 'internal_error' }]],
    ['something in between answered', ['a page without meaning']],
  ])('sends the very same again when %s', async (_name, replies) => {
    const worker = await bench.start();
    service.willReply(...replies);
    await bench.deliver(paid);
    await worker.untilLogged('event finished', { outcome: 'fulfilled' });
    expect(service.changes).toEqual([...replies.map(() => first), first]);
    const waits = worker.logged('the service gave no answer yet').map(({ waitMs }) => Number(waitMs));
    const asked = replies.map((reply) => (typeof reply === 'object' && reply.retryAfter ? 1_000 : 0));
    expect(waits.map((wait, at) => wait >= asked[at]!)).toEqual(replies.map(() => true));
  });

  it('drops the event when it is to give up', async () => {
    const worker = await bench.start();
    service.willReply({ refused: 'order_not_found' });
    await bench.deliver(paid);
    await worker.untilLogged('event finished', { outcome: 'given up' });
    expect(service.changes).toEqual([first]);
  });

  it('tries what the worker itself was at fault for again by itself', async () => {
    const worker = await bench.start();
    service.willReply({ refused: 'unauthenticated' });
    await bench.deliver(paid);
    await worker.untilLogged('event finished', { outcome: 'fulfilled' });
    expect(service.changes).toEqual([first, first]);
  });

  it.each<ProblemCode>(['unauthenticated', 'forbidden', 'route_not_found'])(
    'keeps a paid order when the worker itself is at fault: %s',
    async (refused) => {
      const worker = await bench.start();
      service.willReply({ refused });
      await bench.deliver(paid);
      await worker.untilLogged('an event could not be handled and is tried again');
      await worker.kill9();
      const mended = await bench.start();
      await mended.untilLogged('event finished', { outcome: 'fulfilled' });
      expect(mended.logged('simulation started')).toEqual([]);
      expect(service.changes).toEqual([first, first]);
    },
  );
});
