import { BUILT_IN_SMS } from './built-in-texts';
import { plainValues } from './email-content';
import { isProviderTemplate, readPlaceholders } from './message-text';
import type { FillIn, Placeholder, PlaceholderValues, SmsContent, SmsText } from './message-text';
import { cutSms } from './sms-segments';

/** Read once a text: a text is one object for all the messages of a step, and a built-in one for all of a process. */
const read = new WeakMap<SmsText, { whole: FillIn; short: FillIn | undefined }>();

function fillInsOf(text: SmsText) {
  let fillIns = read.get(text);
  if (!fillIns) {
    const { body, shortBody } = text;
    const whole = readPlaceholders(straighten(body));
    fillIns = { whole, short: shortBody === undefined ? undefined : readPlaceholders(straighten(shortBody)) };
    read.set(text, fillIns);
  }
  return fillIns;
}

/** Where a text has a shorter form, that is taken if the longer one needs a second segment of the GSM alphabet. */
export function smsBody(values: PlaceholderValues, text: SmsText = BUILT_IN_SMS): string {
  const plain = plainValues(values);
  const valueOf = (name: Placeholder): string => (name === 'link' ? plain.link : straighten(plain[name]));
  const { whole, short } = fillInsOf(text);
  const body = whole(valueOf);
  if (short === undefined) return body;
  const { isGsm, segments } = cutSms(body);
  // A second segment is too much for a greeting in the GSM alphabet, but not for one in another script.
  return isGsm && segments > 1 ? short(valueOf) : body;
}

/**
 * The segments of an SMS. Of a text that the provider keeps nobody knows them beforehand: it counts as one.
 */
export const segmentsOf = (values: PlaceholderValues, text: SmsContent): number =>
  isProviderTemplate(text) ? 1 : cutSms(smsBody(values, text)).segments;

/** A typographic apostrophe is outside of the GSM alphabet, so that a segment would hold less than half as much. */
const straighten = (text: string): string => (text.includes('’') ? text.replaceAll('’', "'") : text);
