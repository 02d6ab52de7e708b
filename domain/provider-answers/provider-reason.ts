import type { Channel } from '../../contract/invitation';
import { problemOfStatus } from './http-codes';
import { reasonOfNetworkError } from './network-errors';
import { problemOfSendGridCode } from './sendgrid-codes';
import { problemOfSendGridReport } from './sendgrid-reports';
import { problemOfTwilio, problemOfTwilioCode } from './twilio-codes';

/** One sentence for support staff about a `providerCode` of the ledger; `null` for an unknown code. */
export function providerReason(channel: Channel, providerCode: string): string | null {
  const status = /^http-(\d{3})$/.exec(providerCode)?.[1];
  if (channel === 'email') {
    const ours = problemOfSendGridCode(providerCode) ?? problemOfSendGridReport(providerCode);
    const known = ours ?? (status && problemOfStatus(Number(status)));
    return known ? known.reason : (reasonOfNetworkError(providerCode) ?? null);
  }
  if (status) return problemOfTwilio(Number(status), undefined)[0].reason;
  if (!/^\d{5,6}$/.test(providerCode)) return reasonOfNetworkError(providerCode) ?? null;
  return (
    problemOfTwilioCode(Number(providerCode))?.reason ??
    `Twilio gives a number as its reason and explains it at https://www.twilio.com/docs/api/errors/${providerCode}.`
  );
}
