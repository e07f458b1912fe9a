import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Metrics } from '../src/metrics/metrics.js';

interface Row {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly meaning: string;
}

/** Its types hide the labels. */
interface RegisteredMetric {
  readonly labelNames: readonly string[];
  get(): Promise<{ readonly name: string; readonly help: string; readonly type: string }>;
}

function documented(): Row[] {
  const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'operations.md'), 'utf8');
  const [, section] = /<!-- metrics:start -->([^]*)<!-- metrics:end -->/.exec(text)!;
  return section!
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.slice(1, -1).split(' | '))
    .map(([name = '', type = '', labels = '', meaning = '']) => ({
      name: name.trim().replaceAll('`', ''),
      type: type.trim(),
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label!),
      meaning: meaning.trim(),
    }));
}

/** prom-client's own, of the process and of Node.js, are named in one sentence. */
async function registered(): Promise<Row[]> {
  const metrics = new Metrics().registry.getMetricsAsArray() as unknown as readonly RegisteredMetric[];
  const all = await Promise.all(
    metrics.map(async (metric) => {
      const { name, help, type } = await metric.get();
      return { name, type, labels: metric.labelNames, meaning: help };
    }),
  );
  return all.filter(({ name }) => !/^(process|nodejs)_/.test(name));
}

describe('docs/operations.md', () => {
  it('has the table of metrics, as they are registered', async () => {
    expect(documented()).toEqual(await registered());
  });
});
