import { readFileSync } from 'node:fs';
import { URL } from 'node:url';

/**
 * `npm run test:mutation`: changes the pure rules in one small way after another and expects a unit spec to fail each
 * time. docs/mutation-testing.md tells the last figures and why each survivor may live.
 */

/** What the unit specs beside these files decide alone. All else is proved on a running service, too slowly for this. */
const mutate = [
  'src/orders/domain/*.ts',
  'src/orders/orders-cursor.ts',
  'src/database/uuid-v7.ts',
  'src/idempotency/fingerprint.ts',
  'src/idempotency/idempotency-key.ts',
  'src/http/entity-tag.ts',
  'src/http/json-pointer.ts',
  'src/http/page-cursor.ts',
  'src/http/request-id.ts',
  'src/http/rfc3339.ts',
];

const { jest } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
/** The project's own settings, but for the database, which no unit spec needs, and the coverage. */
const unitTests = Object.fromEntries(Object.entries(jest).filter(([name]) => !/^(global|coverage|collect)/.test(name)));

export default {
  mutate: [...mutate, '!src/**/*.spec.ts'],
  testRunner: 'jest',
  // Jest runs ECMAScript modules only with this (https://jestjs.io/docs/ecmascript-modules).
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    config: {
      ...unitTests,
      roots: ['<rootDir>/src'],
      testPathIgnorePatterns: ['/src/(auth|config|logging)/', '/embedded/'],
    },
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  tempDirName: '.cache/stryker',
  ignorePatterns: ['coverage', 'dist', '.test-build', '.cache', '.data', 'docs'],
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.cache/mutation/mutation.json' },
  htmlReporter: { fileName: '.cache/mutation/mutation.html' },
  thresholds: { high: 98, low: 95, break: 95 },
};
