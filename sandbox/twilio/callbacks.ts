import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { CallbackEntry, CallbackLog } from '../callbacks/log';
import type { CallbackDelivery, CallbackPost } from '../callbacks/delivery';
import { callbackOrder, postInOrder } from '../callbacks/order';
import type { OutcomePlan, MessageOutcome } from '../outcomes/plan';
import type { TwilioOutcome } from '../outcomes/schema';
import type { LedgerMessage } from '../ledger/ledger';
import { TWILIO_API, countSegments } from './answers';

export interface TwilioStatus {
  status: 'sent' | 'delivered' | 'undelivered' | 'failed';
  code?: number;
}

/** With what a message was sent; its callbacks are signed with the same token. */
export interface TwilioRequest {
  authToken: string;
  /** `''` if nobody wants to hear of it. */
  statusCallback: string;
}

/** A message from a person, such as STOP. */
export interface InboundRequest {
  url: string;
  from: string;
  body: string;
  to?: string;
  optOutType?: string;
  /** Unless told, that of the request that sent the last message to this person. */
  authToken?: string;
}

export interface TwilioCallbacks {
  accepted(message: LedgerMessage, request: TwilioRequest): void;
  /** Where a message has got to, as its look-up shows it. */
  statusOf(message: LedgerMessage): TwilioStatus;
  /** Resolves after the first attempt. Throws a `RangeError` if there is nothing to sign with. */
  receive(inbound: InboundRequest): Promise<CallbackEntry>;
}

export function createTwilioCallbacks(deps: {
  log: CallbackLog;
  courier: CallbackDelivery;
  outcomes: OutcomePlan;
}): TwilioCallbacks {
  const { log, courier, outcomes } = deps;
  const ends = new Map<string, TwilioStatus>();
  const lastTo = new Map<string, { message: LedgerMessage; authToken: string }>();

  return {
    accepted(message, { authToken, statusCallback }) {
      const outcome = outcomes.outcomeOf(message);
      const steps = stepsOf(outcome);
      ends.set(message.id, steps.at(-1)!);
      lastTo.set(message.to, { message, authToken });
      if (statusCallback === '' || outcome.outcome === 'silent') return;
      const about = { provider: 'twilio', url: statusCallback, invitation: named(statusCallback) } as const;
      const calls = callbackOrder(steps, outcome).map((step) => ({
        step,
        entry: log.open({ ...about, id: message.id, to: message.to, event: step.status }),
      }));
      void postInOrder(calls, outcome.delayMs ?? 0, ({ step, entry }) =>
        courier.post(signedParcel(entry, statusForm(message, step), authToken)),
      );
    },
    statusOf: ({ id }) => ends.get(id) ?? { status: 'delivered' },
    async receive({ url, from, body, to, optOutType, authToken }) {
      const last = lastTo.get(from);
      const token = authToken ?? last?.authToken;
      if (!token) throw new RangeError(`Nothing has been sent to ${from} yet; give the "authToken" to sign with.`);
      const id = `SM${randomBytes(16).toString('hex')}`;
      const entry = log.open({ provider: 'twilio', url, id, to: from, event: 'inbound', invitation: named(url) });
      const account = last?.message.account ?? `AC${'0'.repeat(32)}`;
      const receiver = to ?? last?.message.from ?? '';
      const form = { ...inboundForm(id, account, body), From: from, To: receiver };
      await courier.post(
        signedParcel(entry, optOutType === undefined ? form : { ...form, OptOutType: optOutType }, token),
      );
      return entry;
    },
  };
}

const USUAL_CODES: Readonly<Partial<Record<TwilioOutcome, number>>> = {
  undelivered: 30003,
  failed: 30008,
  'opted-out': 21610,
};

/** What is heard of a message one after the other. Its last is where it ends. */
function stepsOf({ outcome: outcome, code = USUAL_CODES[outcome as TwilioOutcome] }: MessageOutcome): TwilioStatus[] {
  const error = code === undefined ? {} : { code };
  switch (outcome as TwilioOutcome) {
    case 'silent':
      return [{ status: 'sent' }];
    case 'undelivered':
      return [{ status: 'sent' }, { status: 'undelivered', ...error }];
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
  ...(code === undefined ? {} : { ErrorCode: `${code}` }),
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

function signedParcel(entry: CallbackEntry, form: Form, authToken: string): CallbackPost {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'User-Agent': 'TwilioProxy/1.1',
    'X-Twilio-Signature': signature(entry.url, form, authToken),
    // The same for every attempt, so that a receiver can tell a repetition.
    'I-Twilio-Idempotency-Token': randomUUID(),
  };
  return { url: entry.url, entries: [entry], sign: () => ({ headers, body: new URLSearchParams(form).toString() }) };
}

/** Twilio's own way: the whole address, then each field and its value in the order of their names. */
function signature(url: string, form: Form, authToken: string): string {
  const fields = Object.keys(form)
    .sort()
    .map((name) => name + form[name]!);
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64');
}

/** The invitation that a callback address names in its query. */
const named = (url: string): string | null => new URL(url).searchParams.get('invitation');
