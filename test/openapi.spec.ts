import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApiDocument } from '../src/openapi.js';
import { problemCatalogue } from '../src/problem/problem-catalogue.js';
import { startApp } from './support/app.js';
import type { RunningApp } from './support/app.js';

interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Parameter extends Media {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
}

interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Media & { readonly description?: string }>>;
  readonly content?: Readonly<Record<string, Media>>;
  readonly links?: Readonly<Record<string, { readonly operationId?: string }>>;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-required-scope'?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Response>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, object>>;
    readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Media>> }>>;
  };
}

const problemType = 'application/problem+json';

const webhookOperations = [
  ...[
    'POST /webhook-endpoints',
    'GET /webhook-endpoints',
    'GET /webhook-endpoints/{id}',
    'PATCH /webhook-endpoints/{id}',
  ],
  ...['DELETE /webhook-endpoints/{id}', 'POST /webhook-endpoints/{id}/secret', 'POST /webhook-endpoints/{id}/test'],
  ...['GET /webhook-endpoints/{id}/deliveries', 'POST /webhook-endpoints/{id}/retry', 'POST /deliveries/{id}/retry'],
];

function placeOf(operation: string): [path: string, method: string] {
  const [method = '', path = ''] = operation.split(' ');
  return [path, method.toLowerCase()];
}

let running: RunningApp;
let document: Document;
let ajv: Ajv2020;
beforeAll(async () => {
  running = await startApp({ waitUntilReady: false });
  document = JSON.parse(JSON.stringify(openApiDocument(running.app))) as Document;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi.json');
});
afterAll(() => running.close());

interface Named {
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

function operations(): Named[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method,
      operation,
    })),
  );
}

/** Every response of every operation, with a name for the message. */
function responses(): { name: string; status: string; response: Response; operation: Named }[] {
  return operations().flatMap((operation) =>
    Object.entries(operation.operation.responses).map(([status, response]) => ({
      name: `${operation.name} ${status}`,
      status,
      response,
      operation,
    })),
  );
}

/** The names of those that break a rule: the message of a failed test then says which. */
function offenders<T extends { name: string }>(all: readonly T[], holds: (each: T) => boolean): string[] {
  return all.filter((each) => !holds(each)).map(({ name }) => name);
}

/** Every `$ref` anywhere in the document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' && typeof member === 'string' ? [member] : references(member),
  );
}

function resolves(reference: string): boolean {
  const steps = reference
    .replace(/^#\//, '')
    .split('/')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: unknown = document;
  for (const step of steps)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return reference.startsWith('#/') && typeof at === 'object' && at !== null;
}

describe('docs/openapi.json', () => {
  it('is the document that the service generates (`npm run openapi` writes it)', () => {
    const path = join(import.meta.dirname, '..', 'docs', 'openapi.json');
    if (!existsSync(path)) throw new Error('docs/openapi.json is missing: `npm run openapi` writes it');
    const stored = readFileSync(path, 'utf8');
    if (stored === `${JSON.stringify(document, null, 2)}\n`) return;
    // The objects first: their difference is readable.
    expect(JSON.parse(stored)).toEqual(document);
    throw new Error('docs/openapi.json is formatted otherwise: `npm run openapi` writes it anew');
  });
});

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1, and every $ref of it leads somewhere', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(references(document).filter((reference) => !resolves(reference))).toEqual([]);
  });

  it('has no schema that is no JSON Schema', () => {
    const invalid = Object.entries(document.components.schemas).filter(([, schema]) => !ajv.validateSchema(schema));
    expect(invalid.map(([name]) => name)).toEqual([]);
  });

  it('has every route of the service', () => {
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      [
        ...['GET /health', 'GET /healthz', 'GET /orders', 'GET /orders/{id}', 'GET /orders/{id}/events', 'GET /ready'],
        ...['PATCH /orders/{id}', 'POST /orders', 'GET /metrics', ...webhookOperations],
      ].sort(),
    );
  });

  it('names every operation once, and says what it does and where it belongs', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(offenders(operations(), ({ operation }) => /^[a-z]\w+$/.test(operation.operationId ?? ''))).toEqual([]);
    expect(
      offenders(operations(), ({ operation }) => /\S/.test(operation.summary ?? '') && operation.tags?.length === 1),
    ).toEqual([]);
  });

  it('describes every parameter, and every parameter of a path', () => {
    const parameters = operations().flatMap(({ name, operation }) =>
      (operation.parameters ?? []).map((parameter) => ({ name: `${name} ${parameter.name}`, parameter })),
    );
    expect(offenders(parameters, ({ parameter }) => /\S/.test(parameter.description ?? ''))).toEqual([]);
    const withAll = ({ path, operation }: Named): boolean =>
      [...path.matchAll(/\{(\w+)\}/g)].every(([, name]) =>
        operation.parameters?.some((parameter) => parameter.in === 'path' && parameter.name === name),
      );
    expect(offenders(operations(), withAll)).toEqual([]);
  });

  it('tells the headers of the contract', () => {
    const headersIn = (path: string, method: string): string[] =>
      (document.paths[path]?.[method]?.parameters ?? [])
        .filter((parameter) => parameter.in === 'header')
        .map(({ name }) => name)
        .sort();
    expect(headersIn('/orders', 'post')).toEqual(['Idempotency-Key']);
    expect(headersIn('/orders/{id}', 'patch')).toEqual(['Idempotency-Key', 'If-Match']);
    expect(headersIn('/orders/{id}', 'get')).toEqual(['If-None-Match']);
    const headersOut = (path: string, method: string, status: string): string[] =>
      Object.keys(document.paths[path]?.[method]?.responses[status]?.headers ?? {})
        .filter((name) => !name.startsWith('RateLimit'))
        .sort();
    expect(headersOut('/orders', 'post', '201')).toEqual(['ETag', 'Idempotent-Replayed', 'Location', 'X-Request-Id']);
    expect(headersOut('/orders/{id}', 'patch', '200')).toEqual(['ETag', 'Idempotent-Replayed', 'X-Request-Id']);
    expect(headersOut('/orders/{id}', 'get', '200')).toEqual(['ETag', 'X-Request-Id']);
    expect(headersOut('/orders/{id}', 'get', '304')).toEqual(['ETag', 'X-Request-Id']);
    expect(headersOut('/webhook-endpoints', 'post', '201')).toEqual(['Location', 'X-Request-Id']);
    for (const name of webhookOperations) expect([name, headersIn(...placeOf(name))]).toEqual([name, []]);
  });

  it('tells the one scope of every operation but the health routes, which need no credential', () => {
    expect(document.components.securitySchemes).toEqual({
      bearerAuth: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    });
    const needed = Object.fromEntries(operations().map(({ name, operation }) => [name, operation.security]));
    expect(needed).toEqual({
      'GET /orders': [{ bearerAuth: ['orders:read'] }],
      'POST /orders': [{ bearerAuth: ['orders:write'] }],
      'GET /orders/{id}': [{ bearerAuth: ['orders:read'] }],
      'PATCH /orders/{id}': [{ bearerAuth: ['orders:write'] }],
      'GET /orders/{id}/events': [{ bearerAuth: ['events:read'] }],
      ...Object.fromEntries(webhookOperations.map((name) => [name, [{ bearerAuth: ['webhooks:manage'] }]])),
      'GET /healthz': undefined,
      'GET /ready': undefined,
      'GET /health': undefined,
      'GET /metrics': undefined,
    });
    const secured = operations().filter(({ operation }) => operation.security);
    expect(
      offenders(
        secured,
        ({ operation }) => operation['x-required-scope'] === operation.security![0]!['bearerAuth']![0],
      ),
    ).toEqual([]);
  });

  it('tells the refusals of credentials, with their headers, and the limit on every answer of a limited route', () => {
    const secured = responses().filter(({ operation }) => operation.operation.security);
    const headersOf = ({ response }: { response: Response }): string[] => Object.keys(response.headers ?? {});
    const needed: Record<string, readonly string[]> = {
      401: ['WWW-Authenticate'],
      403: ['WWW-Authenticate'],
      429: ['Retry-After'],
    };
    for (const status of Object.keys(needed)) expect(secured.filter((each) => each.status === status)).toHaveLength(15);
    expect(
      offenders(secured, (each) =>
        ['RateLimit', 'RateLimit-Policy', ...(needed[each.status] ?? [])].every((name) =>
          headersOf(each).includes(name),
        ),
      ),
    ).toEqual([]);
    const open = responses().filter(({ operation }) => !operation.operation.security);
    expect(offenders(open, (each) => !headersOf(each).some((name) => name.startsWith('RateLimit')))).toEqual([]);
    expect(offenders(open, ({ status }) => !['401', '403', '429'].includes(status))).toEqual([]);
  });

  it('tells X-Request-Id of every response', () => {
    expect(offenders(responses(), ({ response }) => response.headers?.['X-Request-Id'] !== undefined)).toEqual([]);
  });

  it('tells the statuses that every route shares', () => {
    const shared = ['400', '405', '408', '431', '500', '503'];
    expect(offenders(operations(), ({ operation }) => shared.every((status) => status in operation.responses))).toEqual(
      [],
    );
  });

  it('links only to operations that exist', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    const links = responses().flatMap(({ response }) => Object.values(response.links ?? {}));
    expect(links.length).toBeGreaterThan(0);
    expect(links.map(({ operationId }) => operationId).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has only problem documents as errors, but for the health reports', () => {
    const errors = responses().filter(({ status, name }) => Number(status) >= 400 && !/health|ready/.test(name));
    expect(offenders(errors, ({ response }) => Object.keys(response.content ?? {}).join() === problemType)).toEqual([]);
  });
});

describe('the examples', () => {
  it('are there for every body of a request', () => {
    const bodies = operations().flatMap(({ name, operation }) =>
      Object.values(operation.requestBody?.content ?? {}).map((media) => ({ name, media })),
    );
    expect(bodies.map(({ name }) => name).sort()).toEqual([
      'PATCH /orders/{id}',
      // As JSON and as a merge patch.
      ...['PATCH /webhook-endpoints/{id}', 'PATCH /webhook-endpoints/{id}'],
      ...['POST /orders', 'POST /webhook-endpoints', 'POST /webhook-endpoints/{id}/retry'],
    ]);
    expect(offenders(bodies, ({ media }) => examplesOf(media).length > 0)).toEqual([]);
  });

  it('are there for every code of every problem response, which its description names', () => {
    const problems = responses().flatMap(({ name, status, response }) => {
      const media = response.content?.[problemType];
      return media ? [{ name, status, response, media }] : [];
    });
    expect(problems.length).toBeGreaterThan(20);
    for (const { name, status, response, media } of problems) {
      const codes = Object.keys(media.examples ?? {});
      const described = [...response.description.matchAll(/`(\w+)`/g)].map(([, code]) => code);
      expect({ name, codes }).toEqual({ name, codes: described });
      expect({ name, count: codes.length > 0 }).toEqual({ name, count: true });
      for (const [code, { value }] of Object.entries(media.examples!)) {
        expect({ name, ...(value as object) }).toMatchObject({
          name,
          code,
          status: Number(status),
          type: `urn:problem:orders:${code}`,
        });
        expect(problemCatalogue[code as keyof typeof problemCatalogue].status).toBe(Number(status));
      }
    }
  });

  it('of bodies validate against their schemas', () => {
    const medias = operations().flatMap(({ name, path, method, operation }) => {
      const at = `/paths/${escape(path)}/${method}`;
      const requests = Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => ({
        name,
        media,
        at: `${at}/requestBody/content/${escape(type)}/schema`,
      }));
      const answers = Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content).map(([type, media]) => ({
          name: `${name} ${status}`,
          media,
          at: `${at}/responses/${status}/content/${escape(type)}/schema`,
        })),
      );
      return [...requests, ...answers];
    });
    const checked = medias.flatMap(({ name, media, at }) =>
      examplesOf(media).map((example) => `${name}: ${faultOf(at, example)}`),
    );
    expect(checked.length).toBeGreaterThan(20);
    expect(checked.filter((result) => !result.endsWith(': none'))).toEqual([]);
  });

  it('of members and parameters validate against their schemas', () => {
    const members = Object.entries(document.components.schemas).flatMap(([schema, { properties = {} }]) =>
      Object.entries(properties).map(([name, { example }]) => ({
        ...{ name: `${schema}.${name}`, example, at: `/components/schemas/${schema}/properties/${name}` },
      })),
    );
    const parameters = operations().flatMap(({ name, path, method, operation }) =>
      (operation.parameters ?? []).map(({ name: parameter, example, schema }, index) => ({
        ...{ name: `${name} ${parameter}`, example: example ?? (schema as Media | undefined)?.example },
        at: `/paths/${escape(path)}/${method}/parameters/${index}/schema`,
      })),
    );
    const withExample = [...members, ...parameters].filter(({ example }) => example !== undefined);
    expect(withExample.length).toBeGreaterThan(20);
    const checked = withExample.map(({ name, at, example }) => `${name}: ${faultOf(at, example)}`);
    expect(checked.filter((result) => !result.endsWith(': none'))).toEqual([]);
  });
});

function examplesOf({ example, examples = {} }: Media): unknown[] {
  return [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
}

/** What is wrong with an example, or "none". */
function faultOf(pointer: string, example: unknown): string {
  const validate = ajv.getSchema(`openapi.json#${pointer}`) ?? ajv.compile({ $ref: `openapi.json#${pointer}` });
  return validate(example) ? 'none' : ajv.errorsText(validate.errors);
}

function escape(token: string): string {
  return encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1'));
}
