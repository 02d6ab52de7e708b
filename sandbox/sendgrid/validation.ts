import type { MailProblem } from './answers';

const MAX_PERSONALIZATIONS = 1000;
const MAX_RECIPIENTS = 1000;
/** SendGrid accepts international domains, but only ASCII in the local part. */
const EMAIL =
  /^(?=.{1,320}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[^\s@.,;:<>()]+(\.[^\s@.,;:<>()]+)+$/i;
const MAX_LOCAL_PART = 64;

export interface Address {
  email: string;
  name?: string;
}
export interface Personalization {
  to: Address[];
  cc?: Address[];
  bcc?: Address[];
  subject?: string;
  substitutions?: Record<string, string>;
  dynamic_template_data?: Record<string, unknown>;
  custom_args?: Record<string, string>;
}
/** The parts of a mail-send request that the sandbox uses. */
export interface Mail {
  from: Address;
  subject?: string;
  content?: { type: string; value: string }[];
  personalizations: Personalization[];
  template_id?: string;
  custom_args?: Record<string, string>;
  mail_settings?: { sandbox_mode?: { enable?: boolean } };
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isEmail = (value: unknown): boolean =>
  typeof value === 'string' && EMAIL.test(value) && value.indexOf('@') <= MAX_LOCAL_PART;

/** Every problem of a request. If the list is empty, the body is a `Mail`. */
export function mailProblems(body: unknown): MailProblem[] {
  if (!isObject(body)) return [{ message: 'The body must be a JSON object.', field: null }];
  return [
    ...addressProblems(body['from'], 'from'),
    ...personalizationProblems(body),
    ...subjectProblems(body),
    ...contentProblems(body),
    ...textMapProblems(body['custom_args'], 'custom_args'),
  ];
}

function personalizationProblems({ personalizations }: Json): MailProblem[] {
  const field = 'personalizations';
  if (!Array.isArray(personalizations) || personalizations.length === 0) {
    return [{ message: 'At least one personalization is required.', field }];
  }
  if (personalizations.length > MAX_PERSONALIZATIONS) {
    const message = `At most ${MAX_PERSONALIZATIONS} personalizations are allowed; there are ${personalizations.length}.`;
    return [{ message, field }];
  }
  const problems = personalizations.flatMap((one: unknown, i) => problemsOfPersonalization(one, `${field}.${i}`));
  const recipients = personalizations.reduce((sum: number, one: unknown) => sum + emailsOf(one).length, 0);
  if (recipients > MAX_RECIPIENTS) {
    problems.push({ message: `At most ${MAX_RECIPIENTS} recipients are allowed; there are ${recipients}.`, field });
  }
  return problems;
}

function problemsOfPersonalization(one: unknown, field: string): MailProblem[] {
  if (!isObject(one)) return [{ message: 'A personalization must be an object.', field }];
  const problems = [
    ...recipientProblems(one['to'], `${field}.to`, true),
    ...recipientProblems(one['cc'], `${field}.cc`, false),
    ...recipientProblems(one['bcc'], `${field}.bcc`, false),
    ...textMapProblems(one['custom_args'], `${field}.custom_args`),
    ...textMapProblems(one['substitutions'], `${field}.substitutions`),
  ];
  if (one['subject'] !== undefined && !isText(one['subject'])) {
    problems.push({ message: 'Must be a text of at least one character.', field: `${field}.subject` });
  }
  const emails = emailsOf(one).map((email) => email.toLowerCase());
  if (new Set(emails).size < emails.length) {
    problems.push({ message: 'An address may stand only once in to, cc and bcc.', field });
  }
  return problems;
}

function recipientProblems(list: unknown, field: string, required: boolean): MailProblem[] {
  if (list === undefined && !required) return [];
  if (!Array.isArray(list) || list.length === 0) {
    return [{ message: 'An array of at least one address object is required.', field }];
  }
  return list.flatMap((address: unknown, i) => addressProblems(address, `${field}.${i}`));
}

function addressProblems(address: unknown, field: string): MailProblem[] {
  if (!isObject(address)) return [{ message: 'An object with an email is required.', field }];
  if (isEmail(address['email'])) return [];
  return [{ message: 'Not a valid email address.', field: `${field}.email` }];
}

function subjectProblems({ subject, template_id, personalizations }: Json): MailProblem[] {
  if (subject !== undefined && typeof subject !== 'string') return [{ message: 'Must be a text.', field: 'subject' }];
  if (isText(subject) || isText(template_id)) return [];
  if (Array.isArray(personalizations) && personalizations.every((one) => isObject(one) && isText(one['subject'])))
    return [];
  return [{ message: 'A subject is required, in the message or in each personalization.', field: 'subject' }];
}

function contentProblems({ content, template_id }: Json): MailProblem[] {
  if (content === undefined && isText(template_id)) return [];
  if (!Array.isArray(content) || content.length === 0) {
    return [{ message: 'At least one content is required, unless there is a template.', field: 'content' }];
  }
  const problems = content.flatMap((part: unknown, i): MailProblem[] =>
    ['type', 'value']
      .filter((name) => !isObject(part) || !isText(part[name]))
      .map((name) => ({
        message: `The ${name} must be a text of at least one character.`,
        field: `content.${i}.${name}`,
      })),
  );
  const types = content.map((part: unknown) => (isObject(part) ? part['type'] : undefined));
  if (types.includes('text/plain') && types[0] !== 'text/plain') {
    problems.push({ message: 'text/plain must come first.', field: 'content' });
  }
  return problems;
}

function textMapProblems(map: unknown, field: string): MailProblem[] {
  if (map === undefined) return [];
  if (!isObject(map)) return [{ message: 'An object is required.', field }];
  return Object.entries(map)
    .filter(([, value]) => typeof value !== 'string')
    .map(([name]) => ({ message: 'Each value must be a text.', field: `${field}.${name}` }));
}

/** The addresses of a personalization, valid or not. */
export function emailsOf(personalization: unknown): string[] {
  if (!isObject(personalization)) return [];
  return ['to', 'cc', 'bcc']
    .flatMap((name) => (Array.isArray(personalization[name]) ? (personalization[name] as unknown[]) : []))
    .flatMap((address) => (isObject(address) && typeof address['email'] === 'string' ? address['email'] : []));
}
