import { randomId } from '../http/random-id';
import { isWebUrl } from '../http/schema';
import type { Settings } from '../http/settings';
import type { AcceptedMessage, Ledger, LedgerMessage } from '../ledger/ledger';
import { TWILIO_API, messageResource } from './answers';
import { invitationIn } from './callbacks';
import type { TwilioCallbacks } from './callbacks';

const E164 = /^\+[1-9]\d{6,14}$/;
/** Short codes, and names of up to 11 characters with a letter among them. */
const OTHER_SENDER = /^(\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11})$/;
const MESSAGING_SERVICE = /^MG[0-9a-fA-F]{32}$/;
const CONTENT = /^HX[0-9a-fA-F]{32}$/;
const MAX_BODY_LENGTH = 1600;
const MAX_PAGE_SIZE = 1000;
const DEFAULT_PAGE_SIZE = 50;
/** Sender numbers that Twilio documents for its test credentials, and their error codes. */
const MAGIC_SENDERS: Readonly<Record<string, number>> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
};

/** The fields of a form, or of a query. */
export type Form = Readonly<Record<string, unknown>>;
/** The text of a field; `''` if it is missing or repeated. */
export const textField = (form: Form, name: string): string => (typeof form[name] === 'string' ? form[name] : '');

/** The error code of a form's first problem, in the order in which Twilio checks; `undefined` for a valid form. */
export function messageProblem(form: Form): number | undefined {
  const [to, from, service, body] = ['To', 'From', 'MessagingServiceSid', 'Body'].map((name) => textField(form, name));
  if (!to) return 21604;
  if (!E164.test(to)) return 21211;
  if (!from && !service) return 21603;
  if (service && !MESSAGING_SERVICE.test(service)) return 21701;
  if (from && !E164.test(from) && !OTHER_SENDER.test(from)) return 21212;
  if (from && MAGIC_SENDERS[from]) return MAGIC_SENDERS[from];
  const content = textField(form, 'ContentSid');
  if (!body && !content) return 21602;
  if (content && !CONTENT.test(content)) return 21655;
  if (body !== undefined && body.length > MAX_BODY_LENGTH) return 21617;
  const callback = textField(form, 'StatusCallback');
  return callback && !isWebUrl(callback) ? 21609 : undefined;
}

/** Twilio keeps the texts of content, so the inbox can only show the id and the variables of one. */
export function bodyOf(form: Form): string {
  const content = textField(form, 'ContentSid');
  return content === '' ? textField(form, 'Body') : `Content ${content} with ${textField(form, 'ContentVariables')}`;
}

export function acceptedMessage(account: string, form: Form): AcceptedMessage {
  const statusCallback = textField(form, 'StatusCallback');
  const invitation = statusCallback === '' ? null : invitationIn(statusCallback);
  return {
    provider: 'twilio',
    id: `SM${randomId('hex')}`,
    to: textField(form, 'To'),
    from: textField(form, 'From') || textField(form, 'MessagingServiceSid'),
    body: bodyOf(form),
    ...(invitation !== null && { invitation }),
    account,
  };
}

export interface ListDeps {
  ledger: Ledger;
  settings: Pick<Settings, 'listLagMs'>;
  twilioCallbacks: Pick<TwilioCallbacks, 'statusOf'>;
}

/**
 * One page of an account's messages, newest first. `PageToken` names the last message of the page before, so that
 * messages that arrive in between shift nothing. `Page` only counts without a token.
 */
export function listMessages(deps: ListDeps, account: string, query: Form): object {
  const { ledger, settings, twilioCallbacks } = deps;
  const pageSize = wholeBetween(textField(query, 'PageSize'), 1, MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE);
  const page = wholeBetween(textField(query, 'Page'), 0, Number.MAX_SAFE_INTEGER, 0);
  const last = ledger.byId(textField(query, 'PageToken').replace(/^PA/, ''));
  const visible = visibleMessages(ledger, account, query, settings.listLagMs);
  const start = last ? visible.filter(({ seq }) => seq >= last.seq).length : page * pageSize;
  const messages = visible.slice(start, start + pageSize);

  const link = (parameters: Record<string, string>): string => {
    const filters = Object.entries(query).filter(([name]) => !name.startsWith('Page'));
    const search = new URLSearchParams([...(filters as [string, string][]), ...Object.entries(parameters)]);
    return `${TWILIO_API}/Accounts/${account}/Messages.json?${search.toString()}`;
  };
  const position = { PageSize: `${pageSize}`, Page: `${page}` };
  const hasMore = start + pageSize < visible.length;
  return {
    messages: messages.map((message) => messageResource(message, twilioCallbacks.statusOf(message))),
    page,
    page_size: pageSize,
    start,
    end: start + Math.max(messages.length - 1, 0),
    first_page_uri: link({ ...position, Page: '0' }),
    next_page_uri: hasMore ? link({ ...position, Page: `${page + 1}`, PageToken: `PA${messages.at(-1)!.id}` }) : null,
    previous_page_uri: null,
    uri: link(position),
  };
}

function visibleMessages(ledger: Ledger, account: string, query: Form, lagMs: number): LedgerMessage[] {
  const [to, from, on, before, after] = ['To', 'From', 'DateSent', 'DateSent<', 'DateSent>'].map((name) =>
    textField(query, name),
  );
  const visibleUntil = new Date(Date.now() - lagMs).toISOString();
  return ledger
    .find(to ? { to } : {})
    .filter(
      (message) =>
        message.account === account &&
        message.at <= visibleUntil &&
        (!from || message.from === from) &&
        (!on || message.at.slice(0, 10) === on.slice(0, 10)) &&
        (!before || message.at.slice(0, 10) <= before.slice(0, 10)) &&
        (!after || message.at.slice(0, 10) >= after.slice(0, 10)),
    )
    .reverse();
}

function wholeBetween(text: string, min: number, max: number, fallback: number): number {
  return /^\d+$/.test(text) ? Math.min(Math.max(Number(text), min), max) : fallback;
}
