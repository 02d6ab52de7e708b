const LONG_SUITES = require('./test/long-suites.cjs');

/** `npm test -- test/e2e/corpus` runs that suite, long or not. */
const isNamed = process.argv.slice(2).some((argument) => argument.startsWith('test/'));

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', ...(isNamed ? [] : LONG_SUITES)],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  setupFiles: ['<rootDir>/test/fixed-seed.ts'],
  // Packages of ECMAScript modules alone, which Jest cannot require.
  transformIgnorePatterns: ['/node_modules/(?!(?:jose|openid-client|oauth4webapi)/)'],
  transform: {
    '(\\.ts|/node_modules/(?:jose|openid-client|oauth4webapi)/.+\\.js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  testSequencer: '<rootDir>/test/slowest-first.cjs',
  // More than two waits of `until`, each of which says what it has waited for.
  testTimeout: 120_000,
  maxWorkers: 2,
  // A process that has run many suites collects garbage for longer than a new one takes to start.
  workerIdleMemoryLimit: '600MB',
};
