import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';

let running: RunningApp;
let api: Api;
beforeAll(async () => {
  running = await startApp();
  api = new Api(running);
});
afterAll(async () => {
  api.close();
  await running.close();
});

interface Report {
  readonly status: string;
  readonly info: Record<string, { status: string }>;
  readonly error: Record<string, { status: string }>;
  readonly details: Record<string, { status: string }>;
}

describe('with a database that answers', () => {
  it.each(['/healthz', '/ready', '/health'])('%s is 200 with Terminus’ report', async (path) => {
    const { status, body } = await api.get<Report>(path);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['status', 'info', 'error', 'details']);
    expect(body).toMatchObject({ status: 'ok', error: {} });
  });

  it('/ready tells of the database, /health of the process as well', async () => {
    expect((await api.get<Report>('/ready')).body.details).toEqual({ database: { status: 'up' } });
    const { details } = (await api.get<Report>('/health')).body;
    expect(details).toMatchObject({ database: { status: 'up' }, process: { status: 'up' } });
  });

  it('health routes need no credential, and ignore one', async () => {
    for (const path of ['/healthz', '/ready', '/health'])
      expect((await api.get(path, { authorization: 'nonsense' })).status).toBe(200);
  });
});

describe('without a database', () => {
  let lonely: RunningApp;
  let lonelyApi: Api;
  beforeAll(async () => {
    // Nothing listens on port 1.
    const mongodbUri = 'mongodb://127.0.0.1:1/nowhere?directConnection=true';
    lonely = await startApp({ config: { mongodbUri }, waitUntilReady: false });
    lonelyApi = new Api(lonely);
  });
  afterAll(async () => {
    lonelyApi.close();
    await lonely.close();
  });

  it('/healthz is 200: the process can answer', async () => {
    expect((await lonelyApi.get<Report>('/healthz')).status).toBe(200);
  });

  it.each(['/ready', '/health'])('%s is 503 with Terminus’ own report', async (path) => {
    const { status, headers, body, text } = await lonelyApi.get<Report>(path);
    expect({ status, report: body.status, database: body.error['database']?.status }).toEqual({
      status: 503,
      report: 'error',
      database: 'down',
    });
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|mongo/i);
  });

  it('orders are 503 with Retry-After, after the checks that need no database', async () => {
    for (const answer of [
      await lonelyApi.get('/orders'),
      await lonelyApi.get('/orders/019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0'),
      await lonelyApi.create(),
    ]) {
      expect(answer.body).toMatchObject({ status: 503, code: 'service_unavailable', recovery: 'wait_and_retry' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(answer.text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|mongo/i);
    }
    expect((await lonelyApi.create({ currency: 'XXX' })).status).toBe(422);
    expect((await lonelyApi.get('/orders?limit=0')).status).toBe(422);
    expect((await lonelyApi.get('/nowhere')).status).toBe(404);
  });

  it('the docs are served', async () => {
    expect((await lonelyApi.get('/docs')).status).toBe(200);
    expect((await lonelyApi.get('/docs-json')).status).toBe(200);
  });
});

describe('the docs', () => {
  it('/docs is Swagger UI, with every file that its page names', async () => {
    const { status, headers, text } = await api.get('/docs');
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 200,
      type: expect.stringMatching(/^text\/html/),
    });
    expect(text).toContain('swagger-ui');
    const files = [...text.matchAll(/(?:src|href)="\.?\/?(docs\/[^"]+)"/g)].map(([, file]) => `/${file!}`);
    expect(files.map((file) => file.slice('/docs/'.length)).sort()).toEqual([
      ...['favicon-16x16.png', 'favicon-32x32.png', 'swagger-ui-bundle.js', 'swagger-ui-init.js'],
      ...['swagger-ui-standalone-preset.js', 'swagger-ui.css'],
    ]);
    for (const file of files) expect(`${file} ${(await api.get(file)).status}`).toBe(`${file} 200`);
    expect((await api.get('/docs/index.html')).text).toBe(text);
    expect((await api.get('/docs/swagger-ui-init.js')).text).toContain('"/orders/{id}"');
  });

  it('/docs-json is the OpenAPI document, with every route', async () => {
    const { status, headers, body } = await api.get<{ openapi: string; paths: Record<string, object> }>('/docs-json');
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 200,
      type: expect.stringMatching(/^application\/json/),
    });
    expect(body.openapi).toMatch(/^3\.1\./);
    expect(Object.entries(body.paths).map(([path, item]) => `${path}: ${Object.keys(item).join(', ')}`)).toEqual(
      expect.arrayContaining([
        '/orders: post, get',
        '/orders/{id}: get, patch',
        '/orders/{id}/events: get',
        '/healthz: get',
        '/ready: get',
        '/health: get',
      ]),
    );
  });

  it('no other file of the package that they come from is served, whatever the method', async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    const served: string[] = [];
    for (const name of await readdir(folder)) {
      const answer = await api.get(`/docs/${name}`);
      if (answer.status === 200) served.push(name);
      else expect([name, answer.body.code]).toEqual([name, 'route_not_found']);
      const posted = await api.send('POST', `/docs/${name}`);
      expect([name, posted.status === 405]).toEqual([name, answer.status === 200 || name === 'LICENSE']);
    }
    expect(served.sort()).toEqual([
      ...['favicon-16x16.png', 'favicon-32x32.png', 'index.html', 'swagger-ui-bundle.js'],
      ...['swagger-ui-standalone-preset.js', 'swagger-ui.css'],
    ]);
    expect((await api.get('/docs/package%2ejson')).status).toBe(404);
  });

  it('a file that they do not have is route_not_found', async () => {
    const paths = [
      'nothing.js',
      '..%2fpackage.json',
      '%2e%2e/package.json',
      '..%5cpackage.json',
      '%00',
      '/',
      'x'.repeat(5_000),
    ];
    for (const path of paths.map((name) => `/docs/${name}`)) {
      expect(`${path} ${(await api.get(path)).body.code}`).toBe(`${path} route_not_found`);
    }
  });
});

describe('once shutdown has begun', () => {
  it('/ready is 503 while every other route is still served', async () => {
    const leaving = await startApp({ config: { shutdownDelayMs: 1_500 } });
    const leavingApi = new Api(leaving);
    const closed = (leaving.app as unknown as { close(signal: string): Promise<void> }).close('SIGTERM');
    try {
      const giveUpAt = Date.now() + 5_000;
      let ready = await leavingApi.get<Report>('/ready');
      while (ready.status === 200 && Date.now() < giveUpAt) ready = await leavingApi.get<Report>('/ready');
      expect({ status: ready.status, report: ready.body.status }).toEqual({ status: 503, report: 'shutting_down' });
      expect((await leavingApi.create()).status).toBe(201);
      expect((await leavingApi.get('/healthz')).status).toBe(200);
    } finally {
      leavingApi.close();
      await closed;
    }
  });
});
