import type { WebhookEndpointCreatedOut, WebhookSecretOut } from '../../src/webhooks/webhook-endpoint.dto.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { uniqueDatabaseUri } from '../support/database-server.js';
import { send } from '../support/send.js';
import type { Answer } from '../support/send.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { anEndpoint, rememberWebhookSecret, WebhookData } from '../support/webhook-data.js';

/** The driver repeats a write once by itself; what is sent after that is sent by the service. */
const answersLost = 2;

/** No transaction and no key keeps these writes from being done twice: being done twice must change nothing. */
describe('When the answers to a write are lost', () => {
  let proxy: TcpProxy;
  let running: RunningApp;
  let data: WebhookData;

  beforeAll(async () => {
    const uri = new URL(uniqueDatabaseUri());
    data = await WebhookData.on(uri.href);
    proxy = await startTcpProxy(Number(uri.port));
    uri.port = String(proxy.port);
    running = await startApp({ config: { mongodbUri: uri.href, worker: 'off' } });
  });

  afterAll(async () => {
    await running.close();
    await data.close();
    await proxy.end();
  });

  /** The server does what it is asked; nobody hears of it. */
  async function losingTheAnswers(
    command: string,
    collection: string,
    request: () => Promise<Answer>,
  ): Promise<Answer> {
    let lost = 0;
    proxy.onRequest = (chunk) => {
      if (lost === answersLost || !chunk.includes(`${command}\0`) || !chunk.includes(`${collection}\0`)) return 'pass';
      lost += 1;
      return 'pass-then-cut';
    };
    const answer = await request();
    proxy.onRequest = () => 'pass';
    expect(lost).toBe(answersLost);
    return answer;
  }

  const create = (): Promise<Answer> => send(running.url, 'POST', '/webhook-endpoints', { body: anEndpoint() });

  async function created(): Promise<WebhookEndpointCreatedOut> {
    const body = (await create()).body as WebhookEndpointCreatedOut;
    rememberWebhookSecret(body.secret);
    return body;
  }

  it('of a creation, there is one endpoint', async () => {
    const before = await data.endpoints.countDocuments();
    const { status } = await losingTheAnswers('update', 'webhook_endpoints', create);
    expect(status).toBe(201);
    expect(await data.endpoints.countDocuments()).toBe(before + 1);
  });

  it('of a roll, the secret before still signs', async () => {
    const { id, secret } = await created();
    const { status, body } = await losingTheAnswers('update', 'webhook_endpoints', () =>
      send(running.url, 'POST', `/webhook-endpoints/${id}/secret`),
    );
    expect(status).toBe(200);
    const next = body as WebhookSecretOut;
    rememberWebhookSecret(next.secret);
    expect((await data.endpoint(id)).secrets).toEqual([
      { secret: next.secret, expiresAt: null },
      { secret, expiresAt: new Date(next.previousExpiresAt) },
    ]);
  });

  it('of a removal, it is 204 nevertheless', async () => {
    const { id } = await created();
    const { status } = await losingTheAnswers('delete', 'webhook_endpoints', () =>
      send(running.url, 'DELETE', `/webhook-endpoints/${id}`),
    );
    expect(status).toBe(204);
    expect((await send(running.url, 'GET', `/webhook-endpoints/${id}`)).status).toBe(404);
  });

  it('of a ping, there is one delivery', async () => {
    const { id } = await created();
    const { status } = await losingTheAnswers('update', 'webhook_deliveries', () =>
      send(running.url, 'POST', `/webhook-endpoints/${id}/test`),
    );
    expect(status).toBe(202);
    const { body } = await send(running.url, 'GET', `/webhook-endpoints/${id}/deliveries`);
    expect(body).toMatchObject({ items: { length: 1 } });
  });

  it('of a retry, the delivery is pending once', async () => {
    const { id } = await created();
    const dead = await data.insert(id, 'dead');
    const { status } = await losingTheAnswers('update', 'webhook_deliveries', () =>
      send(running.url, 'POST', `/deliveries/${dead}/retry`),
    );
    expect(status).toBe(202);
    expect(await data.delivery(dead)).toMatchObject({ status: 'pending', failures: 0 });
  });
});
