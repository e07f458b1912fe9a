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

  it('is off by default', async () => {
    await start();
    const answer = await ask('/orders', { headers: { origin } });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect((await preflight('/orders')).status).toBe(405);
  });

  it('is on for the listed origins only', async () => {
    await start({ corsOrigins: [origin, 'https://other.example'] });
    const allowed = await ask('/orders', { headers: { origin } });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-expose-headers')).toMatch(/ETag.*RateLimit/);
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    expect(allowed.headers.get('vary')).toMatch(/origin/i);
    for (const stranger of ['https://evil.example', 'https://app.example.evil.example', 'http://app.example', 'null']) {
      const refused = await ask('/orders', { headers: { origin: stranger } });
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    }
    const errors = await ask('/orders/nobody', { headers: { origin } });
    expect([errors.status, errors.headers.get('access-control-allow-origin')]).toEqual([404, origin]);
  });

  it('answers the preflight of a browser, with what it may send', async () => {
    await start({ corsOrigins: [origin], authMode: 'api_key' });
    for (const path of ['/orders', '/orders/some']) {
      const answer = await preflight(path);
      expect([path, answer.status]).toEqual([path, 204]);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-allow-methods')).toMatch(/PATCH/);
      expect(answer.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Idempotency-Key.*If-Match/);
      expect((await preflight(path, 'https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    }
    const unauthenticated = await ask('/orders', { headers: { origin } });
    expect([unauthenticated.status, unauthenticated.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
  });

  it('leaves 404 and 405 what they are', async () => {
    await start({ corsOrigins: [origin] });
    expect((await ask('/nowhere')).status).toBe(404);
    expect((await ask('/nowhere', { method: 'POST' })).status).toBe(404);
    const wrong = await ask('/orders', { method: 'DELETE' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, POST');
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
