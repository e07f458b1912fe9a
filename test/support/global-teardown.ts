import type { EmbeddedDatabase } from '../../src/database/embedded/embedded-database.js';

/** Ends the server that the global setup started; there is none when the person named one. */
export default async function globalTeardown(): Promise<void> {
  await (globalThis as { ordersTestServer?: EmbeddedDatabase }).ordersTestServer?.stop();
}
