import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { OrderEvent } from './order-event.ts';
import type { SimulationResult } from './simulation.ts';

/** How long a finished event is remembered. The service sends one again for about three days, people may for longer. */
const rememberForMs = 90 * 86_400_000;

/**
 * Every event that was accepted, and how far it has come. Each method is one transaction of SQLite, on the disk when it
 * returns, so that a worker which dies anywhere goes on from the last step that it had finished.
 */
export class Inbox {
  readonly #database: DatabaseSync;

  /** @throws Error when another worker has the same folder open */
  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    this.#database = new DatabaseSync(join(dataDir, 'inbox.sqlite'));
    try {
      // The lock is the operating system's: it ends with the process, however that ends.
      this.#database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    } catch (error) {
      throw new Error(`the inbox in ${dataDir} cannot be opened; does another worker use it?`, { cause: error });
    }
    this.#database.exec(`CREATE TABLE IF NOT EXISTS events (
      id TEXT PRIMARY KEY,
      event TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      result TEXT,
      outcome TEXT,
      finished_at INTEGER
    ) STRICT`);
    this.#database.prepare('DELETE FROM events WHERE finished_at < ?').run(Date.now() - rememberForMs);
  }

  /** Does nothing with an event that is known. */
  add(event: OrderEvent): void {
    this.#database
      .prepare('INSERT INTO events (id, event, received_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(event.id, JSON.stringify(event), Date.now());
  }

  isFinished(id: string): boolean {
    return this.#database.prepare('SELECT 1 FROM events WHERE id = ? AND outcome IS NOT NULL').get(id) !== undefined;
  }

  /** Oldest first. */
  unfinished(): OrderEvent[] {
    const rows = this.#database.prepare('SELECT event FROM events WHERE outcome IS NULL ORDER BY rowid').all();
    return rows.map(({ event }) => JSON.parse(String(event)) as OrderEvent);
  }

  keepResult(id: string, result: SimulationResult): void {
    this.#database.prepare('UPDATE events SET result = ? WHERE id = ?').run(JSON.stringify(result), id);
  }

  hasResult(id: string): boolean {
    return this.#database.prepare('SELECT 1 FROM events WHERE id = ? AND result IS NOT NULL').get(id) !== undefined;
  }

  finish(id: string, outcome: string): void {
    this.#database.prepare('UPDATE events SET outcome = ?, finished_at = ? WHERE id = ?').run(outcome, Date.now(), id);
  }

  close(): void {
    this.#database.close();
  }
}
