import fc from 'fast-check';
import { everyInvitationOnce } from '../test/domain/invitations/commands';
import { RULES } from '../test/domain/invitations/rules';

/**
 * Tries the model of the ledger, as the tests do with 1,000 runs; it needs no server:
 * npm run model -- 10000 [seed]
 * What failed is repeated by the same number and seed; the shortest story that fails is printed.
 */
const DEFAULT_COUNT = '10000';

const [count = DEFAULT_COUNT, seed = `${Math.floor(Math.random() * 2 ** 31)}`] = process.argv.slice(2);
if (![count, seed].every((text) => /^\d{1,10}$/.test(text)) || Number(count) === 0) {
  console.error('Usage: npm run model -- [how many runs] [seed]');
  process.exit(2);
}
const began = performance.now();
const found = fc.check(everyInvitationOnce(RULES), { numRuns: Number(count), seed: Number(seed) });
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(`${found.numRuns} runs with seed ${found.seed} in ${seconds} s`);
if (found.failed) {
  console.error('A story that must not happen:');
  console.error(String(found.errorInstance));
  console.error(JSON.stringify(found.counterexample?.[0]));
  console.error(fc.stringify(found.counterexample?.[1]));
  process.exit(1);
}
console.log('Nobody was invited twice, nothing untrue was said of anybody, and nothing was left open.');
