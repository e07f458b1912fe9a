import { installKubernetesValidate, installMoto, installNats } from './test-tools.js';

// Before the tests, so that no time limit of theirs has to allow for it: `npm run test:tools`. One after the other, since
// the failure of one must not end the other half-way.
await installMoto();
await installNats();
await installKubernetesValidate();
