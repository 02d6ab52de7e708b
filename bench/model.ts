import fc from 'fast-check';
import { everyInvitationOnce } from '../test/domain/invitations/commands';
import { RULES } from '../test/domain/invitations/rules';

/**
 * Tries the model of the ledger, as the tests do with 1,000 runs; it needs no server:
 * npm run model -- 10000 [seed]
 * The same number and seed repeat a failure; the shortest sequence that fails is printed.
 */
const DEFAULT_COUNT = '10000';

const [count = DEFAULT_COUNT, seed = `${Math.floor(Math.random() * 2 ** 31)}`] = process.argv.slice(2);
if (![count, seed].every((text) => /^\d{1,10}$/.test(text)) || Number(count) === 0) {
  console.error('Usage: npm run model -- [how many runs] [seed]');
  process.exit(2);
}
const began = performance.now();
const result = fc.check(everyInvitationOnce(RULES), { numRuns: Number(count), seed: Number(seed) });
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(`${result.numRuns} runs with seed ${result.seed} in ${seconds} s`);
if (result.failed) {
  console.error('A sequence that must not happen:');
  console.error(String(result.errorInstance));
  console.error(JSON.stringify(result.counterexample?.[0]));
  console.error(fc.stringify(result.counterexample?.[1]));
  process.exit(1);
}
console.log('Everybody was invited once, every state is true, and nothing was left open.');
