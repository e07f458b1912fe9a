import { afterEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { freePort } from '../../src/database/embedded/readiness.js';
import { sendRaw } from '../support/raw-http.js';

let running: RunningApp;
afterEach(() => running.close());
const start = async (config: Partial<Config> = {}): Promise<void> => {
  running = await startApp({ config });
};

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${running.url}${path}`, { redirect: 'manual', ...init });

describe('every answer', () => {
  it.each(['/orders', '/orders/nobody', '/healthz', '/docs', '/docs-json', '/nowhere', '/orders/'])(
    'of %s tells browsers what they must not do, and nothing of the software',
    async (path) => {
      await start();
      const { headers } = await ask(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
      for (const name of ['server', 'x-powered-by', 'via']) expect(headers.has(name)).toBe(false);
    },
  );
});

describe('CORS', () => {
  const origin = 'https://app.example';
  const preflight = (path: string, from = origin): Promise<Response> =>
    ask(path, {
      method: 'OPTIONS',
      headers: {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,idempotency-key',
      },
    });

  const corsOf = ({ headers }: Response): Record<string, string> =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control')));

  it('is off by default: no header, and OPTIONS is a method like others', async () => {
    await start();
    const answers = [await ask('/orders', { headers: { origin } }), await preflight('/orders'), await preflight('/a')];
    expect(answers.map(({ status }) => status)).toEqual([200, 405, 404]);
    for (const answer of answers) expect([corsOf(answer), answer.headers.get('vary')]).toEqual([{}, null]);
  });

  it('is on for the listed origins only', async () => {
    await start({ corsOrigins: [origin, 'https://other.example'] });
    const allowed = await ask('/orders', { headers: { origin } });
    expect(corsOf(allowed)).toEqual({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': expect.stringMatching(/ETag.*RateLimit/),
    });
    expect(allowed.headers.get('vary')).toBe('Origin');
    for (const stranger of ['https://evil.example', 'https://app.example.evil.example', 'http://app.example', 'null']) {
      for (const answer of [await ask('/orders', { headers: { origin: stranger } }), await preflight('/a', stranger)]) {
        expect([stranger, corsOf(answer)]).toEqual([stranger, {}]);
        // Or a cache would give this answer to a page that is listed.
        expect(answer.headers.get('vary')).toBe('Origin');
      }
    }
    expect(corsOf(await ask('/orders'))).toEqual({});
  });

  it('answers the preflight of a browser, with what it may send', async () => {
    await start({ corsOrigins: [origin], authMode: 'api_key' });
    for (const path of [
      '/orders',
      '/orders/some',
      '/orders/some/events',
      '/healthz',
      '/docs',
      '/nowhere',
      '/orders/',
    ]) {
      const answer = await preflight(path);
      expect([path, answer.status, await answer.text()]).toEqual([path, 204, '']);
      expect(corsOf(answer)).toEqual({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': expect.any(String),
        'access-control-allow-methods': expect.stringMatching(/GET.*POST.*PATCH.*DELETE/),
        'access-control-allow-headers': expect.stringMatching(/Authorization.*Idempotency-Key.*If-Match/),
        'access-control-max-age': '600',
      });
      for (const name of ['x-request-id', 'x-content-type-options']) expect(answer.headers.has(name)).toBe(true);
    }
  });

  it('leaves OPTIONS what it is, unless it is the preflight of a listed origin', async () => {
    await start({ corsOrigins: [origin] });
    const asking = { 'access-control-request-method': 'POST' };
    for (const headers of [{}, { origin }, asking, { ...asking, origin: 'https://evil.example' }]) {
      const [known, unknown] = [
        await ask('/orders', { method: 'OPTIONS', headers: headers as Record<string, string> }),
        await ask('/nowhere', { method: 'OPTIONS', headers: headers as Record<string, string> }),
      ];
      expect([headers, known.status, unknown.status]).toEqual([headers, 405, 404]);
      expect(known.headers.get('allow')).toBe('GET, HEAD, POST');
      expect(await known.json()).toMatchObject({ code: 'method_not_allowed' });
    }
  });

  it.each<readonly [number, string, string, RequestInit, Partial<Config>?]>([
    [404, 'route_not_found', '/nowhere', {}],
    [404, 'route_not_found', '/orders/', {}],
    [404, 'route_not_found', '/docs', {}, { docsEnabled: false }],
    [405, 'method_not_allowed', '/orders', { method: 'DELETE' }],
    [400, 'malformed_json', '/orders', { method: 'POST', body: '{' }],
    [413, 'payload_too_large', '/orders', { method: 'POST', body: JSON.stringify('x'.repeat(300_000)) }],
    [
      415,
      'unsupported_media_type',
      '/orders',
      { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/css' } },
    ],
    // Refused by Fastify before any hook runs.
    [400, 'malformed_request', '/orders/%zz', {}],
    [400, 'malformed_request', '/orders?status=%zz', {}],
    [401, 'unauthenticated', '/orders', {}, { authMode: 'api_key' }],
    [429, 'rate_limited', '/orders', {}, { authMode: 'api_key', authFailuresPerMinute: 1 }],
    [422, 'validation_failed', '/orders?limit=0', {}],
  ])('lets a page read the refusal %s %s of %s', async (status, code, path, init, config = {}) => {
    await start({ corsOrigins: [origin], ...config });
    const headers = { 'content-type': 'application/json', ...(init.headers as Record<string, string>), origin };
    // The first one uses up what the limit leaves.
    await ask(path, { ...init, headers });
    const answer = await ask(path, { ...init, headers });
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
    expect(corsOf(answer)).toEqual({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': expect.stringMatching(/X-Request-Id.*Retry-After.*Allow.*WWW-Authenticate/),
    });
    expect(answer.headers.get('vary')).toBe('Origin');
    const unlisted = await ask(path, { ...init, headers: { ...headers, origin: 'https://evil.example' } });
    expect([unlisted.status, corsOf(unlisted)]).toEqual([status, {}]);
  });

  it('lets a page read 503 while the database is away', async () => {
    running = await startApp({
      config: { corsOrigins: [origin], mongodbUri: 'mongodb://127.0.0.1:1/nowhere?directConnection=true' },
      waitUntilReady: false,
    });
    const answer = await ask('/orders', { headers: { origin } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([503, origin]);
  });
});

describe('DOCS_ENABLED=false', () => {
  it.each([
    '/docs',
    '/docs/',
    '/docs-json',
    '/docs-yaml',
    '/docs/swagger-ui.css',
    '/%64ocs',
    '/docs%2djson',
    '/d%6Fcs-json',
  ])('%s is unknown', async (path) => {
    await start({ docsEnabled: false });
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'route_not_found' });
    expect((await ask('/orders')).status).toBe(200);
  });
});

describe('ADMIN_PORT', () => {
  const statuses = async (base: string): Promise<Record<string, number>> => {
    const paths = ['/orders', '/docs', '/docs-json', '/%64ocs-json', '/healthz', '/ready', '/health', '/nowhere'];
    const entries = paths.map(async (path) => [path, (await fetch(`${base}${path}`)).status] as const);
    return Object.fromEntries(await Promise.all(entries));
  };

  it('moves the documentation to a port of its own; each port has its routes only', async () => {
    const adminPort = await freePort();
    await start({ adminPort });
    const health = { '/healthz': 200, '/ready': 200, '/health': 200, '/nowhere': 404 };
    expect(await statuses(running.url)).toEqual({
      ...{ '/orders': 200, '/docs': 404, '/docs-json': 404, '/%64ocs-json': 404 },
      ...health,
    });
    expect(await statuses(`http://127.0.0.1:${adminPort}`)).toEqual({
      ...{ '/orders': 404, '/docs': 200, '/docs-json': 200, '/%64ocs-json': 200 },
      ...health,
    });
    const hidden = await sendRaw(
      running.url,
      'GET http://127.0.0.1/docs-json HTTP/1.1\r\nHost: admin\r\nConnection: close\r\n\r\n',
    );
    expect(hidden.status).toBe(404);
  });

  it('is closed with the service', async () => {
    const adminPort = await freePort();
    await start({ adminPort });
    expect((await fetch(`http://127.0.0.1:${adminPort}/healthz`)).status).toBe(200);
    await running.close();
    await expect(fetch(`http://127.0.0.1:${adminPort}/healthz`)).rejects.toThrow();
    await start();
  });

  it('answers what is no HTTP in the common shape', async () => {
    const adminPort = await freePort();
    await start({ adminPort });
    const answer = await sendRaw(`http://127.0.0.1:${adminPort}`, 'nonsense\r\n\r\n');
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  });
});
