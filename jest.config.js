/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  setupFiles: ['<rootDir>/test/fixed-seed.ts'],
  // A package of ECMAScript modules alone, which Jest cannot require.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  transform: {
    '(\\.ts|/node_modules/jose/.+\\.js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  testSequencer: '<rootDir>/test/slowest-first.cjs',
  testTimeout: 60_000,
  maxWorkers: 2,
  // A process that has run a hundred suites collects garbage for longer than the rest of them takes.
  workerIdleMemoryLimit: '1GB',
};
