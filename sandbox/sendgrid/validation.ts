import { z } from 'zod';
import type { MailProblem } from './answers';

const MAX_PERSONALIZATIONS = 1000;
const MAX_RECIPIENTS = 1000;
/** SendGrid accepts international domains, but only ASCII in the local part. */
const EMAIL =
  /^(?=.{1,320}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[^\s@.,;:<>()]+(\.[^\s@.,;:<>()]+)+$/i;
const MAX_LOCAL_PART = 64;

const isEmail = (value: unknown): boolean =>
  typeof value === 'string' && EMAIL.test(value) && value.indexOf('@') <= MAX_LOCAL_PART;
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const tooMany = (max: number, noun: string, list: readonly unknown[]): string =>
  `At most ${max} ${noun} are allowed; there are ${list.length}.`;
const textOf = (message: string) => z.custom<string>(isText, message);
/** Parts whose shape SendGrid checks and the sandbox does not. */
const unchecked = <T>() => z.custom<T>().optional();
const address = z.object(
  { email: z.custom<string>(isEmail, 'Not a valid email address.') },
  'An object with an email is required.',
);
const addresses = z
  .array(address, 'An array of at least one address object is required.')
  .min(1, 'An array of at least one address object is required.');
const textMap = z.record(z.string(), z.string('Each value must be a text.'), 'An object is required.');

/** Those that SendGrid writes itself cannot be set, and none can hold a line break. */
const RESERVED_HEADERS =
  /^(x-sg-id|x-sg-eid|received|dkim-signature|content-type|content-transfer-encoding|to|from|subject|reply-to|cc|bcc)$/i;
const headersMap = textMap.refine(
  (headers) => Object.entries(headers).every(([name, value]) => !RESERVED_HEADERS.test(name) && !/[\r\n]/.test(value)),
  'Reserved headers and line breaks are not allowed.',
);

const personalization = z
  .object(
    {
      to: addresses,
      cc: addresses.optional(),
      bcc: addresses.optional(),
      subject: textOf('Must be a text of at least one character.').optional(),
      substitutions: textMap.optional(),
      dynamic_template_data: unchecked<Record<string, unknown>>(),
      custom_args: textMap.optional(),
      headers: headersMap.optional(),
    },
    'A personalization must be an object.',
  )
  .refine(hasDistinctEmails, 'An address may stand only once in to, cc and bcc.');

const CONTENT_REQUIRED = 'At least one content is required, unless there is a template.';
const content = z
  .array(
    z.object(
      {
        type: textOf('The type must be a text of at least one character.'),
        value: textOf('The value must be a text of at least one character.'),
      },
      'An object with a type and a value is required.',
    ),
    CONTENT_REQUIRED,
  )
  .min(1, CONTENT_REQUIRED)
  .refine((parts) => parts.findIndex(({ type }) => type === 'text/plain') < 1, 'text/plain must come first.');

/** The parts of a mail-send request that the sandbox uses. */
const mailSchema = z
  .object(
    {
      from: address.extend({ name: z.string().optional() }),
      reply_to: address.optional(),
      personalizations: z
        .array(personalization, 'At least one personalization is required.')
        .min(1, 'At least one personalization is required.')
        .max(MAX_PERSONALIZATIONS, {
          error: ({ input }) => tooMany(MAX_PERSONALIZATIONS, 'personalizations', input as unknown[]),
        })
        .refine((all) => all.flatMap(emailsOf).length <= MAX_RECIPIENTS, {
          error: ({ input }) => tooMany(MAX_RECIPIENTS, 'recipients', (input as unknown[]).flatMap(emailsOf)),
        }),
      subject: z.string('Must be a text.').optional(),
      content: content.optional(),
      template_id: unchecked<string>(),
      custom_args: textMap.optional(),
      mail_settings: unchecked<{ sandbox_mode?: { enable?: boolean } }>(),
    },
    'The body must be a JSON object.',
  )
  .superRefine(({ subject, content, template_id, personalizations }, context) => {
    const add = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (!subject && !isText(template_id) && !personalizations.every((one) => one.subject)) {
      add('subject', 'A subject is required, in the message or in each personalization.');
    }
    if (content === undefined && !isText(template_id)) {
      add('content', CONTENT_REQUIRED);
    }
  });

export type Mail = z.infer<typeof mailSchema>;
export type Personalization = z.infer<typeof personalization>;
export type Address = z.infer<typeof address>;

/** Every problem of a request. If the list is empty, the body is a `Mail`. */
export function mailProblems(body: unknown): MailProblem[] {
  const issues = mailSchema.safeParse(body).error?.issues ?? [];
  return issues.map(({ path, message }) => ({ message, field: path.length > 0 ? path.join('.') : null }));
}

/** The addresses of a personalization, valid or not. */
export function emailsOf(one: unknown): string[] {
  const { to, cc, bcc } = (one ?? {}) as Record<string, unknown>;
  return [to, cc, bcc]
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .flatMap((recipient) => {
      const { email } = (recipient ?? {}) as { email?: unknown };
      return typeof email === 'string' ? email : [];
    });
}

function hasDistinctEmails(one: unknown): boolean {
  const emails = emailsOf(one).map((email) => email.toLowerCase());
  return new Set(emails).size === emails.length;
}
