import type { ProviderReport } from '../invitations/provider-report';
import type { Meaning } from './provider-problem';
import { meaningOfSendGridReport } from './sendgrid-reports';
import { meaningOfTwilioCode } from './twilio-codes';

type Failure = Required<Pick<ProviderReport, 'code'>> & Pick<ProviderReport, 'providerCode'>;

/** Why Twilio could not deliver a message that it had accepted. */
export function twilioFailure(errorCode: number | undefined): Failure {
  if (errorCode === undefined) return { code: 'invitation.undelivered' };
  return { code: problemOf(meaningOfTwilioCode(errorCode)), providerCode: `${errorCode}` };
}

/** Why SendGrid could not deliver a mail that it had accepted, by our own code for it. */
export const sendGridFailure = (providerCode: string): Failure => ({
  code: problemOf(meaningOfSendGridReport(providerCode)),
  providerCode,
});

/** A report leaves no doubt: what an answer would leave open has not been delivered, whatever the reason. */
const problemOf = (meaning: Meaning | undefined): Failure['code'] =>
  !meaning || meaning.outcome === 'ambiguous' ? 'invitation.undelivered' : meaning.problem;
