import { once } from 'node:events';
import { connect } from 'node:net';
import { uniqueDatabaseUri } from '../support/database-server.js';
import { startService } from '../support/service-process.js';

describe('A service that is told to end', () => {
  it.each([
    ['nothing', ''],
    ['half a request', 'GET /healthz HTTP/1.1\r\nHost: x\r\n'],
  ])('is not held up by a connection on which %s was sent', async (_name, bytes) => {
    const service = await startService({ MONGODB_URI: uniqueDatabaseUri('silent') });
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    try {
      await once(socket, 'connect');
      if (bytes !== '') socket.write(bytes);
      // The connection has reached the service when a later one was answered.
      await (await fetch(`${service.url}/healthz`)).text();
      const startedAt = Date.now();
      expect(await service.terminate()).toBe(0);
      expect(Date.now() - startedAt).toBeLessThan(8_000);
    } finally {
      socket.destroy();
      await service.kill9();
    }
  });
});
