import './run-typescript.mjs';

/** Jest calls it once, before it starts its workers, which inherit the environment. */
export default async function globalSetup(): Promise<void> {
  // Jest itself cannot resolve our `.js` here: the imports must come after the hooks of the one above are in place.
  const { buildService } = await import('./build-service.js');
  await buildService();
  // Whoever names a server, a real MongoDB for instance, gets the tests run on that.
  if (process.env['TEST_MONGODB_URI']) return;
  const { startTestServer } = await import('./database-server.js');
  const server = await startTestServer((message) => process.stderr.write(`${message}\n`));
  process.env['TEST_MONGODB_URI'] = server.uri;
  // Jest loads setup and teardown apart from each other; what they share is the process.
  Object.assign(globalThis, { ordersTestServer: server });
}
