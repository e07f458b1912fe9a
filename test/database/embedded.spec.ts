import { uniqueDatabaseUri } from '../support/database-server.js';

it('x', () => {
  expect(uniqueDatabaseUri()).toMatch(/^mongo/);
});
