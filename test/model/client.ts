import { deepStrictEqual, ok } from 'node:assert/strict';
import type { Answer, Api, ProblemBody, Sending } from '../support/api.js';
import type { Expected, Learned, Request, State } from './model.js';

/** Sends a request of the model to the service. */
export function sendRequest(api: Api, request: Request): Promise<Answer<unknown>> {
  switch (request.kind) {
    case 'create':
      return api.send('POST', '/orders', writing(request.body, { 'idempotency-key': request.key }));
    case 'change': {
      const headers = { 'if-match': request.ifMatch, 'idempotency-key': request.key };
      return api.send('PATCH', `/orders/${request.id}`, writing(request.body, headers));
    }
    case 'get':
      return api.send('GET', `/orders/${request.id}`, { headers: given({ 'if-none-match': request.ifNoneMatch }) });
    case 'history':
      return api.send('GET', `/orders/${request.id}/events`);
    case 'list': {
      const query = request.query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
      return api.send('GET', `/orders${query === '' ? '' : '?'}${query}`);
    }
  }
}

/** When the request was sent and when its answer had come, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What the model has to be told, after a look at whether it may be: ids and times are the server's to choose, but
 * not freely.
 */
export function learn(state: State, request: Request, answer: Answer<unknown>, span: Span): Learned {
  const { text } = answer;
  const body = answer.body as
    | { id: string; createdAt: string; updatedAt: string; nextCursor?: string | null; items?: { id: string }[] }
    | undefined;
  const isNew = answer.headers['idempotent-replayed'] === undefined;
  if (request.kind === 'create' && answer.status === 201 && body && isNew) {
    const { id, createdAt } = body;
    ok(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id), `${id} is not a UUIDv7`);
    ok(id > (state.orders.at(-1)?.id ?? ''), `${id} is not newer than the orders before`);
    deepStrictEqual(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), timeIn(createdAt));
    checkTime(createdAt, span);
    return { text, id, at: createdAt };
  }
  if (request.kind === 'change' && answer.status === 200 && body && isNew) {
    checkTime(body.updatedAt, span);
    return { text, at: body.updatedAt };
  }
  if (request.kind === 'list' && typeof body?.nextCursor === 'string') return { text, nextCursor: body.nextCursor };
  if (request.kind === 'history' && answer.status === 200) {
    const eventIds = body?.items?.map(({ id }) => id) ?? [];
    for (const id of eventIds) ok(/^[0-9a-f-]{36}$/.test(id), `${id} is not a UUID`);
    deepStrictEqual(new Set(eventIds).size, eventIds.length);
    return { text, eventIds };
  }
  return { text };
}

/** @throws AssertionError, with both sides, when the service did not answer as the model */
export function compare(expected: Expected, answer: Answer<unknown>): void {
  const { status, headers, body, text } = expected;
  deepStrictEqual(
    {
      status: answer.status,
      headers: tellingHeaders(answer),
      ...(body === undefined ? {} : { body: knowable(answer) }),
    },
    { status, headers, ...(body === undefined ? {} : { body: plain(body) }) },
  );
  if (text !== undefined) deepStrictEqual(answer.text, text);
}

const telling = ['etag', 'location', 'idempotent-replayed', 'retry-after', 'www-authenticate', 'allow'];

function tellingHeaders({ headers }: Answer<unknown>): object {
  return Object.fromEntries(telling.filter((name) => headers[name] !== undefined).map((name) => [name, headers[name]]));
}

/** Of a problem: all but its wording and what belongs to this very request. */
function knowable(answer: Answer<unknown>): unknown {
  if (answer.status < 400) return answer.body;
  const { errors, ...problem } = answer.body as ProblemBody;
  const rest = Object.entries(problem).filter(([name]) => !['title', 'detail', 'instance', 'requestId'].includes(name));
  const places = [...new Set(errors?.map(({ pointer, parameter }) => pointer ?? parameter))].sort();
  return { ...Object.fromEntries(rest), ...(errors === undefined ? {} : { errors: places }) };
}

/** As it looks after a journey through JSON, which has neither `undefined` nor readonly arrays. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function checkTime(text: string, { from, to }: Span): void {
  const time = timeIn(text);
  ok(from <= time && time <= to, `${text} is not between ${new Date(from).toISOString()} and its answer`);
}

function timeIn(text: string): number {
  ok(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text), `${text} is not a time in UTC with milliseconds`);
  return Date.parse(text);
}

function writing(raw: string, headers: Readonly<Record<string, string | undefined>>): Sending {
  return { raw, headers: given(headers) };
}

function given(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
