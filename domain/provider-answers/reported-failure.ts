import type { ProviderReport } from '../invitations/provider-report';
import type { ProviderProblem } from './provider-problem';
import { problemOfSendGridReport } from './sendgrid-reports';
import { problemOfTwilioCode } from './twilio-codes';

type Failure = Required<Pick<ProviderReport, 'code'>> & Pick<ProviderReport, 'providerCode'>;

/** Why Twilio could not deliver a message that it had accepted. */
export function twilioFailure(errorCode: number | undefined): Failure {
  if (errorCode === undefined) return { code: 'invitation.undelivered' };
  return { code: codeOf(problemOfTwilioCode(errorCode)), providerCode: `${errorCode}` };
}

/** Why SendGrid could not deliver a mail that it had accepted, by our own code for it. */
export const sendGridFailure = (providerCode: string): Failure => ({
  code: codeOf(problemOfSendGridReport(providerCode)),
  providerCode,
});

/** A code that leaves an answer in doubt is clear in a report: the message was not delivered. */
const codeOf = (problem: ProviderProblem | undefined): Failure['code'] =>
  !problem || problem.outcome === 'ambiguous' ? 'invitation.undelivered' : problem.code;
