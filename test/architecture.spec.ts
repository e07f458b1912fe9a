import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const src = join(import.meta.dirname, '..', 'src');

interface Import {
  readonly specifier: string;
  /** Our own: the file it leads to, relative to src. */
  readonly target?: string;
}

interface SourceFile {
  /** Relative to src, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** Every source that ships; the specs beside them may import what they like. */
const files: readonly SourceFile[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(src, path), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });

/** Imports, type imports, exports from elsewhere, and `import()`, wherever they stand. */
function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const from = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
    const called =
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
    const typed = ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
    const literal = from ?? called ?? typed;
    if (literal) found.push(importOf(path, (literal as ts.StringLiteral).text));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return found;
}

function importOf(path: string, specifier: string): Import {
  if (!specifier.startsWith('.')) return { specifier };
  return { specifier, target: posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts') };
}

/** Who may import whom (docs/ARCHITECTURE.md), besides npm and the own folder. The first row that fits a file counts. */
const table: readonly { readonly from: RegExp; readonly may: readonly string[] | 'everything' }[] = [
  { from: /^(problem\/problem|metrics\/metrics)\.ts$/, may: [] },
  { from: /^(config|background|tracing)\//, may: [] },
  { from: /^database\//, may: ['config/', 'metrics/metrics.ts'] },
  { from: /^logging\//, may: ['config/'] },
  { from: /^problem\//, may: ['database/mongo-errors.ts'] },
  // The command line takes names and times as the bodies of requests do; both files are pure.
  {
    from: /^auth\/keys-command\.ts$/,
    may: ['problem/', 'config/', 'database/', 'http/rfc3339.ts', 'http/text-rule.ts'],
  },
  {
    from: /^(http|auth)\//,
    may: ['problem/', 'config/', 'database/', 'metrics/metrics.ts', 'tracing/trace-context.ts'],
  },
  { from: /^orders\/domain\//, may: ['problem/problem.ts'] },
  { from: /^events\//, may: ['database/', 'config/', 'background/', 'tracing/trace-context.ts'] },
  { from: /^idempotency\//, may: ['problem/', 'config/', 'database/', 'auth/', 'http/', 'metrics/metrics.ts'] },
  {
    from: /^orders\//,
    may: ['problem/', 'config/', 'database/', 'auth/', 'http/', 'idempotency/', 'events/', 'metrics/metrics.ts'],
  },
  {
    from: /^(webhooks|sinks)\//,
    may: [
      ...['problem/', 'config/', 'database/', 'auth/', 'http/', 'events/', 'background/', 'metrics/'],
      'tracing/trace-context.ts',
    ],
  },
  // Health routes document their refusals like all others.
  { from: /^(health|metrics)\//, may: ['config/', 'database/', 'auth/', 'problem/'] },
  { from: /^(main|service|tracing|keys|app(\.[\w-]+)?|openapi)\.ts$/, may: 'everything' },
];

function ruleOf(path: string): (typeof table)[number] {
  const rule = table.find(({ from }) => from.test(path));
  if (!rule) throw new Error(`${path} is in no row of the table`);
  return rule;
}

/** What a file may import freely: its folder with all below it; the domain and single files are folders of their own. */
function ownFolder(path: string): string {
  if (/^(problem\/problem|metrics\/metrics)\.ts$/.test(path)) return path;
  if (path.startsWith('orders/domain/')) return 'orders/domain/';
  return path.includes('/') ? `${path.split('/')[0]!}/` : '';
}

function isAllowed(path: string, target: string): boolean {
  const { may } = ruleOf(path);
  if (may === 'everything') return true;
  // `main`, `app*` and `openapi` are imported by nobody else.
  if (!target.includes('/')) return false;
  return target.startsWith(ownFolder(path)) || may.some((prefix) => target.startsWith(prefix));
}

/** Where an npm package may be imported. */
const packageRules: readonly { readonly name: RegExp; readonly where: RegExp; readonly said: string }[] = [
  {
    name: /^(mongoose|mongodb)(\/|$)/,
    // The event log is the repository of events under the name that tells what it is.
    // The keys' command has no Nest that would give it a connection; their authenticator is given its model by one.
    where:
      /(\.schema|\.repository)\.ts$|^database\/|^events\/event-(log|feed)\.ts$|^(keys|auth\/keys-store|auth\/api-key\.authenticator)\.ts$/,
    said: 'schemas, repositories, the event log and its feed, database/, and the keys of callers',
  },
  { name: /^@opentelemetry\//, where: /^tracing\/sdk\.ts$/, said: 'what is loaded on demand' },
  { name: /^prom-client$/, where: /^metrics\/metrics\.ts$/, said: 'the one table of metrics' },
  {
    ...{
      name: /^(fastify|@fastify\/.*)$/,
      said: 'http/, filters, guards, interceptors, decorators, controllers, authenticators',
    },
    // Logging reads the finished request and reply; an authenticator is the guard's half that knows the credential.
    where:
      /^(http|logging)\/|\.(filter|guard|interceptor|decorator|controller|authenticator)\.ts$|^auth\/authenticator\.ts$/,
  },
];

const edges = files.flatMap(({ path, imports }) => imports.map((each) => ({ path, ...each })));

describe('the sources', () => {
  it('are found, with their imports', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(edges.filter(({ target }) => target !== undefined).length).toBeGreaterThan(100);
  });

  it('import only files that are there', () => {
    const known = new Set(files.map(({ path }) => path));
    expect(
      edges
        .filter(({ target }) => target !== undefined && !known.has(target))
        .map(({ path, specifier }) => `${path} → ${specifier}`),
    ).toEqual([]);
  });

  it('import whom the table allows and nobody else', () => {
    const forbidden = edges.filter(({ path, target }) => target !== undefined && !isAllowed(path, target));
    expect(forbidden.map(({ path, target }) => `${path} → ${target!}`)).toEqual([]);
  });

  it.each(packageRules)('import $name only in $said', ({ name, where }) => {
    const forbidden = edges.filter(({ path, specifier }) => name.test(specifier) && !where.test(path));
    expect(forbidden.map(({ path, specifier }) => `${path} → ${specifier}`)).toEqual([]);
  });

  it('have a domain that knows neither Nest, Mongoose, Fastify nor the clock', () => {
    const domain = files.filter(({ path }) => path.startsWith('orders/domain/'));
    expect(domain.length).toBeGreaterThan(3);
    const packages = domain.flatMap(({ path, imports }) =>
      imports.filter(({ target }) => !target).map(({ specifier }) => `${path} → ${specifier}`),
    );
    expect(packages.filter((each) => !/→ (decimal\.js|currency-codes)$/.test(each))).toEqual([]);
    expect(
      domain
        .filter(({ text }) => /new Date\(\)|Date\.now|performance\.now|process\./.test(code(text)))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  // OpenTelemetry's own variables are read before there is a Config.
  it('read process.env only where the Config is made, and tracing.ts', () => {
    const readers = files.filter(({ text }) =>
      /process\s*\.\s*env|process\s*\[\s*['"]env|from 'node:process'/.test(code(text)),
    );
    expect(
      readers.map(({ path }) => path).filter((path) => !['config/load-env.ts', 'main.ts', 'tracing.ts'].includes(path)),
    ).toEqual([]);
  });

  it('have no cycle of imports', () => {
    expect(cycles()).toEqual([]);
  });

  it('have files of at most 260 lines', () => {
    expect(files.filter(({ text }) => text.trimEnd().split('\n').length > 260).map(({ path }) => path)).toEqual([]);
  });

  it('have no barrel, and no folder for leftovers', () => {
    expect(
      files.filter(({ path }) => /(^|\/)(index|utils?|helpers?|common)(\.ts|\/)/.test(path)).map(({ path }) => path),
    ).toEqual([]);
  });
});

/** The text without comments, so that a comment may name what code must not use. */
function code(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

/** Depth first; each cycle once, as the path that closes it. */
function cycles(): string[] {
  const targets = new Map(files.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return found;
}
