import fc from 'fast-check';
import { INVITATION_STATES } from '../../../contract/invitation';
import { everyInvitationOnce } from './commands';
import { DEADLINE_MS, FENCE_MS, RULES } from './rules';
import type { Rules } from './rules';

describe('Two workers, a provider, its callbacks, a settler and staff, in any order, with crashes and standstills', () => {
  test('invite everybody once, say of nobody what is not true, and leave nothing open', () => {
    const states = new Set<string>();
    let attempts = 0;
    let generations = 0;
    fc.assert(
      everyInvitationOnce(RULES, ({ invitations }) => {
        for (const { trail, attempts: tried, generation } of invitations) {
          trail.forEach((state) => states.add(state));
          attempts = Math.max(attempts, tried);
          generations = Math.max(generations, generation);
        }
      }),
      { numRuns: 1_000 },
    );
    // Otherwise the test would pass for a model in which hardly anything happens.
    expect([...states].sort()).toEqual([...INVITATION_STATES].sort());
    expect(attempts).toBeGreaterThanOrEqual(3);
    expect(generations).toBeGreaterThanOrEqual(3);
  });

  // The model must notice each rule that is taken away.
  const { moveAfter, settle } = RULES;
  const WITHOUT: [rule: string, Partial<Rules>, fault: RegExp][] = [
    ['the fence', { isExpired: () => false }, /./],
    ['the claim', { claims: false }, /times|but the provider has it/],
    ['the holder of a claim', { holders: false }, /./],
    ['the doubt after a 5xx', { moveAfter: (as) => (as.startsWith('5xx') ? 'release' : moveAfter(as)) }, /./],
    ['the doubt without a reply', { moveAfter: (as) => (as.startsWith('no reply') ? 'release' : moveAfter(as)) }, /./],
    ['a settle window as long as the deadline', { settleWindowMs: DEADLINE_MS - 100 }, /./],
    ['the lag in the settle window', { settleWindowMs: FENCE_MS + DEADLINE_MS }, /./],
    ['the look-up', { settle: (_, ...rest) => settle('not-found', ...rest) }, /./],
    [
      'the second question',
      { settle: (told, ...rest) => settle(told === 'unknown' ? 'not-found' : told, ...rest) },
      /./,
    ],
    ['the policy', { settle: (told, _, ...rest) => settle(told, 'resend-after-settle', ...rest) }, /./],
    ['the wait for the reports of e-mails', { awaitsReports: false }, /./],
    ['the look for a pause', { looksForPauses: false }, /was sent after a pause/],
    ['the wait before a pause is confirmed', { awaitsFence: false }, /was sent after a pause/],
  ];
  test.each(WITHOUT)('When %s is taken away, then this model finds out', (_, change, fault) => {
    const result = fc.check(everyInvitationOnce({ ...RULES, ...change }), { numRuns: 30_000, endOnFailure: true });
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toMatch(fault);
  });
});
