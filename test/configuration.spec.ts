import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../src/config/config.js';
import { variables } from '../src/config/variables.js';
import type { Variable } from '../src/config/variable.js';

const table: readonly Variable<unknown>[] = Object.values<Variable<unknown>>(variables);

function textOf(file: string): string {
  return readFileSync(join(import.meta.dirname, '..', file), 'utf8');
}

/** Rows are compared by what stands in their cells: the formatter chooses the blanks. */
function markdownRows(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    );
}

function defaultCell({ default: always, productionDefault, requiredInProduction }: Variable<unknown>): string {
  const cell = always === '' ? 'empty' : `\`${always}\``;
  if (requiredInProduction) return `${cell}; required in production`;
  return productionDefault === undefined ? cell : `${cell}; \`${productionDefault}\` in production`;
}

function exampleOf({ productionDefault, requiredInProduction, ...variable }: Variable<unknown>): string {
  return [
    `# ${variable.meaning}`,
    `# ${variable.unit}: ${variable.rule.allowed}`,
    ...(productionDefault === undefined ? [] : [`# In production: ${productionDefault}`]),
    ...(requiredInProduction ? ['# Required in production.'] : []),
    `# ${variable.name}=${variable.default}`,
  ].join('\n');
}

describe('the table of variables', () => {
  it('has each name once', () => {
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
  });
});

describe('.env.example', () => {
  const blocks = textOf('.env.example').trim().split('\n\n');

  it('tells meaning, unit and default of every variable, in the order of the table', () => {
    expect(blocks.slice(1)).toEqual(table.map(exampleOf));
  });

  it('shows the values that apply without it', () => {
    const shown = parseEnv(textOf('.env.example').replaceAll(/^# ([A-Z_]+=)/gm, '$1'));
    expect(Object.keys(shown).sort()).toEqual(table.map(({ name }) => name).sort());
    expect(readConfig(shown)).toEqual(readConfig({}));
  });
});

describe('README.md', () => {
  it('has the table of variables', () => {
    const [, section] = /<!-- configuration:start -->([^]*)<!-- configuration:end -->/.exec(textOf('README.md'))!;
    const [header, , ...rows] = markdownRows(section!);
    expect(header).toEqual(['Variable', 'Default', 'Unit', 'Meaning']);
    expect(rows).toEqual(
      table.map((variable) => [
        `\`${variable.name}\``,
        defaultCell(variable),
        `${variable.unit}: ${variable.rule.allowed}`,
        variable.meaning,
      ]),
    );
  });
});

describe('docker-compose.yml', () => {
  const stated = [...textOf('docker-compose.yml').matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name!);

  it('states what production requires', () => {
    const required = table.filter((variable) => variable.requiredInProduction).map(({ name }) => name);
    expect(stated).toEqual(expect.arrayContaining(required));
  });

  it('states no variable that does not exist', () => {
    expect(table.map(({ name }) => name)).toEqual(expect.arrayContaining(stated));
  });
});
