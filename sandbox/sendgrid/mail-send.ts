import type { IncomingHttpHeaders } from 'node:http';
import { WRONG_CREDENTIAL } from '../faults/magic-recipients';
import { htmlPage } from '../http/answer';
import type { Answered, Exchange } from '../http/exchange';
import type { ProviderApi } from '../http/provider-api';
import { hasMediaType } from '../http/provider-api';
import { randomId } from '../http/random-id';
import type { Ledger } from '../ledger/ledger';
import { readableText } from '../ledger/ledger';
import { sendGridErrorFormat, sendGridErrors } from './answers';
import type { EventWebhook } from './event-webhook';
import { renderMails } from './mails';
import { templateAnswer } from './templates';
import type { Mail } from './validation';
import { emailsOf, mailProblems } from './validation';
import { accountOfKey } from './webhook-registry';

const SENDGRID_API = '/v3';
const TEMPLATE = /^\/templates\/([^/]+)$/;
const MAX_REQUEST_BYTES = 30 * 1024 * 1024;

interface SendGridDeps {
  ledger: Ledger;
  eventWebhook: EventWebhook;
}

/** SendGrid's mail send, and its templates. */
export function createSendGridApi({ ledger, eventWebhook }: SendGridDeps): ProviderApi {
  function send(apiKey: string, body: unknown): Exchange | Answered {
    const problems = mailProblems(body);
    if (problems.length > 0) return { answer: sendGridErrors(400, problems), to: recipientsIn(body) };
    const mail = body as Mail;
    if (mail.mail_settings?.sandbox_mode?.enable) return { answer: { status: 200 }, to: recipientsIn(mail) };
    const mails = renderMails(mail);
    const id = randomId('base64url');
    const success = () => ({ status: 202, headers: { 'X-Message-Id': id } });
    return {
      provider: 'sendgrid',
      operation: 'send',
      deliveries: mails.map(({ field, message }) => ({ to: message.to, field, text: readableText(message) })),
      errorFormat: sendGridErrorFormat,
      accept: () => {
        const shared = { provider: 'sendgrid', from: mail.from.email, account: accountOfKey(apiKey) } as const;
        const accepted = mails.map(({ position, message }) => ({ id: `${id}.${position}`, ...shared, ...message }));
        eventWebhook.reportOutcomes(ledger.append(accepted));
        return success();
      },
      fakeAccept: success,
    };
  }

  return {
    name: 'sendgrid',
    basePath: SENDGRID_API,
    maxBodyBytes: MAX_REQUEST_BYTES,
    tooLarge: htmlPage(413, 'Request Entity Too Large'),
    prepare({ method, path, headers, body }) {
      const apiKey = apiKeyOf(headers);
      if (!apiKey || apiKey.startsWith(`SG.${WRONG_CREDENTIAL}`)) return failed({ status: 401 });
      const [, template] = TEMPLATE.exec(path.slice(SENDGRID_API.length)) ?? [];
      if (method === 'GET' && template !== undefined) return { answer: templateAnswer(template), to: [] };
      if (method !== 'POST' || path !== `${SENDGRID_API}/mail/send`) return failed({ status: 404 });
      let mail: unknown;
      try {
        mail = hasMediaType(headers, 'application/json') ? JSON.parse(body.toString()) : undefined;
      } catch (error) {
        return failed({ status: 400, message: (error as SyntaxError).message });
      }
      return send(apiKey, mail);
    },
  };
}

const failed = (details: { status: number; message?: string }): Answered => ({
  answer: sendGridErrorFormat.failed(details),
  to: [],
});

function recipientsIn(body: unknown): string[] {
  const { personalizations } = (body ?? {}) as { personalizations?: unknown };
  return Array.isArray(personalizations) ? personalizations.flatMap(emailsOf) : [];
}

const apiKeyOf = ({ authorization = '' }: IncomingHttpHeaders): string | undefined =>
  /^Bearer (SG\..+)$/.exec(authorization)?.[1];
