import twilio from 'twilio';
import type { ProviderReport } from '../domain/invitations/provider-report';
import { twilioFailure } from '../domain/provider-answers/reported-failure';
import { header } from './webhook-reader';
import type { WebhookReader } from './webhook-reader';

export interface TwilioReaderOptions {
  /** The address under which Twilio reaches the API. Never taken from a request, whose headers may be forged. */
  baseUrl: string;
  authToken: string;
}

type Form = Record<string, string | string[]>;

/** Base64 of an HMAC-SHA1, which has 20 bytes. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;
/** A status report has some ten fields, a message with ten pictures some fifty. The SDK sorts them before it checks them. */
const MAX_FIELDS = 200;
const AMPERSAND = '&'.charCodeAt(0);

/** Reads Twilio's delivery reports, and the messages by which people opt out or in again. */
export function createTwilioReader({ baseUrl, authToken }: TwilioReaderOptions): WebhookReader {
  function isSigned(signature: string | undefined, url: string, form: Form): boolean {
    try {
      return signature !== undefined && twilio.validateRequest(authToken, signature, url, form);
    } catch {
      // The SDK throws on an invalid address.
      return false;
    }
  }

  const isSignatureLike: WebhookReader['isSignatureLike'] = (headers) =>
    SIGNATURE.test(header(headers, 'x-twilio-signature') ?? '');

  return {
    isSignatureLike,

    read({ url, headers, rawBody }) {
      if (!isSignatureLike(headers)) return 'forged';
      if (countFields(rawBody) > MAX_FIELDS) return 'oversized';
      const form = parseForm(rawBody);
      if (!isSigned(header(headers, 'x-twilio-signature'), baseUrl + url, form)) return 'forged';
      const invitation = new URLSearchParams(url.split('?')[1] ?? '').get('invitation') ?? '';
      return [...statusReports(form, invitation), ...optOuts(form)];
    },
  };
}

function countFields(body: Buffer): number {
  let fields = 1;
  for (let at = body.indexOf(AMPERSAND); at >= 0 && fields <= MAX_FIELDS; at = body.indexOf(AMPERSAND, at + 1))
    fields++;
  return fields;
}

/** The fields of a form; one that came several times as a list, since Twilio signs each of its values. */
function parseForm(body: Buffer): Form {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body.toString())) {
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

const field = (form: Form, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value : '';
};

const KINDS: Record<string, 'accepted' | 'delivered' | 'bounced'> = {
  accepted: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'accepted',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'bounced',
  failed: 'bounced',
};

/** A status report has no event id and no time: the same status of the same message is the same event. */
function statusReports(form: Form, invitationId: string): ProviderReport[] {
  const providerId = field(form, 'MessageSid');
  const status = field(form, 'MessageStatus');
  const kind = Object.hasOwn(KINDS, status) ? KINDS[status] : undefined;
  if (!kind || providerId === '' || invitationId === '') return [];
  const errorCode = /^\d{5,6}$/.exec(field(form, 'ErrorCode'))?.[0];
  return [
    {
      eventId: `${providerId}:${status}`,
      channel: 'sms',
      kind,
      invitationId,
      providerId,
      ...(kind === 'bounced' && twilioFailure(errorCode ? Number(errorCode) : undefined)),
    },
  ];
}

/** The replies on which Twilio acts by itself; for a plain number it does not add `OptOutType`. */
const STOP = /^(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)$/i;
const START = /^(start|unstop|yes)$/i;

function optOuts(form: Form): ProviderReport[] {
  const [eventId, address, type] = ['MessageSid', 'From', 'OptOutType'].map((name) => field(form, name));
  // Only incoming messages have a text.
  const text = field(form, 'Body').trim();
  if (!eventId || !address || form.Body === undefined) return [];
  const about = { eventId, channel: 'sms', address } as const;
  if (type === 'STOP' || (!type && STOP.test(text))) return [{ ...about, kind: 'opted-out' }];
  if (type === 'START' || (!type && START.test(text))) return [{ ...about, kind: 'opted-in' }];
  return [];
}
