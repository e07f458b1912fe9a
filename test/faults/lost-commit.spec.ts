import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { uniqueDatabaseUri } from '../support/database-server.js';
import { send } from '../support/send.js';
import type { Answer } from '../support/send.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

const rounds = 5;
/** The driver itself repeats a commit once; what is sent after that is sent by the service. */
const answersLost = 2;
/** Far more than the server needs for a commit, in milliseconds. */
const serverTakesMs = 150;

/** Without a key nothing but the transaction itself can keep the work from being done twice. */
describe('When the answers to a commit are lost, a request without a key', () => {
  let proxy: TcpProxy;
  let running: RunningApp;

  beforeAll(async () => {
    const uri = new URL(uniqueDatabaseUri());
    proxy = await startTcpProxy(Number(uri.port));
    uri.port = String(proxy.port);
    running = await startApp({ config: { mongodbUri: uri.href, worker: 'off' } });
  });

  afterAll(async () => {
    await running.close();
    await proxy.end();
  });

  const create = (customerId: string): Promise<Answer> =>
    send(running.url, 'POST', '/orders', { body: anOrder({ customerId }) });

  /** The server gets the commit and does it; before it can say so, nothing passes any more, and then all is cut. */
  async function losingTheAnswers(request: () => Promise<Answer>): Promise<Answer> {
    let lost = 0;
    proxy.onRequest = (chunk) => {
      if (lost === answersLost || !chunk.includes('commitTransaction\0')) return 'pass';
      lost += 1;
      proxy.stall();
      setTimeout(() => {
        proxy.cut();
        proxy.resume();
      }, serverTakesMs);
      return 'pass';
    };
    const answer = await request();
    proxy.onRequest = () => 'pass';
    expect(lost).toBe(answersLost);
    return answer;
  }

  it('creates one order', async () => {
    for (let round = 0; round < rounds; round++) {
      const customerId = `lost-${round}`;
      const { status } = await losingTheAnswers(() => create(customerId));
      expect([201, 503]).toContain(status);
      const { body } = await send(running.url, 'GET', `/orders?customerId=${customerId}`);
      expect(body).toMatchObject({ items: { length: 1 } });
    }
  });

  it('changes an order once, and does not conflict with itself', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = (await create('changed')).body as { id: string };
      const { status } = await losingTheAnswers(() =>
        send(running.url, 'PATCH', `/orders/${id}`, { body: { status: 'PAID' }, headers: { 'if-match': '1' } }),
      );
      expect([200, 503]).toContain(status);
      expect((await send(running.url, 'GET', `/orders/${id}/events`)).body).toMatchObject({ items: { length: 2 } });
    }
  });
});
