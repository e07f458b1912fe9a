import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer, ProblemBody } from './api.js';

interface Schemas {
  readonly [name: string]: object;
}

interface DocumentedResponse {
  readonly headers?: Schemas;
  readonly content?: Readonly<Record<string, { readonly examples?: Schemas }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

/** Headers that tell something about an answer: none may come undocumented. */
const telling = [
  ...['etag', 'location', 'idempotent-replayed', 'allow', 'retry-after', 'www-authenticate'],
  ...['ratelimit', 'ratelimit-policy'],
];
/** Documented headers that every answer of that status must have; the others depend on the request. */
const promised = ['x-request-id', 'etag', 'location', 'allow', 'www-authenticate'];

/** Holds answers against an OpenAPI document. */
export class Conformance {
  private readonly ajv: Ajv2020;
  private readonly paths: readonly {
    readonly template: string;
    readonly pattern: RegExp;
    readonly item: Record<string, Operation>;
  }[];

  constructor(openApi: object) {
    const document = closed(JSON.parse(JSON.stringify(openApi))) as {
      paths: Record<string, Record<string, Operation>>;
    };
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.ajv);
    this.ajv.addSchema(document, 'openapi.json');
    this.paths = Object.entries(document.paths).map(([template, item]) => {
      return { template, item, pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`) };
    });
  }

  /** @throws Error when the answer is not one that the OpenAPI document tells of */
  check(method: string, target: string, answer: Answer<unknown>): void {
    const path = pathOf(target);
    const known = this.paths.find(({ pattern }) => pattern.test(path));
    const key = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = known?.item[key];
    try {
      if (answer.headers['x-request-id'] === undefined) throw new Error('X-Request-Id is missing');
      if (known && operation)
        this.checkDocumented(`/paths/${escape(known.template)}/${key}`, operation, method, answer);
      else this.checkUndocumented(path, answer);
    } catch (error) {
      const shown = `${method} ${target} → ${answer.status} ${answer.headers['content-type'] ?? ''} ${answer.text}`;
      throw new Error(`${(error as Error).message}\n${shown}`, { cause: error });
    }
  }

  private checkDocumented(at: string, { responses }: Operation, method: string, answer: Answer<unknown>): void {
    const documented = responses[answer.status];
    if (!documented) throw new Error(`the status is not documented, only ${Object.keys(responses).join(', ')}`);
    const names = Object.keys(documented.headers ?? {}).map((name) => name.toLowerCase());
    const missing = promised.filter((name) => names.includes(name) && answer.headers[name] === undefined);
    if (missing.length > 0) throw new Error(`promised headers are missing: ${missing.join(', ')}`);
    const unknown = telling.filter((name) => !names.includes(name) && answer.headers[name] !== undefined);
    if (unknown.length > 0) throw new Error(`headers are not documented for this status: ${unknown.join(', ')}`);
    if (method === 'HEAD' || !documented.content) {
      if (answer.text !== '') throw new Error('there must be no body');
      return;
    }
    const type = mediaTypeOf(answer);
    const media = documented.content[type];
    if (!media)
      throw new Error(`the content type is not documented, only ${Object.keys(documented.content).join(', ')}`);
    this.validate(`${at}/responses/${answer.status}/content/${escape(type)}/schema`, answer.body ?? answer.text);
    if (type !== 'application/problem+json') return;
    const { code } = answer.body as ProblemBody;
    if (!media.examples?.[code]) throw new Error(`the code ${code} is not documented for this status`);
    checkProblem(answer as Answer);
  }

  private checkUndocumented(path: string, answer: Answer<unknown>): void {
    if (answer.status < 400 && path.startsWith('/docs')) return;
    if (answer.status < 400) throw new Error('the route is not documented');
    // The answer to HEAD.
    if (answer.text === '') return;
    if (mediaTypeOf(answer) !== 'application/problem+json') throw new Error('an error must be a problem document');
    this.validate('/components/schemas/ProblemOut', answer.body);
    checkProblem(answer as Answer);
  }

  private validate(pointer: string, value: unknown): void {
    const uri = `openapi.json#${pointer}`;
    const validate: ValidateFunction = this.ajv.getSchema(uri) ?? this.ajv.compile({ $ref: uri });
    if (!validate(value)) throw new Error(`the body is not as documented: ${this.ajv.errorsText(validate.errors)}`);
  }
}

function checkProblem({ status, headers, body }: Answer): void {
  if (body.status !== status) throw new Error('the member "status" is not the status');
  if (body.requestId !== headers['x-request-id']) throw new Error('"requestId" and X-Request-Id differ');
  const mustWait = status === 429 || status === 503 || body.code === 'idempotency_in_progress';
  if (mustWait && !/^[0-9]+$/.test(headers['retry-after'] ?? '')) throw new Error('Retry-After is missing');
}

/** What is not documented is not sent: an object schema with members takes no others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.fromEntries(Object.entries(schema).map(([name, member]) => [name, closed(member)]));
  return 'properties' in schema && 'type' in schema ? { additionalProperties: false, ...members } : members;
}

/** As the router sees it: origin form, and decoded where that is possible. */
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').split('?', 1)[0]!;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function mediaTypeOf({ headers }: Answer<unknown>): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

/** One token of a JSON Pointer as a URI fragment. */
function escape(token: string): string {
  return encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1'));
}
