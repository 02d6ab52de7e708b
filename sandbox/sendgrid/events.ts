import { randomId } from '../http/random-id';
import type { LedgerMessage } from '../ledger/ledger';
import type { MessageOutcome } from '../outcomes/plan';
import type { SendGridOutcome } from '../outcomes/schema';

/** One event of a mail as SendGrid posts it: the custom args of the mail stand beside SendGrid's own fields. */
export interface SendGridEvent {
  event: string;
  email: string;
  /** Seconds since 1970. */
  timestamp: number;
  sg_event_id: string;
  sg_message_id: string;
  [field: string]: string | number;
}

type EventFields = Pick<SendGridEvent, 'event'> & Record<string, string>;

const PROCESSED: EventFields = { event: 'processed' };
const DELIVERED: EventFields = { event: 'delivered', response: '250 2.0.0 OK' };
const bounce = (type: string, status: string, reason: string, bounce_classification: string): EventFields => ({
  event: 'bounce',
  type,
  status,
  reason,
  bounce_classification,
});

function eventFieldsOf({ outcome, reason }: MessageOutcome): EventFields[] {
  switch (outcome as SendGridOutcome) {
    case 'silent':
      return [];
    case 'delivered':
      return [PROCESSED, DELIVERED];
    case 'bounced':
      return [PROCESSED, bounce('bounce', '5.1.1', reason ?? '550 5.1.1 There is no such mailbox', 'Invalid Address')];
    case 'blocked':
      return [PROCESSED, bounce('blocked', '5.7.1', reason ?? '554 5.7.1 Refused because of its content', 'Content')];
    case 'delivered-after-all':
      return [PROCESSED, bounce('blocked', '4.4.1', reason ?? '451 4.4.1 Try again later', 'Technical'), DELIVERED];
    case 'deferred':
      return [PROCESSED, { event: 'deferred', response: reason ?? '421 4.7.0 Try again later', attempt: '1' }];
    case 'dropped':
      return [{ event: 'dropped', reason: reason ?? 'Bounced Address', status: '5.0.0' }];
    case 'opted-out':
      return [{ event: 'dropped', reason: reason ?? 'Unsubscribed Address', status: '5.0.0' }];
    case 'unsubscribed':
      return [PROCESSED, DELIVERED, { event: 'unsubscribe' }];
    case 'spam-report':
      return [PROCESSED, DELIVERED, { event: 'spamreport' }];
  }
}

/** The events of a mail, in order. Their time is that of the mail, however late they are posted. */
export function eventsOf(message: LedgerMessage, outcome: MessageOutcome): SendGridEvent[] {
  const [requestId] = message.id.split('.');
  const timestamp = Math.floor(Date.parse(message.at) / 1000);
  return eventFieldsOf(outcome).map((fields) => ({
    ...message.customArgs,
    ...fields,
    email: message.to,
    timestamp,
    'smtp-id': `<${requestId}@sandbox.invalid>`,
    sg_event_id: randomId('base64url'),
    sg_message_id: message.id.replace('.', '.filter0001p1-4434-59E0C6FF-3.'),
  }));
}
