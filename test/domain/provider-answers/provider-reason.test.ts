import { providerReason } from '../../../domain/provider-answers/provider-reason';

describe('what a provider’s name for a fault says', () => {
  it.each([
    ['sms', '21610', 'The person has replied STOP to a message from our number.'],
    ['sms', '30007', 'Twilio or the telephone company took the message for an unwanted one.'],
    ['sms', '21799', 'Twilio does not accept the messaging service that we send from.'],
    [
      'sms',
      '63999',
      'Twilio gives its reason as a number alone; it is explained at https://www.twilio.com/docs/api/errors/63999.',
    ],
    ['sms', 'http-401', 'The provider does not accept our key: it is wrong, has expired, or was revoked.'],
    [
      'sms',
      'http-599',
      'The provider failed in a way that we do not know, so nobody can tell whether it was accepted.',
    ],
    ['email', 'http-401-credits', 'The credits of the account at SendGrid are used up.'],
    [
      'email',
      'http-504',
      'A gateway of the provider waited too long for an answer, so nobody can tell whether it was accepted.',
    ],
    ['email', 'deadline', 'The provider did not answer in time.'],
    [
      'sms',
      'HPE_INVALID_CONSTANT',
      'What came back was no answer of the provider; something between it and us may be at work.',
    ],
  ] as const)('When %s says %s, then support staff read a sentence about it', (channel, code, words) => {
    expect(providerReason(channel, code)).toBe(words);
  });

  it.each([
    ['email', '21610'],
    ['email', 'toString'],
    ['sms', 'http-401-credits'],
    ['sms', '__proto__'],
    ['sms', ''],
  ] as const)('When %s is said to have called it “%s”, then there is no sentence to make up', (channel, code) => {
    expect(providerReason(channel, code)).toBeNull();
  });
});
