import type { FastifyInstance } from 'fastify';
import { routeNotFound } from '../problem/problem-from-error.js';
import { Problem } from '../problem/problem.js';

/** The files of the documentation page lie in one folder; any other name would only upset the file server. */
const staticFileName = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;
const conditions = ['range', 'if-range', 'if-match', 'if-unmodified-since'];

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/**
 * Tells "no such path" (404) from "not with this method" (405 with `Allow`), which Fastify does not. It is
 * decided before the body is read, since the route comes first in the order of checks.
 */
export function answerWrongMethods(fastify: FastifyInstance): void {
  const known = new Map<string, KnownPath>();
  fastify.addHook('onRoute', ({ url, method }) => {
    // The preflights of browsers, which are answered on any path: they make no path a known one.
    if (url === '*') return;
    const path = known.get(url) ?? { pattern: toPattern(url), methods: new Set<string>() };
    for (const name of [method].flat()) path.methods.add(name);
    known.set(url, path);
  });
  fastify.addHook('onRequest', async (request) => {
    const path = request.url.split('?', 1)[0] ?? '';
    // A trailing slash is another path, though the router takes `/orders/` for an order without an id.
    if (path.length > 1 && path.endsWith('/')) throw routeNotFound();
    if (!request.is404) {
      const file = (request.params as Record<string, string>)['*'];
      if (file === undefined) return;
      if (!staticFileName.test(file)) throw routeNotFound();
      // Whole files, whatever is asked: the file server's own refusals (412, 416) would come out as 500.
      for (const name of conditions) delete request.raw.headers[name];
      return;
    }
    const methods = [...known.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((each) => [...each.methods]);
    if (methods.length === 0) throw routeNotFound();
    const allow = [...new Set(methods)].sort().join(', ');
    throw new Problem('method_not_allowed', `This path takes ${allow}.`, { headers: { allow } });
  });
}

/** Routes here are plain segments and `:parameters`; a trailing `*` (static files) matches the rest. */
function toPattern(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+';
    if (segment === '*') return '.*';
    return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${segments.join('/')}$`);
}
