const { basename, sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** These take long, though their files are short, by which jest would guess where it has no times of an earlier run. */
const LONGEST = ['chaos', 'mutations', 'corpus', 'crashes', 'provider-faults', 'start', 'retries', 'api-crashes'];

/** Begins with the suites that take longest, so that not one worker is left with them at the end. */
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
