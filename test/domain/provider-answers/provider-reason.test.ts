import { providerReason } from '../../../domain/provider-answers/provider-reason';

describe('the reason of a provider', () => {
  it.each([
    ['sms', '21610', 'The person has replied STOP to a message from our number.'],
    ['sms', '30007', 'Twilio or the telephone company treated the message as spam.'],
    ['sms', '21799', 'Twilio does not accept the messaging service that we send from.'],
    [
      'sms',
      '63999',
      'Twilio gives a number as its reason and explains it at https://www.twilio.com/docs/api/errors/63999.',
    ],
    ['sms', 'http-401', 'The provider does not accept our key: it is wrong, has expired, or was revoked.'],
    [
      'sms',
      'http-599',
      'The provider failed with a status that we do not know, so it is unknown whether the message was accepted.',
    ],
    ['email', 'http-401-credits', 'The credits of the account at SendGrid are used up.'],
    [
      'email',
      'http-504',
      'A gateway of the provider waited too long for an answer, so it is unknown whether the message was accepted.',
    ],
    ['email', 'deadline', 'The provider did not answer in time.'],
    [
      'sms',
      'HPE_INVALID_CONSTANT',
      'The answer is invalid HTTP; a proxy between us and the provider may have written it.',
    ],
  ] as const)('support staff read a sentence about the code of %s, %s', (channel, code, reason) => {
    expect(providerReason(channel, code)).toBe(reason);
  });

  it.each([
    ['email', '21610'],
    ['email', 'toString'],
    ['sms', 'http-401-credits'],
    ['sms', '__proto__'],
    ['sms', ''],
  ] as const)('no sentence is made up for the unknown code of %s, “%s”', (channel, code) => {
    expect(providerReason(channel, code)).toBeNull();
  });
});
