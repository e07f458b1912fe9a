/** What a scrape has, as Prometheus would take it. */
export interface Samples {
  /** By the name of the metric. */
  readonly types: Readonly<Record<string, string>>;
  readonly help: Readonly<Record<string, string>>;
  readonly labelNames: ReadonlySet<string>;
  /** Of all series of this name that have these labels. */
  sum(name: string, labels?: object): number;
  /** As they stand in the text, without their values. */
  series(name: string): string[];
}

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly series: string;
}

/** @param withinMs fails when the scrape takes longer */
export async function scrape(url: string, withinMs = 20_000): Promise<Samples> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(withinMs) });
  if (response.status !== 200) throw new Error(`/metrics answered ${response.status}`);
  return parseExposition(await response.text());
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/;

/**
 * Strictly by https://prometheus.io/docs/instrumenting/exposition_formats/: every sample has a TYPE before it, and no series
 * comes twice.
 * @throws Error naming the line that breaks the format
 */
export function parseExposition(text: string): Samples {
  if (!text.endsWith('\n')) throw new Error('the last line must end with a line feed');
  const types: Record<string, string> = {};
  const help: Record<string, string> = {};
  const samples: Sample[] = [];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (comment) (comment[1] === 'TYPE' ? types : help)[comment[2]!] = comment[3]!;
    else samples.push(sampleOf(line, types));
  }
  const names = samples.map(({ series }) => series);
  if (new Set(names).size !== names.length) throw new Error('a series comes twice');
  return {
    types,
    help,
    labelNames: new Set(samples.flatMap(({ labels }) => Object.keys(labels))),
    sum: (name, labels = {}) =>
      samples
        .filter(
          (each) => each.name === name && Object.entries(labels).every(([key, value]) => each.labels[key] === value),
        )
        .reduce((sum, { value }) => sum + value, 0),
    series: (name) => samples.filter((each) => each.name === name).map(({ series }) => series),
  };
}

function sampleOf(line: string, types: Readonly<Record<string, string>>): Sample {
  const [, name = '', inner = '', number = ''] = /^([^{ ]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  const family = name.replace(/_(bucket|sum|count)$/, '');
  if (!metricName.test(name) || (!types[name] && types[family] !== 'histogram')) throw new Error(`no metric: ${line}`);
  if (!new RegExp(`^(${labelPair.source}(,${labelPair.source})*)?$`).test(inner))
    throw new Error(`bad labels: ${line}`);
  const labels = Object.fromEntries(
    [...inner.matchAll(new RegExp(labelPair, 'g'))].map(([, key, value]) => [key!, value!]),
  );
  const value = number === '+Inf' ? Infinity : Number(number);
  // As Go reads numbers, whose names have no case: prom-client writes "Nan".
  if (!/^nan$/i.test(number) && Number.isNaN(value)) throw new Error(`no number: ${line}`);
  return { name, labels, value, series: `${name}{${inner}}` };
}
