import { INVITATION_STATES } from '../../../contract/invitation';
import type { InvitationState } from '../../../contract/invitation';
import type { ProblemCode } from '../../../contract/problem-codes';
import { failoverCause, failoverSentence, secondChannel, secondMessage } from '../../../domain/invitations/failover';
import type { FirstMessage } from '../../../domain/invitations/failover';

const AT = new Date('2026-11-30T09:00:30Z');
const after = (minutes: number): Date => new Date(AT.getTime() + minutes * 60_000);
const in24Hours = new Date('2026-12-01T09:01:00Z');
const DAY = { afterHours: 24 };

const message = (state: InvitationState, code?: ProblemCode): FirstMessage => ({
  state,
  ...(code && { code }),
  trail: [{ state, at: AT }],
});

describe('The message on the second channel', () => {
  test.each([
    ['pending', undefined, { until: new Date('2026-12-01T09:06:00Z') }],
    ['sending', undefined, { until: in24Hours }],
    ['sent', undefined, { until: in24Hours }],
    ['sent', 'invitation.opted-out', 'not-needed'],
    ['delivered', undefined, 'not-needed'],
    ['accepted', undefined, 'not-needed'],
    ['unconfirmed', 'invitation.unconfirmed', { until: in24Hours }],
    ['failed', 'invitation.address-refused', 'send'],
    ['failed', 'invitation.opted-out', 'send'],
    ['failed', 'invitation.provider-unavailable', 'send'],
    ['failed', 'invitation.refused-at-night', { until: in24Hours }],
    ['bounced', 'invitation.bounced', 'send'],
    ['bounced', 'invitation.undelivered', 'send'],
    ['suppressed', 'mobile.landline', 'send'],
    ['suppressed', 'invitation.opted-out', 'send'],
    ['suppressed', 'invitation.elsewhere', { until: in24Hours }],
    ['cancelled', undefined, 'send'],
  ] as const)('with a first one that is %s (%s) five minutes later', (state, code, expected) => {
    expect(secondMessage(message(state, code), DAY, after(5))).toEqual(expected);
  });

  test('is not needed once the first one is delivered', () => {
    expect(secondMessage(message('delivered'), DAY, in24Hours)).toBe('not-needed');
  });

  test('waits for a first one that is not sent yet, however long that takes', () => {
    expect(secondMessage(message('pending'), DAY, new Date('2026-12-05T09:00:00Z'))).toEqual({
      until: new Date('2026-12-06T09:00:00Z'),
    });
  });

  test('is sent at once where there is no first one', () => {
    expect(secondMessage(undefined, DAY, AT)).toBe('send');
  });

  test.each(INVITATION_STATES.filter((state) => state !== 'delivered' && state !== 'accepted' && state !== 'pending'))(
    'is sent a day after a first one that is %s still',
    (state) => {
      const due = in24Hours.getTime();
      expect(secondMessage(message(state), DAY, new Date(due))).toBe('send');
    },
  );

  test('waits for as long as the first one does, and its own time after that', () => {
    const deferred = { until: new Date('2026-12-03T08:00:00Z') };
    expect(secondMessage({ ...message('pending'), deferred }, DAY, AT)).toEqual({
      until: new Date('2026-12-04T08:00:00Z'),
    });
    expect(secondMessage({ ...message('pending'), deferred }, DAY, new Date('2026-12-03T09:00:00Z'))).toEqual({
      until: new Date('2026-12-04T09:00:00Z'),
    });
  });

  test('goes by the other channel', () => {
    expect(secondChannel({ first: 'email' })).toBe('sms');
    expect(secondChannel({ first: 'sms' })).toBe('email');
  });
});

describe('Why a second message was sent', () => {
  const trail = (...states: InvitationState[]): FirstMessage['trail'] =>
    states.map((state, i) => ({ state, at: after(i) }));

  test.each([
    [[['pending', 'sending', 'sent']], 9, 'not-delivered'],
    [[['pending', 'sending', 'sent', 'bounced']], 9, 'bounced'],
    [[['pending', 'sending', 'sent', 'bounced']], 2, 'not-delivered'],
    [[['pending', 'sending', 'failed']], 9, 'failed'],
    [[['suppressed']], 9, 'not-sent'],
    [[], 9, 'not-sent'],
  ] as [InvitationState[][], number, string][])('%j, claimed after %i minutes: %s', (trails, minutes, expected) => {
    const generations = trails.map((states) => ({ trail: trail(...states) }));
    expect(failoverCause(generations, after(minutes))).toBe(expected);
  });

  test('is told in a sentence', () => {
    const failover = { first: 'sms', afterHours: 48 } as const;
    expect(failoverSentence('bounced', failover)).toBe('Sent because the SMS bounced.');
    expect(failoverSentence('failed', failover)).toBe('Sent because the SMS could not be sent.');
    expect(failoverSentence('not-sent', failover)).toBe('Sent because there was no SMS.');
    expect(failoverSentence('not-delivered', failover)).toBe('Sent because the SMS was not delivered within 48 hours.');
  });
});
