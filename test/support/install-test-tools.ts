import { installMoto, installNats } from './test-tools.js';

// Before the tests, so that no time limit of theirs has to allow for it: `npm run test:tools`.
await Promise.all([installNats(), installMoto()]);
