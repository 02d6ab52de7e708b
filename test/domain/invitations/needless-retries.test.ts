import type { InvitationState } from '../../../contract/invitation';
import { needlessRetries } from '../../../domain/invitations/needless-retries';
import type { Generation } from '../../../domain/invitations/needless-retries';

/** Generations of one invitation, one a minute, each with the states that it has had in the seconds since. */
const generations = (...trails: InvitationState[][]): Generation[] =>
  trails.map((states, i) => {
    const start = Date.UTC(2026, 10, 28, 12, i);
    return {
      _id: `import:2:sms:${i + 1}`,
      importId: 'import',
      row: 2,
      channel: 'sms',
      generation: i + 1,
      superseded: i < trails.length - 1,
      state: states.at(-1)!,
      trail: states.map((state, second) => ({ state, at: new Date(start + second * 1000) })),
      createdAt: new Date(start),
    };
  });
/** A state that comes after everything else has happened. */
const later = (generation: Generation, state: InvitationState): Generation => ({
  ...generation,
  state,
  trail: [...generation.trail, { state, at: new Date(Date.UTC(2026, 10, 28, 13)) }],
});
const BOUNCED: InvitationState[] = ['pending', 'sending', 'sent', 'bounced'];
const IN_DOUBT: InvitationState[] = ['pending', 'sending', 'unconfirmed'];
const SENT: InvitationState[] = ['pending', 'sending', 'sent'];

describe('A retry whose message has arrived after all', () => {
  test.each([
    ['had bounced', BOUNCED],
    ['was in doubt', IN_DOUBT],
  ])('is not sent where the message %s', (_, trail) => {
    const [first, retry] = generations(trail, ['pending']);
    expect(needlessRetries([later(first!, 'delivered'), retry!])).toEqual(['import:2:sms:2']);
    expect(needlessRetries([first!, retry!])).toEqual([]);
  });

  test('is not sent where it is the second', () => {
    const [first, second, third] = generations(BOUNCED, BOUNCED, ['pending']);
    expect(needlessRetries([later(first!, 'delivered'), second!, third!])).toEqual(['import:2:sms:3']);
  });

  test.each<InvitationState>(['sending', 'sent', 'bounced'])('is left alone once it is %s', (state) => {
    const [first, retry] = generations(BOUNCED, ['pending']);
    expect(needlessRetries([later(first!, 'delivered'), { ...retry!, state }])).toEqual([]);
  });

  test('a reminder is sent, though the message is reported delivered only now', () => {
    const [first, reminder] = generations(SENT, ['pending']);
    expect(needlessRetries([later(first!, 'delivered'), reminder!])).toEqual([]);
    expect(needlessRetries([later(later(first!, 'bounced'), 'delivered'), reminder!])).toEqual([]);
  });

  test('the retry of a reminder is sent, though the first message is reported delivered only now', () => {
    const [first, reminder, retry] = generations(SENT, BOUNCED, ['pending']);
    expect(needlessRetries([later(first!, 'delivered'), reminder!, retry!])).toEqual([]);
  });

  test('a message to a corrected address is sent', () => {
    const [first, corrected] = generations(BOUNCED, ['pending']);
    expect(needlessRetries([{ ...later(first!, 'delivered'), readdressedAt: new Date() }, corrected!])).toEqual([]);
  });

  test('what has arrived on the other channel, or for another row, says nothing', () => {
    const [first, retry] = generations(BOUNCED, ['pending']);
    const delivered = later(first!, 'delivered');
    expect(needlessRetries([{ ...delivered, channel: 'email' }, retry!])).toEqual([]);
    expect(needlessRetries([{ ...delivered, row: 3 }, retry!])).toEqual([]);
    expect(needlessRetries([{ ...delivered, importId: 'other' }, retry!])).toEqual([]);
  });
});
