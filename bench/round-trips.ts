import { startWireProxy } from '../test/support/wire-proxy.js';
import type { BenchDatabase } from './database.js';
import { KnownOrders, operations, run } from './operations.js';
import type { Operation } from './operations.js';
import { contestants, startProgram } from './processes.js';
import type { Contestant } from './processes.js';

const amount = 50;
const warmUpAmount = 20;
/** What the driver and the service's heartbeat send whether there are requests or not. */
const unasked: readonly string[] = ['hello', 'ping', 'endSessions', 'isMaster', 'ismaster'];
const heartbeatCollection = 'service_instances';

export type RoundTrips = Readonly<Record<Contestant, Readonly<Record<Operation, number>>>>;

/**
 * Commands to the database per request, counted on the wire between program and server: one request at a time, so that
 * no conflict and no repetition is among them. Undefined where the server is not a single one on this machine.
 */
export async function roundTrips(database: BenchDatabase): Promise<RoundTrips | undefined> {
  const counted = {} as Record<Contestant, Record<Operation, number>>;
  for (const contestant of contestants) {
    const uri = new URL(database.fresh(`${contestant}-trips`));
    if (uri.hostname !== '127.0.0.1' && uri.hostname !== 'localhost') return undefined;
    const proxy = await startWireProxy(Number(uri.port || 27_017));
    uri.host = `127.0.0.1:${proxy.port}`;
    uri.searchParams.set('directConnection', 'true');
    let commands = 0;
    proxy.watch = ({ from, command, request }) => {
      const isOurs = !unasked.includes(command) && !request.includes(heartbeatCollection);
      if (from === 'client' && isOurs) commands += 1;
      return 'pass';
    };
    const program = await startProgram(contestant, uri.href);
    try {
      const load = { url: program.url, known: new KnownOrders(), connections: 1 };
      await run('POST', { ...load, amount: amount + warmUpAmount });
      counted[contestant] = {} as Record<Operation, number>;
      for (const operation of operations) {
        await run(operation, { ...load, amount: warmUpAmount });
        commands = 0;
        await run(operation, { ...load, amount });
        counted[contestant][operation] = commands / amount;
      }
    } finally {
      await program.stop();
      await proxy.end();
    }
  }
  return counted;
}
