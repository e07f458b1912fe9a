import { parentPort, workerData } from 'node:worker_threads';
import type { SimulationMessage, SimulationTask } from './simulation.ts';

/** The stand-in for a long simulation. Put the real one here: it tells how far it is, and its result at the end. */
const slices = 10;

const { seconds } = workerData as SimulationTask;
let samples = 0;
let inside = 0;
for (let slice = 1; slice <= slices; slice++) {
  throwDarts((seconds * 1_000) / slices);
  tell({ percent: (slice / slices) * 100 });
}
tell({ result: { samples, pi: (4 * inside) / samples } });

/** At a quarter of a circle, for so many milliseconds. */
function throwDarts(forMs: number): void {
  const until = performance.now() + forMs;
  do {
    for (let dart = 0; dart < 10_000; dart++) if (Math.hypot(Math.random(), Math.random()) < 1) inside++;
    samples += 10_000;
  } while (performance.now() < until);
}

function tell(message: SimulationMessage): void {
  parentPort?.postMessage(message);
}
