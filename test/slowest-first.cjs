const { relative, sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;
const LONG_SUITES = require('./long-suites.cjs');

const ROOT = `${__dirname}${sep}..`;

/**
 * Starts with the slowest suites, so that no worker is left with one at the end. Without times of an earlier run, Jest guesses by the
 * size of the file, and these files are short.
 */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const order = new Map(super.sort(tests).map((test, i) => [test, i]));
    const rank = ({ path }) => {
      const place = LONG_SUITES.indexOf(relative(ROOT, path).split(sep).join('/'));
      if (place >= 0) return place;
      return path.includes(`${sep}e2e${sep}`) || path.includes(`${sep}cli${sep}`)
        ? LONG_SUITES.length
        : LONG_SUITES.length + 1;
    };
    return [...tests].sort((a, b) => rank(a) - rank(b) || order.get(a) - order.get(b));
  }
};
