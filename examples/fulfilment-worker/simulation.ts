import { Worker } from 'node:worker_threads';

/** What a simulation finds out; the stand-in estimates pi. */
export interface SimulationResult {
  readonly samples: number;
  readonly pi: number;
}

/** What the thread tells. */
export type SimulationMessage = { readonly percent: number } | { readonly result: SimulationResult };

/** What the thread is given. */
export interface SimulationTask {
  readonly seconds: number;
}

/**
 * Runs in a thread of its own: it needs the whole of a processor, and the main thread has webhooks to answer.
 * @param signal ends the thread at once, wherever it is
 * @throws the signal's reason; Error when the thread failed
 */
export async function simulate(
  seconds: number,
  signal: AbortSignal,
  onProgress: (percent: number) => void,
): Promise<SimulationResult> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<SimulationResult>();
  const task: SimulationTask = { seconds };
  const thread = new Worker(new URL('./simulation-thread.ts', import.meta.url), { workerData: task });
  thread.on('message', (message: SimulationMessage) => {
    if (signal.aborted) return;
    if ('result' in message) resolve(message.result);
    else onProgress(message.percent);
  });
  thread.once('error', reject);
  // After a result this changes nothing any more.
  thread.once('exit', () => reject(signal.aborted ? (signal.reason as Error) : new Error('the simulation broke off')));
  const stop = (): void => void thread.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
