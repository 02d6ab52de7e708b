import { createHmac, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CallbackDelivery, CallbackPost } from '../callbacks/delivery';
import type { CallbackEntry, CallbackLog } from '../callbacks/log';
import { callbackOrder, postInOrder } from '../callbacks/order';
import { randomId } from '../http/random-id';
import { objectOf, text, webUrl } from '../http/schema';
import type { LedgerMessage } from '../ledger/ledger';
import type { MessageOutcome, OutcomePlan } from '../outcomes/plan';
import type { TwilioOutcome } from '../outcomes/schema';
import { TWILIO_API } from './answers';
import { countSegments } from './segments';

export interface TwilioStatus {
  status: 'sent' | 'delivered' | 'undelivered' | 'failed';
  code?: number;
}

/** The parts of a send request that its callbacks depend on. */
interface TwilioRequest {
  /** Signs the callbacks. */
  authToken: string;
  /** `''` for no callbacks. */
  statusCallback: string;
}

/** A message from a person, such as STOP. */
export const inboundSchema = objectOf({
  url: webUrl,
  from: text,
  to: text.optional(),
  body: text,
  optOutType: text.optional(),
  /** If absent, that of the request that sent the last message to this person. */
  authToken: text.optional(),
});
type InboundRequest = z.infer<typeof inboundSchema>;

export interface TwilioCallbacks {
  reportOutcome(message: LedgerMessage, request: TwilioRequest): void;
  /** The final status of a message, as its look-up shows it. */
  statusOf(message: LedgerMessage): TwilioStatus;
  /** Resolves after the first attempt. Throws a `RangeError` if there is no token to sign with. */
  postInbound(inbound: InboundRequest): Promise<CallbackEntry>;
}

export function createTwilioCallbacks(deps: {
  callbackLog: CallbackLog;
  delivery: CallbackDelivery;
  outcomes: OutcomePlan;
}): TwilioCallbacks {
  const { callbackLog, delivery, outcomes } = deps;
  const finalStatuses = new Map<string, TwilioStatus>();
  const lastSendTo = new Map<string, { message: LedgerMessage; authToken: string }>();

  return {
    reportOutcome(message, { authToken, statusCallback }) {
      const outcome = outcomes.outcomeOf(message);
      const statuses = statusesOf(outcome);
      finalStatuses.set(message.id, statuses.at(-1)!);
      lastSendTo.set(message.to, { message, authToken });
      if (statusCallback === '' || outcome.outcome === 'silent') return;
      const invitation = invitationIn(statusCallback);
      const shared = { provider: 'twilio', url: statusCallback, invitation, id: message.id, to: message.to } as const;
      const callbacks = callbackOrder(statuses, outcome).map((status) => ({
        status,
        entry: callbackLog.open({ ...shared, event: status.status }),
      }));
      void postInOrder(callbacks, outcome.delayMs ?? 0, ({ status, entry }) =>
        delivery.post(signedPost(entry, statusForm(message, status), authToken)),
      );
    },
    statusOf: ({ id }) => finalStatuses.get(id) ?? { status: 'delivered' },
    async postInbound({ url, from, body, to, optOutType, authToken }) {
      const lastSend = lastSendTo.get(from);
      const token = authToken ?? lastSend?.authToken;
      if (!token) throw new RangeError(`No message has been sent to ${from} yet; give the "authToken" to sign with.`);
      const id = `SM${randomId('hex')}`;
      const entry = callbackLog.open({
        provider: 'twilio',
        url,
        id,
        to: from,
        event: 'inbound',
        invitation: invitationIn(url),
      });
      const form = {
        ...inboundForm(id, lastSend?.message.account ?? `AC${'0'.repeat(32)}`, body),
        From: from,
        To: to ?? lastSend?.message.from ?? '',
        ...(optOutType !== undefined && { OptOutType: optOutType }),
      };
      await delivery.post(signedPost(entry, form, token));
      return entry;
    },
  };
}

const USUAL_CODES: Readonly<Partial<Record<TwilioOutcome, number>>> = {
  undelivered: 30003,
  'delivered-after-all': 30003,
  failed: 30008,
  'opted-out': 21610,
};

/** The statuses of a message, one after the other; the last one is final. */
function statusesOf({ outcome, code = USUAL_CODES[outcome as TwilioOutcome] }: MessageOutcome): TwilioStatus[] {
  const error = code === undefined ? {} : { code };
  switch (outcome as TwilioOutcome) {
    case 'silent':
      return [{ status: 'sent' }];
    case 'undelivered':
      return [{ status: 'sent' }, { status: 'undelivered', ...error }];
    case 'delivered-after-all':
      return [{ status: 'sent' }, { status: 'undelivered', ...error }, { status: 'delivered' }];
    case 'failed':
    case 'opted-out':
      return [{ status: 'failed', ...error }];
    case 'delivered':
      return [{ status: 'sent' }, { status: 'delivered' }];
  }
}

type Form = Readonly<Record<string, string>>;

const statusForm = ({ id, to, from, account }: LedgerMessage, { status, code }: TwilioStatus): Form => ({
  AccountSid: account,
  ApiVersion: TWILIO_API.slice(1),
  ...(code !== undefined && { ErrorCode: `${code}` }),
  ...(from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }),
  MessageSid: id,
  MessageStatus: status,
  SmsSid: id,
  SmsStatus: status,
  To: to,
});

const inboundForm = (id: string, account: string, body: string): Form => ({
  AccountSid: account,
  ApiVersion: TWILIO_API.slice(1),
  Body: body,
  MessageSid: id,
  NumMedia: '0',
  NumSegments: `${countSegments(body)}`,
  SmsMessageSid: id,
  SmsSid: id,
  SmsStatus: 'received',
});

function signedPost(entry: CallbackEntry, form: Form, authToken: string): CallbackPost {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'User-Agent': 'TwilioProxy/1.1',
    'X-Twilio-Signature': signatureOf(entry.url, form, authToken),
    // The same for every attempt, so that a receiver can recognise a repetition.
    'I-Twilio-Idempotency-Token': randomUUID(),
  };
  return { url: entry.url, entries: [entry], sign: () => ({ headers, body: new URLSearchParams(form).toString() }) };
}

/** As Twilio defines it: over the whole URL, then each field and its value in the order of their names. */
function signatureOf(url: string, form: Form, authToken: string): string {
  const fields = Object.keys(form)
    .sort()
    .map((name) => name + form[name]!);
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64');
}

/** The id of the invitation in the query of a callback URL. */
export const invitationIn = (url: string): string | null => new URL(url).searchParams.get('invitation');
