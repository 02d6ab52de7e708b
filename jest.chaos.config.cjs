/** The chaos suites, minutes each: `npm run chaos` runs all of them, `npm run chaos -- fail-points` one. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/chaos/suites/**/*.chaos.ts'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
