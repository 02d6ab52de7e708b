import { MAX_ATTEMPTS, settle } from '../../../domain/invitations/settle';
import { fenceOf, mayStillSend, shortestSettleWindow } from '../../../domain/invitations/windows';
import { ConfigError, loadConfig } from '../../../platform/config';

describe('What becomes of an invitation in doubt', () => {
  test.each(['never-twice', 'resend-after-settle'] as const)(
    'When the provider holds it, then it is sent (%s)',
    (policy) => {
      expect(settle('accepted', policy, MAX_ATTEMPTS, true)).toBe('sent');
    },
  );

  test.each(['never-twice', 'resend-after-settle'] as const)(
    'When the provider could not be asked, then it is asked again (%s)',
    (policy) => {
      expect(settle('unknown', policy, 1, true)).toBe('ask-again');
    },
  );

  test('When the provider does not hold it, then it is sent again only where the policy says so and its person is still there', () => {
    expect(settle('not-found', 'resend-after-settle', 1, true)).toBe('resend');
    expect(settle('not-found', 'resend-after-settle', 1, false)).toBe('unconfirmed');
    expect(settle('not-found', 'never-twice', 1, true)).toBe('unconfirmed');
  });

  test('When it was sent five times and never arrived, then a person is to look at it', () => {
    expect(settle('not-found', 'resend-after-settle', MAX_ATTEMPTS - 1, true)).toBe('resend');
    expect(settle('not-found', 'resend-after-settle', MAX_ATTEMPTS, true)).toBe('unconfirmed');
  });
});

describe('The windows of a send', () => {
  test('When a claim is as old as the fence, then it is too old', () => {
    expect([499, 500, 501].map((age) => mayStillSend(age, fenceOf(1000)))).toEqual([true, false, false]);
  });

  test.each([
    [10_000, 10_000],
    [2_501, 250],
    [1, 1],
  ])(
    'When a deadline is %i ms and a lag %i ms, then the configuration takes the shortest safe window and none below',
    (deadlineMs, lagMs) => {
      const shortest = shortestSettleWindow({ deadlineMs, lagMs });
      const withWindow = (ms: number) =>
        loadConfig({ PROVIDER_DEADLINE_MS: `${deadlineMs}`, PROVIDER_LAG_MS: `${lagMs}`, SETTLE_WINDOW_MS: `${ms}` });
      expect(withWindow(shortest).timing.settleWindowMs).toBe(shortest);
      expect(() => withWindow(shortest - 1)).toThrow(ConfigError);
    },
  );
});
