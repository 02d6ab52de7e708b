import { BUILT_IN_SMS } from '../../domain/message-texts/built-in-texts';
import { contentVariables } from '../../domain/message-texts/content-variables';
import { isProviderTemplate } from '../../domain/message-texts/message-text';
import type { SmsContent } from '../../domain/message-texts/message-text';
import { smsBody } from '../../domain/message-texts/sms-body';
import { classifyTwilio } from '../classify';
import { createHttpTransport } from '../http/http-transport';
import type { HttpTransportOptions, RequestDeadline } from '../http/http-transport';
import type { SendDeadline } from '../send-deadline';
import { valuesIn } from '../sender';
import type { InvitationMessage, InvitationSender, SendOutcome } from '../sender';
import { createTwilioClient } from './twilio-client';
import type { SmsFields, TwilioAccount } from './twilio-client';
import { findAllMessages, lookUpMessage } from './twilio-messages';

export interface TwilioSenderOptions extends TwilioAccount, HttpTransportOptions {
  /** A number in E.164, an alphanumeric sender, or the SID of a Messaging Service (`MG…`). */
  from: string;
  /** The URL to which Twilio reports on the message of an invitation. */
  statusCallback?: ((invitationId: string) => string) | undefined;
}

export function createTwilioSender(options: TwilioSenderOptions): InvitationSender {
  const transport = createHttpTransport(options);
  const from = options.from.startsWith('MG') ? { messagingServiceSid: options.from } : { from: options.from };
  const { client, post } = createTwilioClient(options, from, transport);

  async function sendOne(message: InvitationMessage, deadline: RequestDeadline): Promise<SendOutcome> {
    const sms = {
      to: message.to,
      content: contentOf(message),
      ...(options.statusCallback && { statusCallback: options.statusCallback(message.id) }),
    };
    try {
      return { kind: 'accepted', providerId: await post(sms, deadline) };
    } catch (error) {
      return classifyTwilio(error);
    }
  }

  async function send(messages: readonly InvitationMessage[], deadline: SendDeadline): Promise<SendOutcome[]> {
    const shared = deadline.forRequest();
    const [first] = messages;
    if (first && messages.length === 1) return [await sendOne(first, shared)];
    return Promise.all(messages.map((message) => sendOne(message, shared)));
  }

  return {
    channel: 'sms',
    batchSize: 1,
    send,
    lookUp: (message) => lookUpMessage(client, message),
    findAll: (messages, until) => findAllMessages(client, messages, until),
  };
}

function contentOf(message: InvitationMessage): SmsFields['content'] {
  const text = (message.text as SmsContent | undefined) ?? BUILT_IN_SMS;
  const values = valuesIn(message);
  return isProviderTemplate(text)
    ? { contentSid: text.templateId, contentVariables: JSON.stringify(contentVariables(values)) }
    : { body: smsBody(values, text) };
}
