import { setTimeout as sleep } from 'node:timers/promises';

/** After an error, in milliseconds; doubled with each one that follows. */
const pauseAfterErrorMs = 1_000;
const pauseAfterErrorMaxMs = 30_000;

export interface PollerOptions {
  readonly name: string;
  /** How long to wait when there was nothing to do, in milliseconds. */
  readonly idleMs: number;
  /** @returns how much it did; 0: nothing, so that a pause is in order */
  readonly runOnce: () => Promise<number>;
  readonly onError: (error: unknown) => void;
}

/** Repeats `runOnce`: at once while there is work, after a pause when there is none, slower and slower after errors. */
export class Poller {
  private stopping = false;
  private running: Promise<void> | undefined;
  /** A wake-up that came while work was under way counts for the pause after it. */
  private awake = new AbortController();

  constructor(private readonly options: PollerOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  wake(): void {
    this.awake.abort();
  }

  /** Resolves when the work under way has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    let errors = 0;
    while (!this.stopping) {
      let pauseMs: number;
      try {
        pauseMs = (await this.options.runOnce()) > 0 ? 0 : this.options.idleMs;
        errors = 0;
      } catch (error) {
        this.options.onError(error);
        pauseMs = Math.min(pauseAfterErrorMaxMs, pauseAfterErrorMs * 2 ** Math.min(errors++, 10));
      }
      if (pauseMs > 0)
        await sleep(pauseMs, undefined, { signal: this.awake.signal, ref: false }).catch(() => undefined);
      if (this.awake.signal.aborted) this.awake = new AbortController();
    }
  }
}
