import type { Channel } from '../contract/invitation';
import { ConfigError } from '../platform/config';
import type { Config } from '../platform/config';
import { baseUrlProblem } from './base-urls';
import { createNoticeSender } from './sendgrid/notice-sender';
import type { NoticeSender } from './sendgrid/notice-sender';
import { SendDeadline } from './send-deadline';
import type { InvitationMessage, InvitationSender, ProviderRecords } from './sender';
import { createSendGridSender } from './sendgrid/sendgrid-sender';
import { createTwilioSender } from './twilio/twilio-sender';

/** Connections for each request that one chunk keeps in flight: several chunks share a worker, and none should wait for long. */
const CHUNKS_AT_ONCE = 4;

/** Creates the senders of all channels. Throws one `ConfigError` that names every missing or invalid variable. */
export function createSenders(config: Config): Record<Channel, InvitationSender> {
  const { invitations, twilio, sendgrid } = config;
  const problems: string[] = [];
  const need = (name: string, value: string | undefined): string => {
    if (value === undefined || value.trim() === '') problems.push(`  - ${name}: missing`);
    return value?.trim() ?? '';
  };
  const accountSid = need('TWILIO_ACCOUNT_SID', twilio.accountSid);
  if (accountSid !== '' && !accountSid.startsWith('AC')) {
    problems.push('  - TWILIO_ACCOUNT_SID: must be the SID of an account, which starts with AC');
  }
  const authToken = need('TWILIO_AUTH_TOKEN', twilio.authToken);
  const smsFrom = need('TWILIO_FROM', twilio.from);
  const apiKey = need('SENDGRID_API_KEY', sendgrid.apiKey);
  const emailFrom = need('SENDGRID_FROM', sendgrid.from);
  const ofHosts = [baseUrlProblem('twilio', twilio.baseUrl), baseUrlProblem('sendgrid', sendgrid.baseUrl)];
  problems.push(...ofHosts.flatMap((problem) => (problem ? [`  - ${problem}`] : [])));
  if (problems.length > 0) {
    throw new ConfigError(`Invitations cannot be sent with these settings:\n${problems.join('\n')}`);
  }
  const { deadlineMs, concurrency, emailBatchSize } = invitations;
  const callbacks = config.webhooks.baseUrl;
  return {
    email: createSendGridSender({
      apiKey,
      from: emailFrom,
      baseUrl: sendgrid.baseUrl,
      deadlineMs,
      connections: concurrency.email * CHUNKS_AT_ONCE,
      batchSize: emailBatchSize,
    }),
    sms: createTwilioSender({
      accountSid,
      authToken,
      from: smsFrom,
      baseUrl: twilio.baseUrl,
      deadlineMs,
      connections: concurrency.sms * CHUNKS_AT_ONCE,
      statusCallback: callbacks === undefined ? undefined : (id) => twilioCallbackUrl(callbacks, id),
    }),
  };
}

/** The sender of notices, by the same account as invitations. The settings are those that `createSenders` has checked. */
export const createNotices = ({ sendgrid, invitations }: Config): NoticeSender =>
  createNoticeSender({
    ...{ apiKey: sendgrid.apiKey ?? '', from: sendgrid.from ?? '', baseUrl: sendgrid.baseUrl },
    deadlineMs: invitations.deadlineMs,
  });

/** Twilio repeats the address of its callback as it was given, so the id comes back with every report. */
const twilioCallbackUrl = (baseUrl: string, invitationId: string): string =>
  `${baseUrl.replace(/\/+$/, '')}/v1/webhooks/twilio?invitation=${encodeURIComponent(invitationId)}`;

/**
 * Sends one message that no claim stands behind: a test of a text, to somebody who expects it. Resolves with `accepted` or why not, in
 * the provider's words. Absent without credentials.
 */
export function createTestSender(
  config: Config,
): ((channel: Channel, message: InvitationMessage) => Promise<string>) | undefined {
  const senders = sendersIfConfigured(config);
  if (!senders) return undefined;
  const { deadlineMs } = config.invitations;
  const windows = { deadlineMs, fenceMs: deadlineMs, settleWindowMs: config.timing.settleWindowMs };
  return async (channel, message) => {
    const [outcome] = await senders[channel].send([message], new SendDeadline(windows));
    if (outcome!.kind === 'accepted') return 'accepted';
    return outcome!.kind === 'ambiguous' ? outcome!.cause : outcome!.providerCode;
  };
}

/** Look-ups of everything that the providers hold, for those that can be asked with these settings. Credentials may be missing. */
export function createProviderRecords(config: Config): ProviderRecords {
  const senders = sendersIfConfigured(config);
  if (!senders) return {};
  const { email, sms } = senders;
  return { ...(email.findAll && { email: email.findAll }), ...(sms.findAll && { sms: sms.findAll }) };
}

function sendersIfConfigured(config: Config): Record<Channel, InvitationSender> | undefined {
  try {
    return createSenders(config);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
