import type { LedgerMessage } from '../ledger/ledger';
import type { Address, Mail, Personalization } from './validation';

/** The mail that one person would receive. */
export interface RenderedMail {
  /** `<personalization>` for the first `to`, `<personalization>.<n>` for every further recipient of the same mail. */
  position: string;
  field: string;
  message: Pick<LedgerMessage, 'to' | 'subject' | 'body' | 'html' | 'customArgs' | 'fromName' | 'replyTo' | 'headers'>;
}

/** The mails of a mail-send request, personalization by personalization. */
export function renderMails(mail: Mail): RenderedMail[] {
  return mail.personalizations.flatMap((personalization, i) => {
    const content = renderContent(mail, personalization);
    const { headers } = personalization;
    const head = {
      ...(mail.from.name !== undefined && { fromName: mail.from.name }),
      ...(mail.reply_to && { replyTo: mail.reply_to.email }),
      ...(headers && { headers }),
    };
    const customArgs = { ...mail.custom_args, ...personalization.custom_args };
    return recipientsOf(personalization).map(({ address, field }, n) => ({
      position: n === 0 ? `${i}` : `${i}.${n}`,
      field: `personalizations.${i}.${field}.email`,
      message: {
        to: address.email,
        ...content,
        ...head,
        ...(Object.keys(customArgs).length > 0 ? { customArgs } : {}),
      },
    }));
  });
}

function recipientsOf(personalization: Personalization): { address: Address; field: string }[] {
  return (['to', 'cc', 'bcc'] as const).flatMap((kind) =>
    (personalization[kind] ?? []).map((address, i) => ({ address, field: `${kind}.${i}` })),
  );
}

function renderContent(mail: Mail, personalization: Personalization) {
  const { substitutions = {} } = personalization;
  // SendGrid has no placeholder syntax of its own: it replaces each occurrence of a key literally.
  const fill = (text: string): string =>
    Object.entries(substitutions).reduce((filled, [key, value]) => filled.replaceAll(key, () => value), text);
  const part = (type: string): string | undefined => mail.content?.find((content) => content.type === type)?.value;
  const html = part('text/html');
  return {
    subject: fill(personalization.subject ?? mail.subject ?? ''),
    body: fill(part('text/plain') ?? (html === undefined ? templateNote(mail, personalization) : '')),
    ...(html === undefined ? {} : { html: fill(html) }),
  };
}

/** SendGrid stores the templates, so the inbox can only show the id and the data of one. */
function templateNote({ template_id }: Mail, { dynamic_template_data = {} }: Personalization): string {
  return template_id === undefined ? '' : `Template ${template_id} with ${JSON.stringify(dynamic_template_data)}`;
}
