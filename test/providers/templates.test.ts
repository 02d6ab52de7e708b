import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { BUILT_IN_EMAIL, BUILT_IN_SMS } from '../../domain/message-texts/built-in-texts';
import { emailSubstitutions as substitutionsOf, emailTemplateOf } from '../../domain/message-texts/email-content';
import { segmentsOf, smsBody as bodyOf } from '../../domain/message-texts/sms-body';
import { valuesIn } from '../../providers/sender';
import type { InvitationMessage } from '../../providers/sender';
import { countSegments } from '../../sandbox/twilio/segments';
import { message } from './senders';

const EMAIL_TEMPLATE = emailTemplateOf(BUILT_IN_EMAIL);
const emailSubstitutions = (sent: InvitationMessage) => substitutionsOf(EMAIL_TEMPLATE, valuesIn(sent));
type Greeting = Pick<InvitationMessage, 'firstName' | 'organisationName' | 'link'>;
const valuesOf = ({ firstName, organisationName, link }: Greeting) => ({
  ...{ firstName, lastName: '', organisation: organisationName, link },
});
const smsBody = (greeting: Greeting) => bodyOf(valuesOf(greeting));
const countSmsSegments = (greeting: Greeting) => segmentsOf(valuesOf(greeting), BUILT_IN_SMS);

const LINK = 'https://messenger.example/join/AbCdEfGhIjKlMnOpQrStUv';

function fillIn(over: Parameters<typeof message>[0]) {
  const values = Object.entries(emailSubstitutions(message({ link: LINK, ...over })));
  // Again and again, as the worst that a provider could do with values that look like keys.
  const fill = (text: string): string =>
    [...values, ...values].reduce((filled, [key, value]) => filled.replaceAll(key, value), text);
  return { subject: fill(EMAIL_TEMPLATE.subject), text: fill(EMAIL_TEMPLATE.text), html: fill(EMAIL_TEMPLATE.html) };
}

/** What mail programs and telephones make clickable. */
const CLICKABLE =
  /[a-z][a-z0-9+.-]*:\/\/|\b(www|mailto|tel|javascript)[.:]|[\p{L}\p{Nd}][.。．․][\p{L}\p{Nd}]|@|\d[\d ().-]{6,}\d/iu;

const HOSTILE = [
  'https://evil.example/x',
  'evil.com',
  'Anna evil.com/path?q=1',
  'www.evil.com',
  'evil。com',
  'evil．com',
  'evil․com',
  'ev\u200bil.c\u00adom',
  'mailto:a@evil.com',
  'a@evil.com',
  'javascript:alert(1)',
  'call +44 20 7946 0958 now',
  'call 020-7946-0958',
  '<a href="https://evil.example">click</a>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt;',
  'Anna\r\nBcc: victim@evil.com',
  'Anna\nhttps://evil.example',
  'Anna\u2028Subject: x',
  'Anna\u0000\u0007\u001b[31m',
  '\u202emoc.live\u202c',
  '{{link}} {{{link}}} <%= link %> ${link}',
  '-invitation_link-',
  '-organisation_name_html-',
  '[click](https://evil.example)',
  'http://[::1]/',
  '1.2.3.4',
  'xn--80ak6aa92e.com',
];

describe('names in messages', () => {
  it.each(HOSTILE)(
    'When a person or an organisation is called %j, then no message gains a link, a tag or a line',
    (name) => {
      const plain = fillIn({ firstName: 'Anna', organisationName: 'Canary' });
      const hostile = fillIn({ firstName: name, organisationName: name });
      const lines = (text: string): number => text.split(/[\r\n\u2028\u2029]/).length;

      expect(hostile.subject).not.toMatch(CLICKABLE);
      expect(hostile.subject).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029<>{}_]/u);
      for (const part of ['text', 'html'] as const) {
        expect(lines(hostile[part])).toBe(lines(plain[part]));
        expect(hostile[part].split(LINK)).toHaveLength(2);
      }
      expect(hostile.text.replace(LINK, '')).not.toMatch(CLICKABLE);
      const tags = (html: string): string[] => html.match(/<[^>]*>/g)!;
      expect(tags(hostile.html)).toEqual(tags(plain.html));
      expect(hostile.html.replace(/<[^>]*>/g, '')).not.toMatch(CLICKABLE);

      const sms = smsBody(message({ firstName: name, organisationName: name, link: LINK }));
      expect(sms.endsWith(` ${LINK}`)).toBe(true);
      expect(lines(sms)).toBe(1);
      expect(sms.replace(LINK, '').replace('messenger: ', '')).not.toMatch(CLICKABLE);
    },
  );

  it('When a name holds signs of HTML, then the HTML part shows them as text and the plain part as they are', () => {
    const { text, html } = fillIn({ firstName: "D'Arcy", organisationName: 'Smith & Sons' });
    expect(text).toContain("Hello D'Arcy,");
    expect(text).toContain('Smith & Sons invites you');
    expect(html).toContain('Hello <bdi>D&#39;Arcy</bdi>,');
    expect(html).toContain('<bdi>Smith &amp; Sons</bdi> invites you');
    expect(html).not.toContain('Smith & Sons');
  });

  it('When the link holds signs of HTML, then the HTML part escapes them', () => {
    const link = 'https://messenger.example/join?a=1&b="x"&t=AbC';
    const { text, html } = fillIn({ link });
    expect(text).toContain(link);
    expect(html).toContain('href="https://messenger.example/join?a=1&amp;b=&quot;x&quot;&amp;t=AbC"');
  });

  it('When nothing of a name is left, then the mail still reads like one', () => {
    const { subject, text } = fillIn({ firstName: '😀', organisationName: '***' });
    expect(text).toMatch(/^Hello there,/);
    expect(subject).toBe('Your team invites you to its private messenger');
  });
});

describe('the length of an SMS', () => {
  const sms = (firstName: string, organisationName = 'Canary Wealth'): string =>
    smsBody(message({ firstName, organisationName, link: LINK }));

  it('When names are of common length, then one segment is enough', () => {
    const text = sms('Maximiliane', 'Hypothetical Wealth Management');
    expect(text).toBe(
      `Hello Maximiliane, Hypothetical Wealth Management invites you to its private messenger: ${LINK}`,
    );
    expect(text.length).toBeLessThanOrEqual(160);
  });

  it('When an apostrophe is typographic, then it is written so that the text stays in the GSM alphabet', () => {
    expect(sms('D’Arcy', 'Sotheby’s')).toBe(`Hello D'Arcy, Sotheby's invites you to its private messenger: ${LINK}`);
  });

  it('When the greeting would need a second segment, then it is left out, and only then', () => {
    const fixed = sms('A', 'B').length - 2;
    const longest = 'A'.repeat(30);
    const room = 160 - fixed - longest.length;
    expect(sms(longest, 'B'.repeat(room))).toMatch(/^Hello A{30}, B/);
    expect(sms(longest, 'B'.repeat(room)).length).toBe(160);
    expect(sms(longest, 'B'.repeat(room + 1))).toMatch(/^B+ invites/);
  });

  it('When a name is not in the GSM alphabet, then the person is still greeted by it', () => {
    expect(sms('Łukasz', 'Towarzystwo Ubezpieczeń i Reasekuracji Wzajemnych Spółka Akcyjna')).toMatch(
      /^Hello Łukasz, Towarzystwo/,
    );
  });
});

describe('the segments of an SMS', () => {
  const smsOf = (firstName: string, organisationName: string, link = LINK) =>
    message({ firstName, organisationName, link });
  const nameOf = (letters: string | readonly string[]) =>
    fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 90 }).map((name) => name.join(''));
  const oneUnit = fc.oneof(
    nameOf('aZ09 èÇØåÆßÑüΔΦΩ-,()&/'),
    nameOf('ÁçŁőñŻà'),
    nameOf('ЖяїΑλς'),
    nameOf('李小龍さくらカナ'),
    nameOf('محمدשלום'),
  );
  const severalUnits = fc.oneof(
    nameOf(['नि', 'मि', 'क्', 'त', 'না', 'ম']),
    nameOf(['𠮷', '𝒜', 'a', '𞤀']),
    nameOf(['q\u0323\u0307', 'x\u0301', 'b']),
    nameOf(['한', '\u1112\u1161\u11ab', '\u1100']),
    nameOf(['ก\u0e33', 'ก', '\u0903']),
  );
  const links = fc.constantFrom(LINK, `${LINK}?a={b}[c]^~|\\€`, `${LINK}/é`, `${LINK}/ж`);

  it('the calculator and the independent count of the sandbox agree where each character is one unit', () => {
    fc.assert(
      fc.property(oneUnit, oneUnit, links, (firstName, organisationName, link) => {
        const sms = smsOf(firstName, organisationName, link);
        expect(countSmsSegments(sms)).toBe(countSegments(smsBody(sms)));
      }),
    );
  });

  it('the calculator counts the same for a text as for its shape, and never less than its units need', () => {
    const anyName = fc.oneof(oneUnit, severalUnits);
    fc.assert(
      fc.property(anyName, anyName, links, (firstName, organisationName, link) => {
        const sms = smsOf(firstName, organisationName, link);
        expect(countSmsSegments(sms)).toBe(new SegmentedMessage(smsBody(sms)).segmentsCount);
        expect(countSmsSegments(sms)).toBeGreaterThanOrEqual(countSegments(smsBody(sms)));
      }),
    );
  });

  it('a message is counted as Twilio bills it, where its units alone would need a part less', () => {
    const messages = Array.from({ length: 80 }, (_, i) => smsOf('𠮷'.repeat(i + 1), 'Canary Wealth'));
    const isBilledMore = messages.filter((sms) => countSmsSegments(sms) > countSegments(smsBody(sms)));
    expect(isBilledMore.length).toBeGreaterThan(0);
  });

  /** Twilio splits no syllable and no surrogate pair, so a part may end before its 67 units are full, and all are billed. */
  it.each([
    ['a syllable of two units', 'नि'],
    ['a surrogate pair', '𠮷'],
  ])('67 times %s is billed as three segments, though two hold as many units', (_, grapheme) => {
    expect(new SegmentedMessage(grapheme.repeat(67)).segmentsCount).toBe(3);
    expect(countSegments(grapheme.repeat(67))).toBe(2);
  });
});
