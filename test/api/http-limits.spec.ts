import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderOut } from '../../src/orders/order.dto.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { startApp } from '../support/app.js';
import type { RunningApp } from '../support/app.js';
import { anOrder } from '../support/builders.js';
import { openConnection, sendRaw } from '../support/raw-http.js';

const bodyLimit = 262_144;
const order = JSON.stringify(anOrder());

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

/** One raw request, its answer held against the OpenAPI document. */
async function raw<T = Answer['body']>(head: string, body: string | Uint8Array = ''): Promise<Answer<T>> {
  const answer = await sendRaw<T>(
    running.url,
    Buffer.concat([Buffer.from(`${head.trim().replaceAll(/\r?\n\s*/g, '\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]),
  );
  const [method = '', target = ''] = head.trim().split(' ');
  api.check(method, target, answer);
  return answer;
}

const code = ({ status, body }: Answer): string => `${status} ${body?.code}`;

describe('the request target', () => {
  it.each(['/orders/%zz', '/orders/%', '/orders/%c3%28', '/orders/a%2', '/%zz', '/orders/%80/events'])(
    '%s has malformed percent-encoding: 400',
    async (path) => {
      for (const method of ['GET', 'PATCH', 'DELETE'])
        expect(code(await api.send(method, path))).toBe('400 malformed_request');
    },
  );

  it.each(['/orders?status=%zz', '/orders?%', '/orders?customerId=%c3%28', '/orders?limit=5&x=%e'])(
    '%s has it too: 400',
    async (path) => {
      expect(code(await api.get(path))).toBe('400 malformed_request');
    },
  );

  it('may be percent-encoded where it need not be', async () => {
    expect((await api.get('/%6frders')).status).toBe(200);
    expect((await api.get('/orders?%6cimit=%31')).status).toBe(200);
  });

  it('may be in absolute form, with or without a path (RFC 9112, section 3.2.2)', async () => {
    const answer = await raw(
      `GET http://anywhere.example/orders/unknown?x=1 HTTP/1.1\nHost: anywhere.example\nConnection: close`,
    );
    expect(answer.body).toMatchObject({ code: 'order_not_found', instance: '/orders/unknown' });
    expect(code(await raw('GET http://anywhere.example HTTP/1.1\nHost: a\nConnection: close'))).toBe(
      '404 route_not_found',
    );
    expect((await raw('GET HTTP://anywhere.example:80/healthz HTTP/1.1\nHost: a\nConnection: close')).status).toBe(200);
  });

  it('in absolute form is the same to an idempotency key', async () => {
    const rest = `HTTP/1.1\nHost: a\nConnection: close\nIdempotency-Key: absolute\nContent-Type: application/json\nContent-Length: ${order.length}`;
    const first = await raw<OrderOut>(`POST /orders ${rest}`, order);
    const second = await raw<OrderOut>(`POST http://a/orders ${rest}`, order);
    expect([first.status, second.status, second.text]).toEqual([201, 201, first.text]);
  });

  it('is refused when it is no path', async () => {
    expect((await raw('OPTIONS * HTTP/1.1\nHost: a\nConnection: close')).status).toBe(404);
    expect(code(await raw('CONNECT example.org:443 HTTP/1.1\nHost: example.org:443'))).toBe('400 malformed_request');
  });
});

describe('a method that a path does not take', () => {
  const methods = ['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND', 'SEARCH', 'QUERY', 'LINK'];

  it.each(methods)('%s /orders is 405 with Allow', async (method) => {
    const answer = await api.send(method, '/orders');
    expect(code(answer)).toBe('405 method_not_allowed');
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
  });

  it.each([
    ['POST', '/orders/some', 'GET, HEAD, PATCH'],
    ['DELETE', '/orders/some', 'GET, HEAD, PATCH'],
    ['PUT', '/orders/some?x=1', 'GET, HEAD, PATCH'],
    ['DELETE', '/orders/some/events', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['POST', '/ready', 'GET, HEAD'],
    ['DELETE', '/health', 'GET, HEAD'],
    ['POST', '/docs-json', 'GET, HEAD'],
    ['POST', '/docs', 'GET, HEAD'],
  ])('%s %s is 405 with Allow: %s', async (method, path, allow) => {
    const answer = await api.send(method, path);
    expect({ answer: code(answer), allow: answer.headers.allow }).toEqual({ answer: '405 method_not_allowed', allow });
  });

  it.each(['/orders/a/b', '/orders/a/events/b', '/order', '/Orders', '/orders/a/Events', '/'])(
    '%s is no path at all: 404 for every method',
    async (path) => {
      for (const method of ['GET', 'POST', ...methods])
        expect(code(await api.send(method, path))).toBe('404 route_not_found');
    },
  );

  it('that HTTP does not know is 400', async () => {
    expect(code(await raw('NONSENSE /orders HTTP/1.1\nHost: a'))).toBe('400 malformed_request');
  });
});

describe('what the HTTP parser refuses', () => {
  it.each([
    ['headers', `GET /orders HTTP/1.1\nHost: a\nX-Large: ${'x'.repeat(17_000)}`],
    [
      'very many headers',
      `GET /orders HTTP/1.1\nHost: a\n${Array.from({ length: 1_500 }, (_, n) => `X-Header-${n}: value`).join('\n')}`,
    ],
    ['a target', `GET /orders?x=${'x'.repeat(17_000)} HTTP/1.1\nHost: a`],
  ])('%s too large: 431', async (_what, head) => {
    const answer = await raw(head);
    expect(code(answer)).toBe('431 headers_too_large');
    expect(answer.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('headers and a path just below the limit are taken', async () => {
    expect(
      (await raw(`GET /healthz HTTP/1.1\nHost: a\nConnection: close\nX-Large: ${'x'.repeat(16_000)}`)).status,
    ).toBe(200);
    expect(code(await raw(`GET /orders/${'x'.repeat(16_000)} HTTP/1.1\nHost: a\nConnection: close`))).toBe(
      '404 order_not_found',
    );
  });

  it.each([
    ['no Host in HTTP/1.1', 'GET /orders HTTP/1.1\nConnection: close'],
    ['an expectation nobody knows', 'GET /orders HTTP/1.1\nHost: a\nConnection: close\nExpect: 200-ok'],
    ['no HTTP at all', 'hello'],
    ['a header without a colon', 'GET /orders HTTP/1.1\nHost: a\nnonsense'],
    ['a blank in a header’s name', 'GET /orders HTTP/1.1\nHost : a'],
    ['a version nobody knows', 'GET /orders HTTP/9.9\nHost: a'],
    ['two lengths', 'POST /orders HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 2'],
    ['a length that is none', 'POST /orders HTTP/1.1\nHost: a\nContent-Length: x'],
    ['length and chunks', 'POST /orders HTTP/1.1\nHost: a\nContent-Length: 3\nTransfer-Encoding: chunked'],
    ['a coding nobody knows', 'POST /orders HTTP/1.1\nHost: a\nTransfer-Encoding: gzip'],
  ])('%s: 400', async (_what, head) => {
    expect(code(await raw(head))).toBe('400 malformed_request');
  });

  it('chunks that are none: 400', async () => {
    const answer = await raw(
      'POST /orders HTTP/1.1\nHost: a\nContent-Type: application/json\nTransfer-Encoding: chunked',
      'zz\r\n{}\r\n0\r\n\r\n',
    );
    expect(code(answer)).toBe('400 malformed_request');
  });

  it('HTTP/1.0 needs no Host', async () => {
    expect((await raw('GET /healthz HTTP/1.0')).status).toBe(200);
  });

  it('does not break other connections', async () => {
    await raw('hello');
    expect((await api.get('/healthz')).status).toBe(200);
  });
});

describe('Expect: 100-continue', () => {
  it('is met, and the request answered', async () => {
    const connection = openConnection(running.url);
    connection.socket.write(
      `POST /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${order.length}\r\n\r\n`,
    );
    const [interim] = await firstLine(connection.socket);
    expect(interim).toBe('HTTP/1.1 100 Continue');
    connection.socket.write(order);
    const [status] = await firstLine(connection.socket);
    expect(status).toBe('HTTP/1.1 201 Created');
    connection.close();
  });
});

function firstLine(socket: NodeJS.ReadableStream): Promise<string[]> {
  return new Promise((resolve) => socket.once('data', (chunk: Buffer) => resolve(chunk.toString().split('\r\n'))));
}

describe('a slow request', () => {
  let hasty: RunningApp;
  beforeAll(async () => (hasty = await startApp({ config: { requestTimeoutMs: 1_500, databaseTimeoutMs: 1_000 } })));
  afterAll(() => hasty.close());

  it.each([
    ['head', 'GET /orders HTTP/1.1\r\nHost: a\r\nX-Slow: '],
    ['body', 'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'],
    [
      'chunked body',
      'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
    ],
  ])('whose %s never ends is 408', async (_part, start) => {
    const answer = await sendRaw<Answer['body']>(hasty.url, start);
    api.check('POST', '/orders', answer);
    expect(code(answer)).toBe('408 request_timeout');
    expect(answer.body.recovery).toBe('retry_same_key');
  });
});

describe('the size of a body', () => {
  const padded = (size: number): string => order.padEnd(size, ' ');

  it('may be BODY_LIMIT_BYTES exactly', async () => {
    expect((await api.send('POST', '/orders', { raw: padded(bodyLimit) })).status).toBe(201);
    const chunked = { 'transfer-encoding': 'chunked' };
    expect((await api.send('POST', '/orders', { raw: padded(bodyLimit), headers: chunked })).status).toBe(201);
  });

  it('may not be a byte more: 413', async () => {
    expect(code(await api.send('POST', '/orders', { raw: padded(bodyLimit + 1) }))).toBe('413 payload_too_large');
    expect(code(await api.send('PATCH', '/orders/some', { raw: padded(bodyLimit + 1) }))).toBe('413 payload_too_large');
  });

  it('may not be a byte more in chunks: 413', async () => {
    const half = `${(bodyLimit / 2 + 1).toString(16)}\r\n${' '.repeat(bodyLimit / 2 + 1)}\r\n`;
    const answer = await raw(
      'POST /orders HTTP/1.1\nHost: a\nContent-Type: application/json\nTransfer-Encoding: chunked',
      half + half,
    );
    expect(code(answer)).toBe('413 payload_too_large');
  });

  it('is judged by its announcement, before it is sent', async () => {
    expect(
      code(await raw('POST /orders HTTP/1.1\nHost: a\nContent-Type: application/json\nContent-Length: 999999999')),
    ).toBe('413 payload_too_large');
  });

  it('that is too large is no reason for a reset, which would take the answer from a client that is still sending', async () => {
    const connection = openConnection(running.url);
    const size = 20_000_000;
    connection.socket.write(
      `POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`,
    );
    const [answer] = await connection.answers<Answer['body']>(1);
    expect(code(answer!)).toBe('413 payload_too_large');
    const failure = await new Promise((resolve) => connection.socket.write(Buffer.alloc(size, ' '), resolve));
    connection.close();
    expect(failure ?? null).toBeNull();
  });

  it('counts bytes and not characters', async () => {
    expect(code(await api.send('POST', '/orders', { raw: `"${'é'.repeat(bodyLimit / 2)}"` }))).toBe(
      '413 payload_too_large',
    );
  });
});

describe('the content type', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
    'application/json ; charset=utf-8',
  ])('%s is taken', async (type) => {
    expect((await api.send('POST', '/orders', { raw: order, headers: { 'content-type': type } })).status).toBe(201);
  });

  it.each([
    ...[
      'text/plain',
      'text/json',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'json',
      '*/*',
      '',
    ],
    ...[
      'application/vnd.api+json',
      'application/problem+json',
      'application/merge-patch+json',
      'application/json-patch+json',
      'application/json/x',
    ],
    ...[
      'application/json; charset=utf-16',
      'application/json; charset=latin1',
      'application/json; charset=us-ascii',
      'application/json; charset="iso-8859-1"',
    ],
  ])('%j is 415', async (type) => {
    expect(code(await api.send('POST', '/orders', { raw: order, headers: { 'content-type': type } }))).toBe(
      '415 unsupported_media_type',
    );
    expect(code(await api.send('PATCH', '/orders/some', { raw: order, headers: { 'content-type': type } }))).toBe(
      '415 unsupported_media_type',
    );
  });

  it('that is missing is 415', async () => {
    expect(
      code(await raw(`POST /orders HTTP/1.1\nHost: a\nConnection: close\nContent-Length: ${order.length}`, order)),
    ).toBe('415 unsupported_media_type');
  });

  it.each(['gzip', 'br', 'deflate', 'zstd', 'GZIP', 'gzip, identity', 'nonsense'])(
    'with Content-Encoding: %s is 415',
    async (encoding) => {
      expect(code(await api.send('POST', '/orders', { raw: order, headers: { 'content-encoding': encoding } }))).toBe(
        '415 unsupported_media_type',
      );
    },
  );

  it('with Content-Encoding: identity is taken', async () => {
    expect(
      (await api.send('POST', '/orders', { raw: order, headers: { 'content-encoding': 'identity' } })).status,
    ).toBe(201);
  });

  it('means nothing without a body: GET ignores it', async () => {
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'gzip' };
    expect((await api.get('/orders', headers)).status).toBe(200);
  });
});

describe('a body that is not JSON in UTF-8 is 400:', () => {
  it.each([
    ...[
      '',
      ' ',
      '\n',
      '{',
      '{"a":1,}',
      "{'a':1}",
      '{"a":undefined}',
      'NaN',
      '[1,]',
      '{} {}',
      '{}x',
      '"\n"',
      '01',
      '// x\n{}',
      order.slice(0, -1),
      '\u0000',
    ],
    ...[
      '{"__proto__":1}',
      '{"a":[{"__proto__":{"x":1}}]}',
      '{"\\u005f_proto__":1}',
      '{"__proto__" : null}',
      `{"metadata":{"__proto__":"x"},${order.slice(1)}`,
    ],
  ])('%j', async (body) => {
    expect(code(await api.send('POST', '/orders', { raw: body }))).toBe('400 malformed_json');
    expect(code(await api.send('PATCH', '/orders/some', { raw: body, headers: { 'if-match': '1' } }))).toBe(
      '400 malformed_json',
    );
  });

  it.each([
    ['a stray byte', [0xff]],
    ['a truncated sequence', [0xc3]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['Latin-1', [0xe9]],
  ])('%s', async (_what, bytes) => {
    const body = Buffer.concat([
      Buffer.from('{"customerId":"'),
      Buffer.from(bytes),
      Buffer.from(`",${order.slice(1)}`),
    ]);
    expect(code(await api.send('POST', '/orders', { raw: body }))).toBe('400 malformed_json');
  });

  it.each(['utf16le', 'utf32'])('%s', async (encoding) => {
    const body =
      encoding === 'utf16le'
        ? Buffer.from(`\ufeff${order}`, 'utf16le')
        : Buffer.from([...order].flatMap((c) => [0, 0, 0, c.charCodeAt(0)]));
    expect(code(await api.send('POST', '/orders', { raw: body }))).toBe('400 malformed_json');
  });

  it('none at all, where one is required', async () => {
    expect(code(await raw('POST /orders HTTP/1.1\nHost: a\nConnection: close'))).toBe('400 malformed_json');
    expect(code(await raw('POST /orders HTTP/1.1\nHost: a\nConnection: close\nContent-Length: 0'))).toBe(
      '400 malformed_json',
    );
    expect(
      code(
        await raw(
          'POST /orders HTTP/1.1\nHost: a\nConnection: close\nContent-Type: application/json\nTransfer-Encoding: chunked',
          '0\r\n\r\n',
        ),
      ),
    ).toBe('400 malformed_json');
    expect(code(await raw('PATCH /orders/some HTTP/1.1\nHost: a\nConnection: close\nIf-Match: 1'))).toBe(
      '400 malformed_json',
    );
  });

  it('but the text __proto__ as a value is a text like any other', async () => {
    expect((await api.create({ customerId: '__proto__', metadata: { k: '"__proto__":' } })).status).toBe(201);
  });

  it('and nesting of any depth that fits is read, and refused for what it is', async () => {
    const depth = bodyLimit / 2;
    expect((await api.send('POST', '/orders', { raw: `${'['.repeat(depth)}${']'.repeat(depth)}` })).body.code).toBe(
      'validation_failed',
    );
    const nested = `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`;
    const answer = await api.send('POST', '/orders', { raw: nested, headers: { 'idempotency-key': 'deep' } });
    expect(answer.body.code).toBe('validation_failed');
  });

  it('ended by the client in the middle: 400, and nothing is created', async () => {
    const connection = openConnection(running.url);
    connection.socket.end(
      `POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${order.length + 1}\r\n\r\n${order}`,
    );
    const [answer] = await connection.answers<Answer['body']>(1);
    connection.close();
    api.check('POST', '/orders', answer!);
    expect(code(answer!)).toBe('400 malformed_request');
  });
});

describe('several requests on one connection', () => {
  it('are answered in their order when they are sent at once', async () => {
    const connection = openConnection(running.url);
    const post = (customerId: string): string => {
      const body = JSON.stringify(anOrder({ customerId }));
      return `POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    };
    const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
    connection.socket.write(
      post('first') + get('/nowhere') + get('/healthz') + post('second') + get('/orders/unknown'),
    );
    const answers = await connection.answers<{ customerId?: string; code?: string }>(5);
    connection.close();
    expect(answers.map(({ status, body }) => `${status} ${body.customerId ?? body.code ?? ''}`)).toEqual([
      ...['201 first', '404 route_not_found', '200 ', '201 second', '404 order_not_found'],
    ]);
  });

  it('go on after a refusal', async () => {
    const connection = openConnection(running.url);
    connection.socket.write(
      `POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n`,
    );
    const answers = await connection.answers<Answer['body']>(2);
    connection.close();
    expect(answers.map(({ status }) => status)).toEqual([422, 200]);
  });
});

describe('HEAD', () => {
  it.each([
    ['/nowhere', 404],
    ['/orders/some', 404],
    ['/orders/%zz', 400],
    ['/orders?limit=0', 422],
    ['/docs/nothing', 404],
  ])('%s is refused with %d and no body', async (path, status) => {
    const answer = await api.send('HEAD', path);
    expect({ status: answer.status, text: answer.text, type: answer.headers['content-type'] }).toEqual({
      ...{ status, text: '' },
      type: expect.stringMatching(/^application\/problem\+json/),
    });
  });
});
