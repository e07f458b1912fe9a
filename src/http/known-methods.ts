import type { FastifyInstance } from 'fastify';
import { routeNotFound } from '../problem/problem-from-error.js';
import { Problem } from '../problem/problem.js';

/**
 * What the documentation page loads from the folder of its package, in which there is much else: versions, sources, pages
 * that show any document. Its other parts are routes of their own.
 */
const pageFiles: readonly string[] = [
  ...['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js'],
  ...['favicon-16x16.png', 'favicon-32x32.png'],
];
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
    const path = known.get(url) ?? { pattern: toPattern(url), methods: new Set<string>() };
    for (const name of [method].flat()) path.methods.add(name);
    known.set(url, path);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    // A trailing slash is another path, though the router takes `/orders/` for an order without an id.
    if (path.length > 1 && path.endsWith('/')) throw routeNotFound();
    if (request.is404) throw refusal(path, known.values());
    const file = (request.params as Record<string, string>)['*'];
    if (file !== undefined) {
      if (!pageFiles.includes(file)) throw routeNotFound();
      // Whole files, whatever is asked: the file server's own refusals (412, 416) would come out as 500.
      for (const name of conditions) delete request.raw.headers[name];
    }
    done();
  });
}

function refusal(path: string, known: Iterable<KnownPath>): Problem {
  const methods = [...known].filter(({ pattern }) => pattern.test(path)).flatMap((each) => [...each.methods]);
  if (methods.length === 0) return routeNotFound();
  const allow = [...new Set(methods)].sort().join(', ');
  return new Problem('method_not_allowed', `This path takes ${allow}.`, { headers: { allow } });
}

/** Routes here are plain segments and `:parameters`; a trailing `*` stands for the files of the documentation page. */
function toPattern(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+';
    if (segment === '*') return `(${pageFiles.map(literally).join('|')})`;
    return literally(segment);
  });
  return new RegExp(`^${segments.join('/')}$`);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
