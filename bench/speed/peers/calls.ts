import { Pool } from 'undici';
import { BUILT_IN_EMAIL } from '../../../domain/message-texts/built-in-texts';
import { emailTemplateOf } from '../../../domain/message-texts/email-content';

/** A line of a file, as far as a message needs it. */
export interface Client {
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
  role: string;
  company: string;
  group: string;
}

/** A person with the link of their own. */
export interface Addressed {
  client: Client;
  link: string;
}

const ACCOUNT = `AC${'0'.repeat(32)}`;
const ORGANISATION = 'Harbour Wealth';
const FROM = { email: 'invitations@example.com', name: 'Invitations' };
const SMS_HEADERS = {
  authorization: `Basic ${Buffer.from(`${ACCOUNT}:secret`).toString('base64')}`,
  'content-type': 'application/x-www-form-urlencoded',
};
const EMAIL_HEADERS = { authorization: 'Bearer SG.sandbox.key', 'content-type': 'application/json' };

/** What all peers send: the product's own bodies over kept connections, one person a request unless they are given together. */
export function createCalls(sandboxUrl: string, inFlight: number) {
  const pool = new Pool(sandboxUrl, { connections: inFlight });
  const limit = createLimit(inFlight);
  let next = 0;

  async function post(path: string, headers: Record<string, string>, body: string, expected: number): Promise<void> {
    const answer = await pool.request({ method: 'POST', path, headers, body });
    await answer.body.dump();
    if (answer.statusCode !== expected) throw new Error(`${path} answered ${answer.statusCode}.`);
  }

  const sendEmails = (addressed: readonly Addressed[]): Promise<void> =>
    post('/v3/mail/send', EMAIL_HEADERS, JSON.stringify(mailFor(addressed)), 202);

  const sendSms = ({ client, link }: Addressed): Promise<void> => {
    const text = `Hello ${client.firstName}, ${ORGANISATION} invites you to its private messenger: ${link}`;
    const form = `To=${encodeURIComponent(client.mobile)}&From=%2B12025550100&Body=${encodeURIComponent(text)}`;
    return post(`/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, SMS_HEADERS, form, 201);
  };

  return {
    sendEmails,
    sendSms,
    /** One e-mail and one SMS to each. */
    async invite(clients: readonly Client[]): Promise<void> {
      const sends: Promise<void>[] = [];
      for (const client of clients) {
        const addressed = { client, link: linkOf(String(next++).padStart(32, 'x')) };
        sends.push(limit(() => sendEmails([addressed])));
        sends.push(limit(() => sendSms(addressed)));
      }
      await Promise.all(sends);
    },
  };
}

export const linkOf = (token: string): string => `https://messenger.example/join/${token}`;

function mailFor(addressed: readonly Addressed[]) {
  const { subject, text, html } = emailTemplateOf(BUILT_IN_EMAIL);
  return {
    from: FROM,
    subject,
    content: [
      { type: 'text/plain', value: text },
      { type: 'text/html', value: html },
    ],
    personalizations: addressed.map(({ client, link }) => ({
      to: [{ email: client.email }],
      substitutions: {
        '-first_name-': client.firstName,
        '-organisation_name-': ORGANISATION,
        '-invitation_link-': link,
        '-first_name_html-': client.firstName,
        '-organisation_name_html-': ORGANISATION,
        '-invitation_link_html-': link,
      },
      custom_args: { invitation: link },
    })),
    tracking_settings: { click_tracking: { enable: false, enable_text: false } },
  };
}

/** Runs at most so many tasks at once. */
export function createLimit(most: number) {
  let free = most;
  const waiting: (() => void)[] = [];
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const resume = waiting.shift();
      if (resume) resume();
      else free++;
    }
  };
}
