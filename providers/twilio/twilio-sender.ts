import { classifyTwilio } from '../classify';
import { createHttpTransport } from '../http/http-transport';
import type { HttpTransportOptions, RequestDeadline } from '../http/http-transport';
import type { SendDeadline } from '../send-deadline';
import type { InvitationMessage, InvitationSender, SendOutcome } from '../sender';
import { smsBody } from '../templates';
import { createTwilioClient } from './twilio-client';
import type { TwilioAccount } from './twilio-client';
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
      body: smsBody(message),
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
    return Promise.all(messages.map((message) => sendOne(message, shared)));
  }

  return {
    channel: 'sms',
    batchSize: 1,
    send,
    lookUp: (message) => lookUpMessage(client, message),
    findAll: (messages) => findAllMessages(client, messages),
  };
}
