import { BUILT_IN_SMS } from './built-in-texts';
import { plainValues } from './email-content';
import { fillPlaceholders, isProviderTemplate } from './message-text';
import type { PlaceholderValues, SmsContent, SmsText } from './message-text';
import { cutSms } from './sms-segments';

/** Where a text has a shorter form, that is taken if the longer one needs a second segment of the GSM alphabet. */
export function smsBody(values: PlaceholderValues, { body, shortBody }: SmsText = BUILT_IN_SMS): string {
  const plain = plainValues(values);
  const whole = fill(body, plain);
  if (shortBody === undefined) return whole;
  const { isGsm, segments } = cutSms(whole);
  // A second segment is too much for a greeting in the GSM alphabet, but not for one in another script.
  return isGsm && segments > 1 ? fill(shortBody, plain) : whole;
}

/**
 * The segments of an SMS. Of a text that the provider keeps nobody knows them beforehand: it counts as one.
 */
export const segmentsOf = (values: PlaceholderValues, text: SmsContent): number =>
  isProviderTemplate(text) ? 1 : cutSms(smsBody(values, text)).segments;

const fill = (text: string, values: PlaceholderValues): string =>
  fillPlaceholders(straighten(text), (name) => (name === 'link' ? values.link : straighten(values[name])));

/** A typographic apostrophe is outside of the GSM alphabet, so that a segment would hold less than half as much. */
const straighten = (text: string): string => text.replace(/’/g, "'");
