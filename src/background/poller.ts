/** After an error, in milliseconds; doubled with each one that follows. */
const pauseAfterErrorMs = 1_000;
const pauseAfterErrorMaxMs = 5_000;

export interface PollerOptions {
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
  private awake = false;
  private endPause: () => void = () => undefined;

  constructor(private readonly options: PollerOptions) {}

  /** Does nothing on one that runs or has been stopped. */
  start(): void {
    this.running ??= this.run();
  }

  /** Ends the pause after an error too: whoever wakes has just seen the database work. */
  wake(): void {
    this.awake = true;
    this.endPause();
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
      if (pauseMs > 0 && !this.awake) await this.pause(pauseMs);
      this.awake = false;
    }
  }

  private async pause(forMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, forMs);
      // A pause alone is no reason for the process to go on.
      timer.unref();
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
