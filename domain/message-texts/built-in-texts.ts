import type { Channel } from '../../contract/invitation';
import type { BuiltInLanguage } from './languages';
import type { EmailText, SmsText } from './message-text';

const paragraphs = (...all: string[]): string => all.join('\n\n');

/** What is sent where an organisation has no text of its own. The words of an SMS stay in the GSM alphabet where the language allows it. */
const BUILT_IN: Readonly<Record<BuiltInLanguage, { email: EmailText; sms: SmsText }>> = {
  en: {
    email: {
      language: 'en',
      subject: '{{organisation}} invites you to its private messenger',
      body: paragraphs(
        'Hello {{firstName}},',
        '{{organisation}} invites you to its private messenger, where you can write to the people you know there in confidence.',
        'To join, open this link:\n{{link}}',
        'The link is yours alone, so please do not pass it on.',
        'We look forward to hearing from you,\n{{organisation}}',
      ),
      button: 'Join {{organisation}}',
    },
    sms: {
      language: 'en',
      body: 'Hello {{firstName}}, {{organisation}} invites you to its private messenger: {{link}}',
      shortBody: '{{organisation}} invites you to its private messenger: {{link}}',
    },
  },
  de: {
    email: {
      language: 'de',
      subject: '{{organisation}} lädt Sie zum eigenen vertraulichen Messenger ein',
      body: paragraphs(
        'Guten Tag {{firstName}},',
        '{{organisation}} lädt Sie zum eigenen Messenger ein. Dort können Sie vertraulich mit den Menschen schreiben, die Sie dort kennen.',
        'Um beizutreten, öffnen Sie diesen Link:\n{{link}}',
        'Der Link gehört nur Ihnen. Bitte geben Sie ihn nicht weiter.',
        'Wir freuen uns auf Ihre Nachricht,\n{{organisation}}',
      ),
      button: '{{organisation}} beitreten',
    },
    sms: {
      language: 'de',
      body: 'Guten Tag {{firstName}}, {{organisation}} lädt Sie zum vertraulichen Messenger ein: {{link}}',
      shortBody: '{{organisation}} lädt Sie zum vertraulichen Messenger ein: {{link}}',
    },
  },
  fr: {
    email: {
      language: 'fr',
      subject: '{{organisation}} vous invite à rejoindre sa messagerie privée',
      body: paragraphs(
        'Bonjour {{firstName}},',
        '{{organisation}} vous invite à rejoindre sa messagerie privée, où vous pourrez écrire en toute confidentialité aux personnes que vous y connaissez.',
        'Pour la rejoindre, ouvrez ce lien :\n{{link}}',
        'Ce lien est personnel, merci de ne pas le transmettre.',
        'Au plaisir de vous lire,\n{{organisation}}',
      ),
      button: 'Rejoindre {{organisation}}',
    },
    sms: {
      language: 'fr',
      body: 'Bonjour {{firstName}}, {{organisation}} vous invite à sa messagerie privée : {{link}}',
      shortBody: '{{organisation}} vous invite à sa messagerie privée : {{link}}',
    },
  },
  es: {
    email: {
      language: 'es',
      subject: '{{organisation}} le invita a su servicio de mensajería privada',
      body: paragraphs(
        'Hola, {{firstName}}:',
        '{{organisation}} le invita a su servicio de mensajería privada, donde podrá escribir de forma confidencial a las personas que conoce allí.',
        'Para unirse, abra este enlace:\n{{link}}',
        'El enlace es solo para usted. Por favor, no lo comparta.',
        'Esperamos sus noticias,\n{{organisation}}',
      ),
      button: 'Unirse a {{organisation}}',
    },
    sms: {
      language: 'es',
      // Without í and ó, which the GSM alphabet lacks.
      body: 'Hola, {{firstName}}: {{organisation}} le invita a su chat privado: {{link}}',
      shortBody: '{{organisation}} le invita a su chat privado: {{link}}',
    },
  },
  ar: {
    email: {
      language: 'ar',
      subject: 'تدعوكم {{organisation}} إلى خدمة المراسلة الخاصة بها',
      body: paragraphs(
        'مرحبًا {{firstName}}،',
        'تدعوكم {{organisation}} إلى خدمة المراسلة الخاصة بها، حيث يمكنكم مراسلة من تعرفونهم هناك بسرية.',
        'للانضمام، افتحوا هذا الرابط:\n{{link}}',
        'هذا الرابط خاص بكم وحدكم، فنرجو عدم مشاركته.',
        'نتطلع إلى رسائلكم،\n{{organisation}}',
      ),
      button: 'الانضمام إلى {{organisation}}',
    },
    sms: { language: 'ar', body: 'تدعوكم {{organisation}} إلى خدمة المراسلة الخاصة بها: {{link}}' },
  },
};

export const BUILT_IN_EMAIL = BUILT_IN.en.email;
export const BUILT_IN_SMS = BUILT_IN.en.sms;

/** The text that the product brings for a channel and a language. */
export const builtInText = (channel: Channel, language: string): EmailText | SmsText | undefined =>
  Object.hasOwn(BUILT_IN, language) ? BUILT_IN[language as BuiltInLanguage][channel] : undefined;
