import { randomBytes } from 'node:crypto';
import express from 'express';
import type { ErrorRequestHandler, Request, RequestHandler, Router } from 'express';
import { WRONG_CREDENTIAL } from '../faults/magic-recipients';
import type { Respond } from '../faults/respond';
import { htmlPage, sendAnswer } from '../http/answer';
import type { Ledger } from '../ledger/ledger';
import { readableText } from '../ledger/ledger';
import { sendGridErrorFormat, sendGridErrors } from './answers';
import type { EventWebhook } from './event-webhook';
import { renderMails } from './mails';
import type { Mail } from './validation';
import { emailsOf, mailProblems } from './validation';
import { accountOfKey } from './webhook-registry';

const MAX_REQUEST_SIZE = '30mb';

interface SendGridDeps {
  respond: Respond;
  ledger: Ledger;
  eventWebhook: EventWebhook;
}

/** SendGrid's mail send. */
export function createSendGridRouter({ respond, ledger, eventWebhook }: SendGridDeps): Router {
  const router = express.Router();
  router.use(authenticate);
  router.post(
    '/mail/send',
    express.json({ limit: MAX_REQUEST_SIZE }),
    respond((req) => {
      const problems = mailProblems(req.body);
      if (problems.length > 0) return { answer: sendGridErrors(400, problems), to: recipientsIn(req.body) };
      const mail = req.body as Mail;
      if (mail.mail_settings?.sandbox_mode?.enable) return { answer: { status: 200 }, to: recipientsIn(mail) };
      const mails = renderMails(mail);
      const id = randomBytes(16).toString('base64url');
      const success = () => ({ status: 202, headers: { 'X-Message-Id': id } });
      return {
        provider: 'sendgrid',
        operation: 'send',
        deliveries: mails.map(({ field, message }) => ({ to: message.to, field, text: readableText(message) })),
        errorFormat: sendGridErrorFormat,
        accept: () => {
          const shared = { provider: 'sendgrid', from: mail.from.email, account: accountOfKey(keyOf(req)!) } as const;
          const accepted = mails.map(({ position, message }) => ({ id: `${id}.${position}`, ...shared, ...message }));
          eventWebhook.reportOutcomes(ledger.append(accepted));
          return success();
        },
        fakeAccept: success,
      };
    }),
  );
  router.use((_req, res) => sendAnswer(res, sendGridErrorFormat.failed({ status: 404 })));
  router.use(answerBadBody);
  return router;
}

function recipientsIn(body: unknown): string[] {
  const { personalizations } = (body ?? {}) as { personalizations?: unknown };
  return Array.isArray(personalizations) ? personalizations.flatMap(emailsOf) : [];
}

const keyOf = (req: Request): string | undefined => /^Bearer (SG\..+)$/.exec(req.get('authorization') ?? '')?.[1];

const authenticate: RequestHandler = (req, res, next) => {
  const key = keyOf(req);
  if (key && !key.startsWith(`SG.${WRONG_CREDENTIAL}`)) next();
  else sendAnswer(res, sendGridErrorFormat.failed({ status: 401 }));
};

const answerBadBody: ErrorRequestHandler = (error: { status?: number; message?: string }, _req, res, next) => {
  if (error.status === undefined || res.destroyed) next(error);
  else if (error.status === 413) sendAnswer(res, htmlPage(413, 'Request Entity Too Large'));
  else sendAnswer(res, sendGridErrorFormat.failed({ status: error.status, message: error.message }));
};
