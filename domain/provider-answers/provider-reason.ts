import type { Channel } from '../../contract/invitation';
import { meaningOfStatus } from './http-codes';
import { wordsOfFault } from './network-errors';
import { meaningOfSendGridCode } from './sendgrid-codes';
import { meaningOfSendGridReport } from './sendgrid-reports';
import { meaningOfTwilio, meaningOfTwilioCode } from './twilio-codes';

/** What the provider's name for a fault says, in a sentence for support staff; `null` for a name that we do not know. */
export function providerReason(channel: Channel, providerCode: string): string | null {
  const status = /^http-(\d{3})$/.exec(providerCode)?.[1];
  if (channel === 'email') {
    const ours = meaningOfSendGridCode(providerCode) ?? meaningOfSendGridReport(providerCode);
    const known = ours ?? (status && meaningOfStatus(Number(status)));
    return known ? known.words : (wordsOfFault(providerCode) ?? null);
  }
  if (status) return meaningOfTwilio(Number(status), undefined)[0].words;
  if (!/^\d{5,6}$/.test(providerCode)) return wordsOfFault(providerCode) ?? null;
  return (
    meaningOfTwilioCode(Number(providerCode))?.words ??
    `Twilio gives its reason as a number alone; it is explained at https://www.twilio.com/docs/api/errors/${providerCode}.`
  );
}
