import type { SendWindows } from '../../domain/invitations/windows';
import { SendDeadline } from '../../providers/send-deadline';
import type { InvitationMessage } from '../../providers/sender';
import { createSendGridSender } from '../../providers/sendgrid/sendgrid-sender';
import type { SendGridSenderOptions } from '../../providers/sendgrid/sendgrid-sender';
import { createTwilioSender } from '../../providers/twilio/twilio-sender';
import type { TwilioSenderOptions } from '../../providers/twilio/twilio-sender';

/** All of it secret or personal: none of these may show in what a sender returns or throws. */
export const CANARIES = {
  authToken: 'canary-auth-token',
  apiKey: 'SG.canary-api-key',
  mobile: '+447700900123',
  email: 'canary@example.test',
  firstName: 'Canarina',
  organisationName: 'Canary Wealth',
  token: 'canary0token',
} as const;
export const ACCOUNT_SID = 'AC00000000000000000000000000000001';
/** For tests that wait until it is over. */
export const DEADLINE_MS = 600;
/** For all others: a busy machine takes its time to answer. */
const PATIENCE_MS = 10_000;

export const twilioSender = (baseUrl: string, over: Partial<TwilioSenderOptions> = {}) =>
  createTwilioSender({
    accountSid: ACCOUNT_SID,
    authToken: CANARIES.authToken,
    from: '+15005550006',
    baseUrl,
    deadlineMs: PATIENCE_MS,
    connections: 4,
    ...over,
  });

export const sendGridSender = (baseUrl: string, over: Partial<SendGridSenderOptions> = {}) =>
  createSendGridSender({
    apiKey: CANARIES.apiKey,
    from: 'Client Import <invitations@example.test>',
    baseUrl,
    deadlineMs: PATIENCE_MS,
    connections: 4,
    batchSize: 25,
    ...over,
  });

export const sendDeadline = (over: Partial<SendWindows> = {}): SendDeadline =>
  new SendDeadline({ fenceMs: PATIENCE_MS, deadlineMs: PATIENCE_MS, settleWindowMs: 3 * PATIENCE_MS, ...over });

export const message = (over: Partial<InvitationMessage> = {}): InvitationMessage => ({
  id: 'invitation-1',
  token: CANARIES.token,
  to: CANARIES.mobile,
  firstName: CANARIES.firstName,
  organisationName: CANARIES.organisationName,
  link: `https://messenger.example/join/${over.token ?? CANARIES.token}`,
  ...over,
});

/** Everything about a value that could end up in a log or a history. */
export function everythingOf(value: unknown): string {
  const error = value instanceof Error ? [value.message, value.stack, String(value.cause), value.name] : [];
  const own = typeof value === 'object' && value !== null ? Object.getOwnPropertyNames(value).join() : '';
  return [JSON.stringify(value), own, ...error].join('\n');
}

export function expectNoCanary(value: unknown): void {
  const text = everythingOf(value);
  const basic = Buffer.from(`${ACCOUNT_SID}:${CANARIES.authToken}`).toString('base64');
  for (const canary of [
    ...Object.values(CANARIES),
    basic,
    encodeURIComponent(CANARIES.mobile),
    CANARIES.mobile.slice(1),
  ]) {
    expect(text).not.toContain(canary);
  }
}
