import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { readConfig } from '../config/config.js';
import { answerInTime } from './answer-in-time.js';

describe('A handler', () => {
  let fastify: FastifyInstance;
  let url: string;
  let answerLate: (body: string) => void;
  const late = new Promise<string>((resolve) => (answerLate = resolve));

  beforeAll(async () => {
    fastify = Fastify();
    answerInTime(fastify, { ...readConfig({ NODE_ENV: 'test' }), requestTimeoutMs: 200 });
    fastify.get('/late', () => late);
    fastify.get('/at-once', async () => 'done');
    url = await fastify.listen({ port: 0, host: '127.0.0.1' });
  });

  afterAll(() => fastify.close());

  it('that does not answer is given up with 503, and what it answers later changes nothing', async () => {
    const answer = await fetch(`${url}/late`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ code: 'service_unavailable', instance: '/late' });
    answerLate('too late');
    await late;
    expect(await (await fetch(`${url}/at-once`)).text()).toBe('done');
  });

  it('that answers is left alone, on a connection that is used again', async () => {
    for (let count = 0; count < 3; count++) expect((await fetch(`${url}/at-once`)).status).toBe(200);
  });
});
