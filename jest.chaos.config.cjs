/** The chaos suites, which take minutes each: `npm run chaos`, or one of them by name: `npm run chaos -- fail-points`. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/chaos/suites/*.chaos.ts'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
