import { MAX_ATTEMPTS, settle } from '../../../domain/invitations/settle';
import { fenceOf, shortestSettleWindow } from '../../../domain/invitations/windows';
import type { SendWindows } from '../../../domain/invitations/windows';
import { ConfigError, loadConfig } from '../../../platform/config';
import { SendDeadline } from '../../../providers/send-deadline';

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
  const windows: SendWindows = { fenceMs: fenceOf(1000), deadlineMs: 1000, settleWindowMs: 1600 };
  /** What has expired so many milliseconds after the claim, by the monotonic clock or by the wall clock. */
  function expiredAfter(ms: number, clock: 'monotonic' | 'wall') {
    const [monotonic, wall] = [Math.floor(performance.now()), Date.now()];
    jest.spyOn(performance, 'now').mockReturnValue(monotonic);
    jest.spyOn(Date, 'now').mockReturnValue(wall);
    const deadline = new SendDeadline(windows);
    const [{ begin, end }, record] = [deadline.forRequest(), deadline.forRecord()];
    if (clock === 'monotonic') jest.spyOn(performance, 'now').mockReturnValue(monotonic + ms);
    else jest.spyOn(Date, 'now').mockReturnValue(wall + ms);
    expect(begin.expired()).toBe(deadline.expired());
    return { fence: begin.expired(), request: end.expired(), record: record.expired() };
  }
  afterEach(() => jest.restoreAllMocks());

  test.each([
    [499, { fence: false, request: false, record: false }],
    [500, { fence: true, request: false, record: false }],
    [799, { fence: true, request: false, record: false }],
    [800, { fence: true, request: false, record: true }],
    [999, { fence: true, request: false, record: true }],
    [1000, { fence: true, request: true, record: true }],
  ])('After %i ms by either clock, what has expired is %j', (ms, expired) => {
    expect(expiredAfter(ms, 'monotonic')).toEqual(expired);
    expect(expiredAfter(ms, 'wall')).toEqual(expired);
  });

  test('A wall clock that is set back counts like one that is set forward', () => {
    expect(expiredAfter(-499, 'wall')).toMatchObject({ fence: false });
    expect(expiredAfter(-500, 'wall')).toMatchObject({ fence: true });
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
