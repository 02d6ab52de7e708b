import { isRefusal, problemOfStatus } from './http-codes';
import type { ProviderProblem } from './provider-problem';
import {
  accountStopped,
  addressRefused,
  ambiguous,
  bounced,
  busy,
  countryNotEnabled,
  filtered,
  keyRefused,
  messageRefused,
  notReachable,
  optedOut,
  personsMessageRefused,
  refusedAtNight,
  senderNotForNumber,
  senderRefused,
  undelivered,
} from './provider-problem';

/**
 * By Twilio's own code in an answer or a delivery report. The groups say whom a code concerns, as its page does,
 * https://www.twilio.com/docs/api/errors/<code>. Where a page names causes in the recipient, the country and the account,
 * the code counts as the narrowest of them: a pause for one row would hold all others, and what fails can be retried.
 */
const CODES: Record<number, ProviderProblem> = {
  // The person: their number, their telephone, their wishes.
  21211: addressRefused('Twilio says that this is not a telephone number.'),
  21217: addressRefused('Twilio says that this is not a telephone number.'),
  21265: addressRefused('This is the short number of a service, not of a person.'),
  21266: addressRefused('This is the number that the invitations are sent from.'),
  21268: addressRefused('This is a premium or information number, and Twilio does not send to these.'),
  21401: addressRefused('Twilio says that this is not a telephone number.'),
  21421: addressRefused('Twilio says that this is not a telephone number.'),
  21604: addressRefused('The request to Twilio lacks the number to send to.'),
  63003: addressRefused('Nobody can be reached at this number on the channel of our sender.'),
  63024: addressRefused('Nobody can be reached at this number on the channel of our sender.'),
  63031: addressRefused('This is the number that the invitations are sent from.'),
  21610: optedOut('The person has replied STOP to a message from our number.'),
  21614: notReachable('This number cannot receive SMS; it is not a mobile.'),
  21635: notReachable('This number is a landline.'),
  30003: undelivered('The telephone could not be reached: it is switched off, out of range or out of service.'),
  30008: undelivered('The telephone company did not deliver the message and does not say why.'),
  30017: undelivered('The network of the telephone company was overloaded.'),
  30036: undelivered('The message could not be delivered before it expired.'),
  30410: undelivered('The telephone company did not answer Twilio in time.'),
  30450: undelivered('Twilio blocks messages to this number for a while, since others like it were misused.'),
  30453: undelivered('Twilio blocks messages to this number for a while, since others like it were misused.'),
  30500: undelivered('Twilio failed while it was delivering the message.'),
  30610: refusedAtNight('The country of this number allows no messages at this hour.'),
  63036: undelivered('The telephone could not be reached: it is switched off, out of range or out of service.'),
  30005: bounced('This number is not in service, or no longer in service.'),
  30006: bounced('This number is a landline, or its telephone company cannot be reached.'),
  30004: filtered('The person or their telephone company has blocked messages like this one.'),
  63014: filtered('The person has blocked messages from our sender.'),
  63033: filtered('The person has blocked messages from our sender.'),

  // The message to this person: each has a text of its own.
  30007: filtered('Twilio or the telephone company treated the message as spam.'),
  30038: filtered('The telephone company blocked the message because it looks like one with a passcode.'),
  30039: filtered('Twilio treated the message as part of an endless exchange between two machines.'),
  63013: filtered('The message is against the rules of the channel that our sender uses.'),
  63026: filtered('The channel that our sender uses treated the message as spam.'),
  21602: personsMessageRefused('The request to Twilio lacks the text.'),
  21605: personsMessageRefused('The text is too long.'),
  21617: personsMessageRefused('The text is longer than 1,600 characters.'),
  21618: personsMessageRefused('Twilio refuses to send this text to this person.'),
  21619: personsMessageRefused('The request to Twilio lacks the text.'),
  30019: personsMessageRefused('The text is longer than the telephone company of this person allows.'),
  30044: personsMessageRefused('The text is longer than a trial account may send.'),
  63005: personsMessageRefused('The channel that our sender uses does not accept the text.'),
  63021: personsMessageRefused('The channel that our sender uses does not accept the text.'),

  // Our sender for a country, a telephone company or a kind of number; it may reach all others.
  21655: messageRefused('Twilio does not know the content that is sent in place of a text.'),
  21656: messageRefused('Twilio does not accept the values for the content that is sent in place of a text.'),
  21408: countryNotEnabled('Sending to the country of this number is switched off in the account at Twilio.'),
  30018: countryNotEnabled('The telephone company of this number requires that the sender is registered there first.'),
  30024: countryNotEnabled('Our sending number is not set up with the telephone company of this number.'),
  30040: countryNotEnabled('The telephone company of this number requires that the sender is registered there first.'),
  30041: countryNotEnabled('The country of this number requires that the sender is registered there first.'),
  21606: senderNotForNumber('Our sending number cannot send SMS to this country, or not from this account.'),
  21608: senderNotForNumber('The account at Twilio may send to numbers only that were verified there, as on trial.'),
  21612: senderNotForNumber('Twilio has no route from our sender to this number.'),
  21657: senderNotForNumber('The name that we send under is not allowed in the country of this number.'),
  21659: senderNotForNumber('Our sending number is a short one of another country, or does not belong to Twilio.'),
  21703: senderNotForNumber('The messaging service has no number that can send to this one.'),
  30032: senderNotForNumber('Our toll-free number is not verified, as the United States and Canada require.'),
  30033: senderNotForNumber('The campaign by which our number may send to the United States is suspended.'),
  30034: senderNotForNumber('Our sending number is not registered for sending to people in the United States.'),
  30035: senderNotForNumber('Our sending number is still being set up for sending to people in the United States.'),
  30042: senderNotForNumber('The name that we send under is too general, or belongs to somebody else there.'),
  572005: senderNotForNumber('The account at Twilio may send to numbers only that were verified there, as on trial.'),
  30023: undelivered('Our sender has sent as much as it may today to the telephone company of this number.'),
  30027: undelivered('Our sender has sent as much as it may today to the telephone company of this number.'),

  // The account: the number or service that sends, whoever the recipient is.
  21212: senderRefused('Our sender is not a number or name that can send.'),
  21264: senderRefused('Our sending number is not verified with Twilio.'),
  21267: senderRefused('A trial account may send from a number only, not from a name.'),
  21601: senderRefused('Our sending number cannot send SMS.'),
  21603: senderRefused('The request to Twilio lacks the number or service to send from.'),
  21607: senderRefused('A trial account may send from its trial number only.'),
  21616: senderRefused('Our sending number matches several numbers of the account.'),
  21660: senderRefused('Our sending number belongs to another account.'),
  21661: senderRefused('Our sending number cannot send SMS.'),
  21662: senderRefused('Our sending number cannot be used in the region of the account.'),
  21663: senderRefused('Our sending number is not routed as it should be.'),
  21668: senderRefused('Our kind of sending number cannot be used in the region of the account.'),
  21701: senderRefused('The account at Twilio does not have this messaging service.'),
  21702: senderRefused('The messaging service is not available.'),
  21704: senderRefused('The messaging service has no numbers.'),
  21705: senderRefused('The account at Twilio does not have this messaging service.'),
  21910: senderRefused('Our sender cannot send SMS; it belongs to another kind of message.'),
  30127: senderRefused('The account at Twilio does not have this messaging service.'),
  63007: senderRefused('Our sender belongs to another kind of message, and is not set up for it.'),

  // The account: what every request shares.
  21609: messageRefused('Twilio cannot use our address for delivery reports (WEBHOOK_URL).'),
  20003: keyRefused('Twilio does not accept the account SID with this auth token: one is wrong, or was replaced.'),
  20008: keyRefused('The auth token is for tests only and cannot send.'),
  10001: accountStopped('The account at Twilio is not active; it may be suspended, or its balance used up.'),
  10002: accountStopped('The account at Twilio is a trial account, which may not do this.'),
  20005: accountStopped('The account at Twilio is not active; it may be suspended, or its balance used up.'),
  20006: accountStopped('The account at Twilio may not do this.'),
  20010: accountStopped('Sending is switched off for the account at Twilio.'),
  20403: accountStopped('The account at Twilio may not do this.'),
  20404: accountStopped('Twilio does not know our account.'),
  30002: accountStopped('The account at Twilio is suspended.'),
  30037: accountStopped('Sending is switched off for the account at Twilio.'),
  90010: accountStopped('The account at Twilio is not active.'),

  // The account, for now only.
  20429: busy('Twilio asks us to send more slowly.'),
  21611: busy('The queue of our sending number at Twilio is full.'),
  21730: busy('Twilio is being maintained.'),
  30001: busy('The queue of our sending number at Twilio is full.'),
  30022: busy('Our sending number has sent faster than it may.'),
  63017: busy('Our sender has sent faster than its channel allows.'),
  63018: busy('Our sender has sent faster than its channel allows.'),

  20500: ambiguous('Twilio failed while it handled the request, so it is unknown whether the message was accepted.'),
  20503: ambiguous('Twilio said that it is unavailable, so it is unknown whether the message was accepted.'),
  20504: ambiguous('Twilio waited too long for one of its parts, so it is unknown whether the message was accepted.'),
};

/** For codes without an entry above: messaging services, then everything else about a message. */
const RANGES: [from: number, to: number, ProviderProblem][] = [
  [21700, 21799, senderRefused('Twilio does not accept the messaging service that we send from.')],
  [21000, 21999, addressRefused('Twilio does not accept the message to this number.')],
];

const UNKNOWN_REFUSAL = notReachable('Twilio refuses the message to this number, for a reason that we do not know.');
const STATUSES: Record<number, ProviderProblem> = { 400: UNKNOWN_REFUSAL, 422: UNKNOWN_REFUSAL };
/** Twilio numbers its refusals of single messages like this and adds to them all the time, also with 403 or 404. */
const isAboutMessage = (code: number): boolean => /^(30|63)\d{3}$|^57\d{4}$/.test(`${code}`);

/** The problem that Twilio's own code names, in an answer or a delivery report. */
export const problemOfTwilioCode = (code: number): ProviderProblem | undefined =>
  CODES[code] ?? RANGES.find(([from, to]) => code >= from && code <= to)?.[2];
const byStatus = (status: number): ProviderProblem => STATUSES[status] ?? problemOfStatus(status);

/** The problem and its code in the ledger. If code and status contradict each other, the status counts. */
export function problemOfTwilio(status: number, code: number | undefined): [ProviderProblem, providerCode: string] {
  const ofStatus = byStatus(status);
  if (code === undefined) return [ofStatus, `http-${status}`];
  const ofCode = problemOfTwilioCode(code);
  if (isRefusal(status)) {
    const unknown = status !== 401 && isAboutMessage(code) ? UNKNOWN_REFUSAL : ofStatus;
    return [ofCode ?? unknown, `${code}`];
  }
  return ofCode?.outcome === ofStatus.outcome ? [ofCode, `${code}`] : [ofStatus, `http-${status}`];
}
