const { basename, sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** Slow suites. Without times of an earlier run, Jest guesses by the size of the file, and these files are short. */
const LONGEST = ['chaos', 'mutations', 'corpus', 'crashes', 'provider-faults', 'start', 'retries', 'api-crashes'];

/** Starts with the slowest suites, so that no worker is left with one at the end. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const order = new Map(super.sort(tests).map((test, i) => [test, i]));
    const rank = ({ path }) => {
      const place = LONGEST.indexOf(basename(path, '.test.ts'));
      if (place >= 0) return place;
      return path.includes(`${sep}e2e${sep}`) || path.includes(`${sep}cli${sep}`) ? LONGEST.length : LONGEST.length + 1;
    };
    return [...tests].sort((a, b) => rank(a) - rank(b) || order.get(a) - order.get(b));
  }
};
