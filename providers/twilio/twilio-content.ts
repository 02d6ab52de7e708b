import { contentPlaceholders } from '../../domain/message-texts/template-check';
import type { HttpTransport } from '../http/http-transport';
import type { TemplateAnswer } from '../template-answer';
import { createTwilioQuestions } from './twilio-client';
import type { TwilioAccount } from './twilio-client';

/** Asks for content (`GET https://content.twilio.com/v1/Content/{sid}`). Each account has its own. */
export function twilioContent(
  account: TwilioAccount,
  transport: HttpTransport,
): (contentSid: string) => Promise<TemplateAnswer> {
  const client = createTwilioQuestions(account, transport);
  return async (contentSid) => {
    const { types } = await client.content.v1.contents(contentSid).fetch();
    return { kind: 'found', variables: contentPlaceholders(types) };
  };
}
