import { writeFileSync } from 'node:fs';
import type { Recovery } from './bench.js';
import type { Attempt, Outcome } from './keyed-request.js';

export type Name = readonly [point: string, fault: string];

interface Cell {
  readonly outcomes: { readonly POST: Map<Outcome, number>; readonly PATCH: Map<Outcome, number> };
  runs: number;
  longestMs: number;
  recoveryMs: number;
}

/** What came of each cell of the matrix: the first answers of all runs, the longest request, the longest recovery. */
export class Journal {
  private readonly cells = new Map<string, Cell>();
  private readonly longestOf = new Map<string, number>();

  /** Gives the rows their order in the table. */
  expect(cells: readonly Name[]): void {
    for (const cell of cells) this.cellOf(cell);
  }

  record(name: Name, method: 'POST' | 'PATCH', { outcome }: Attempt, { longestMs, recoveryMs }: Recovery): void {
    const cell = this.cellOf(name);
    cell.runs++;
    cell.outcomes[method].set(outcome, (cell.outcomes[method].get(outcome) ?? 0) + 1);
    cell.longestMs = Math.max(cell.longestMs, longestMs);
    cell.recoveryMs = Math.max(cell.recoveryMs, recoveryMs);
  }

  /** A figure besides the table's, of which the longest counts, in milliseconds. */
  longest(what: string, ms: number): void {
    this.longestOf.set(what, Math.max(this.longestOf.get(what) ?? 0, ms));
  }

  runsOf(name: Name, method: 'POST' | 'PATCH'): number {
    return [...this.cellOf(name).outcomes[method].values()].reduce((sum, count) => sum + count, 0);
  }

  summary(): string {
    const cells = [...this.cells.values()];
    const runs = cells.reduce((sum, cell) => sum + cell.runs, 0);
    const longest = Math.round(Math.max(0, ...cells.map(({ longestMs }) => longestMs)));
    const recovery = Math.round(Math.max(0, ...cells.map(({ recoveryMs }) => recoveryMs)));
    return (
      `${cells.length} cells (point × fault), each with POST and PATCH, ${runs} runs; ` +
      `longest request ${longest} ms, longest recovery ${recovery} ms`
    );
  }

  /** Markdown. */
  write(file: string): void {
    const rows = [...this.cells].map(
      ([name, { outcomes, longestMs, recoveryMs }]) =>
        `| ${name} | ${shown(outcomes.POST)} | ${shown(outcomes.PATCH)} | ${Math.round(longestMs)} | ${Math.round(recoveryMs)} |`,
    );
    const lines = [
      this.summary(),
      ...[...this.longestOf].map(([what, ms]) => `\nLongest time from ${what}: ${Math.round(ms)} ms`),
      '',
      '| Point | Fault | First answers to POST | First answers to PATCH | Longest request (ms) | Longest recovery (ms) |',
      '| --- | --- | --- | --- | ---: | ---: |',
      ...rows,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
  }

  private cellOf(name: Name): Cell {
    const key = name.join(' | ');
    const found = this.cells.get(key) ?? {
      outcomes: { POST: new Map<Outcome, number>(), PATCH: new Map<Outcome, number>() },
      ...{ runs: 0, longestMs: 0, recoveryMs: 0 },
    };
    this.cells.set(key, found);
    return found;
  }
}

function shown(outcomes: ReadonlyMap<Outcome, number>): string {
  const sorted = [...outcomes].sort(([one], [other]) => one.localeCompare(other));
  return sorted.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}
