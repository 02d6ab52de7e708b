import { builtInText } from '../../../domain/message-texts/built-in-texts';
import { checkText } from '../../../domain/message-texts/check-text';
import { createTextChooser } from '../../../domain/message-texts/choose-text';
import { emailTemplateOf, fillEmail } from '../../../domain/message-texts/email-content';
import {
  BUILT_IN_LANGUAGES,
  canonicalLanguage,
  directionOf,
  fallbacksOf,
} from '../../../domain/message-texts/languages';
import { languageOf } from '../../../domain/message-texts/language-names';
import type { EmailText, MessageText, SmsText } from '../../../domain/message-texts/message-text';
import { segmentsOf, smsBody } from '../../../domain/message-texts/sms-body';
import { countSegments } from '../../../sandbox/twilio/segments';

const LINK = 'https://messenger.example/join/AbCdEfGhIjKlMnOp';
const EXAMPLE = { organisation: 'Harbour Wealth', link: LINK };
const ZOE = { firstName: 'Zoë', lastName: 'Ångström', ...EXAMPLE };
const email = (over: Partial<EmailText> = {}): EmailText => ({
  ...{ language: 'de', subject: 'Hallo {{firstName}}', body: 'Hallo {{ firstName }} {{lastName}}\n\n{{link}}' },
  button: 'Los',
  ...over,
});
const sms = (body: string): SmsText => ({ language: 'fr', body });
const detailsOf = (channel: 'email' | 'sms', text: MessageText): string[] =>
  checkText(channel, text, EXAMPLE).map(({ part, detail }) => `${part} | ${detail}`);

describe('Languages', () => {
  test.each([
    ['de', 'de'],
    ['DE-at', 'de-AT'],
    ['de_AT', 'de-AT'],
    ['iw', 'he'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['Deutsch', 'de'],
    ['FRANÇAIS', 'fr'],
    ['Español', 'es'],
    ['العربية', 'ar'],
    ['Anglais', 'en'],
    ['inglés', 'en'],
    ['Polski', 'pl'],
    ['Portugiesisch', 'pt'],
    ['pt-BR', 'pt-BR'],
    ['GER', 'de'],
    // Of other programs, with a country.
    ['German (Austria)', 'de-AT'],
    ['Deutsch (Österreich)', 'de-AT'],
    ['English (UK)', 'en-GB'],
    ['English - United States', 'en-US'],
    ['Chinese (Simplified)', 'zh'],
    ['en_US.UTF-8', 'en-US'],
    // Of several, the first of the greatest weight, if each is known.
    ['de, en', 'de'],
    ['Français/Deutsch', 'fr'],
    ['en;q=0.5, de-AT', 'de-AT'],
    ['de-CH,de;q=0.9,en;q=0.8', 'de-CH'],
    ['en; q=1', 'en'],
    ['de, Klingonish', undefined],
    ['n/a', undefined],
    ['-', undefined],
    // Of ISO 639, and no language.
    ['mul', undefined],
    ['und', undefined],
    // Their letters and digits alone look like tags.
    ['Klingonish', undefined],
    ['xx', undefined],
    ['en-', undefined],
    ['e', undefined],
    ['en\r\nBcc: x', undefined],
    ['', undefined],
  ])('%j is %j', (typed, language) => {
    expect(languageOf(typed)).toBe(language);
  });

  test('A language falls back part by part, and a tag has no extensions', () => {
    expect(fallbacksOf('zh-Hant-TW')).toEqual(['zh-Hant-TW', 'zh-Hant', 'zh']);
    expect(canonicalLanguage('de-DE-u-co-phonebk')).toBe('de-DE');
  });

  test.each([
    ['ar', 'rtl'],
    ['ar-EG', 'rtl'],
    ['he', 'rtl'],
    ['ur', 'rtl'],
    ['en', 'ltr'],
    ['az', 'ltr'],
  ])('%s is written %s', (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});

describe('The choice of a text', () => {
  const austrian = email({ language: 'de-AT' });
  const ofOrganisation = email({ language: 'it' });
  const texts = createTextChooser(
    'it-CH',
    new Map([
      ['email:de-AT', austrian],
      ['email:it', ofOrganisation],
    ]),
  );

  test('is that of the nearest language, of the organisation’s own before the built-in one', () => {
    expect(texts.email('de-AT')).toBe(austrian);
    expect(texts.email('de-DE')).toBe(builtInText('email', 'de'));
    expect(texts.email('fr-CH')).toBe(builtInText('email', 'fr'));
  });

  test('is that of the organisation’s language, then English, where the language of a person is unknown or has none', () => {
    expect(texts.email(undefined)).toBe(ofOrganisation);
    expect(texts.email('ja')).toBe(ofOrganisation);
    // There is no Italian one for SMS.
    expect(texts.sms(undefined)).toBe(builtInText('sms', 'en'));
    expect(createTextChooser('en', new Map()).sms('ar')).toBe(builtInText('sms', 'ar'));
  });
});

describe('Built-in texts', () => {
  test.each(BUILT_IN_LANGUAGES)('in %s pass the checks and name the link once', (language) => {
    for (const channel of ['email', 'sms'] as const) {
      expect(detailsOf(channel, builtInText(channel, language)!)).toEqual([]);
    }
    const mail = fillEmail(emailTemplateOf(builtInText('email', language) as EmailText), ZOE);
    expect(mail.text.split(LINK)).toHaveLength(2);
    expect(mail.html.split(LINK)).toHaveLength(2);
    expect(mail.html).toContain(`<html lang="${language}" dir="${directionOf(language)}">`);
    expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/\{\{|_html-|_name-/);
  });

  test.each(BUILT_IN_LANGUAGES)(
    'in %s keep language, direction and look in a webmail that drops html and body',
    (language) => {
      const { html } = fillEmail(emailTemplateOf(builtInText('email', language) as EmailText), ZOE);
      const shown = html.replace(/<!doctype html>|<\/?(?:html|body)[^>]*>/g, '').trim();
      expect(shown.split('\n')[0]).toMatch(
        new RegExp(`^<div lang="${language}" dir="${directionOf(language)}" style="[^"]+">$`),
      );
      expect(shown).toMatch(/^<div [^>]+>\n<p>[^]*<\/p>\n<\/div>$/);
    },
  );

  test.each(BUILT_IN_LANGUAGES.filter((language) => language !== 'ar'))(
    'in %s take one segment as SMS where the name is in the GSM alphabet',
    (language) => {
      const text = builtInText('sms', language) as SmsText;
      expect(segmentsOf({ ...ZOE, firstName: 'Jörg' }, text)).toBe(1);
      expect(segmentsOf({ ...ZOE, firstName: 'Maximiliane-Alexandra', lastName: '' }, text)).toBe(1);
    },
  );

  test('In Arabic an SMS takes more, which is what it is counted as', () => {
    const text = builtInText('sms', 'ar') as SmsText;
    expect(segmentsOf(ZOE, text)).toBe(countSegments(smsBody(ZOE, text)));
    expect(segmentsOf(ZOE, text)).toBeGreaterThan(1);
  });
});

describe('A text of an organisation', () => {
  test('A good one has no problem', () => {
    expect(detailsOf('email', email())).toEqual([]);
    expect(detailsOf('sms', sms('Bonjour {{firstName}} : {{link}}'))).toEqual([]);
    expect(detailsOf('email', { language: 'de', templateId: `d-${'0'.repeat(32)}` })).toEqual([]);
    expect(detailsOf('sms', { language: 'de', templateId: `HX${'a'.repeat(32)}` })).toEqual([]);
  });

  test.each<[string, 'email' | 'sms', MessageText, RegExp]>([
    [
      'an unknown placeholder',
      'email',
      email({ subject: 'Hi {{fristName}}' }),
      /^subject \| The e-mail text in German, subject: \{\{fristName\}\} is unknown\. Do you mean \{\{firstName\}\}\? Known are/,
    ],
    ['no link', 'sms', sms('Bonjour'), /^body \| The SMS text in French, body: \{\{link\}\} is missing/],
    ['no link in a mail', 'email', email({ body: 'Hallo' }), /^body .*\{\{link\}\} is missing/],
    ['a sign at the link', 'sms', sms('{{link}}.'), /^body .*must be followed by a space/],
    [
      'too many segments',
      'sms',
      sms(`${'ж'.repeat(300)} {{link}}`),
      /^body .*takes 6 segments of an SMS, since it has characters outside of the GSM alphabet; at most 4/,
    ],
    ['too long a subject', 'email', email({ subject: 'x'.repeat(151) }), /^subject .*has 151 characters; at most 150/],
    ['a subject of two lines', 'email', email({ subject: 'Hi\r\nBcc: a@example.com' }), /^subject .*must be one line/],
    ['a link in the subject', 'email', email({ subject: '{{link}}' }), /^subject .*belongs in the body/],
    ['an empty button', 'email', email({ button: ' ' }), /^button .*must not be empty/],
    [
      'braces that are open',
      'email',
      email({ body: 'Hi {{firstName}\n\n{{link}}' }),
      /^body .*belong to no placeholder/,
    ],
    ['a control character', 'sms', sms('a\u0007 {{link}}'), /^body .*control character/],
    [
      'a foreign template id',
      'email',
      { language: 'de', templateId: 'HX1' },
      /^templateId .*dynamic template of SendGrid/,
    ],
  ])('%s is named with text, language and part', (_what, channel, text, expected) => {
    const details = detailsOf(channel, text);
    expect(details).toHaveLength(1);
    expect(details[0]).toMatch(expected);
  });

  test('Its HTML is made of the plain text, so that no tag of it or of a name becomes one', () => {
    const text = email({ body: 'A <b>tag</b> & {{firstName}}\nsee {{link}} now\n\nPress:\n{{link}}' });
    const { html } = fillEmail(emailTemplateOf(text), { ...ZOE, firstName: '<i>Zoë</i>' });
    expect(html).toContain('A &lt;b&gt;tag&lt;/b&gt; &amp; <bdi>i Zoë /i</bdi><br>see <a href="');
    expect(html).toContain('<p>Press:</p>\n<p><a href=');
    expect(html).toContain('>Los</a></p>');
  });

  test('A name that looks like a placeholder or a key stays a name', () => {
    const tricky = { ...ZOE, firstName: '{{link}}', lastName: '-invitation_link-' };
    const { text } = fillEmail(emailTemplateOf(email()), tricky);
    expect(text.split(LINK)).toHaveLength(2);
    expect(smsBody(tricky, sms('{{firstName}} {{lastName}} {{link}}')).split(LINK)).toHaveLength(2);
  });
});
