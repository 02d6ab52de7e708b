const LONG_SUITES = require('./test/long-suites.cjs');

/** The suites that `npm test` leaves out. */
module.exports = {
  ...require('./jest.config.js'),
  testPathIgnorePatterns: ['/node_modules/'],
  testMatch: LONG_SUITES.map((suite) => `<rootDir>/${suite}`),
};
