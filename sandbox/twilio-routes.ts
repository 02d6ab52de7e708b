import express from 'express';
import type { ErrorRequestHandler, RequestHandler, Router } from 'express';
import { sendAnswer } from './answer';
import type { Conclude } from './conclude';
import type { Exchange } from './exchange';
import type { Ledger } from './ledger';
import { WRONG_CREDENTIAL } from './magic-recipients';
import type { Settings } from './settings';
import { messageResource, twilioError, twilioVoice } from './twilio-answers';
import type { Form } from './twilio-messages';
import { acceptedMessage, listMessages, messageProblem, textField } from './twilio-messages';

const LARGEST_FORM = '1mb';

/** Twilio's Messages resource: create, list, fetch. */
export function createTwilioRouter(deps: { conclude: Conclude; ledger: Ledger; settings: Settings }): Router {
  const { conclude, ledger, settings } = deps;
  const router = express.Router();
  router.use(authenticate);

  router.post(
    '/Accounts/:sid/Messages.json',
    express.urlencoded({ extended: false, limit: LARGEST_FORM }),
    conclude((req) => {
      const form = (req.body ?? {}) as Form;
      const to = textField(form, 'To');
      const code = messageProblem(form);
      if (code !== undefined) return { answer: twilioError({ code }), to: to === '' ? [] : [to] };
      const accept = () => {
        const [message] = ledger.append([acceptedMessage(req.params['sid'] as string, form)]);
        return { status: 201, body: messageResource(message!, 'queued') };
      };
      const deliveries = [{ to, text: textField(form, 'Body') }];
      return { provider: 'twilio', operation: 'send', deliveries, voice: twilioVoice, accept };
    }),
  );

  router.get(
    '/Accounts/:sid/Messages.json',
    conclude((req) => {
      const { sid } = req.params as { sid: string };
      const body = () => listMessages(ledger, sid, req.query, settings.listLagMs);
      return lookUp(textField(req.query, 'To'), body);
    }),
  );

  router.get(
    '/Accounts/:sid/Messages/:messageSid.json',
    conclude((req) => {
      const message = ledger.byId(req.params['messageSid'] as string);
      if (!message || message.account !== req.params['sid']) return { answer: twilioError({ code: 20404 }), to: [] };
      return lookUp(message.to, () => messageResource(message, 'delivered'));
    }),
  );

  router.use((_req, res) => sendAnswer(res, twilioError({ code: 20404 })));
  router.use(answerBadForm);
  return router;
}

const lookUp = (to: string, body: () => object): Exchange => ({
  provider: 'twilio',
  operation: 'list',
  deliveries: to === '' ? [] : [{ to, text: '' }],
  voice: twilioVoice,
  accept: () => ({ status: 200, body: body() }),
});

const authenticate: RequestHandler = (req, res, next) => {
  const [scheme, credentials = ''] = (req.get('authorization') ?? '').split(' ');
  const [user, token] = Buffer.from(credentials, 'base64').toString('utf8').split(/:(.*)/s);
  if (scheme === 'Basic' && user && token && !token.startsWith(WRONG_CREDENTIAL)) next();
  else sendAnswer(res, twilioError({ code: 20003 }));
};

const answerBadForm: ErrorRequestHandler = (error: { status?: number; message?: string }, _req, res, next) => {
  if (error.status === undefined || res.destroyed) next(error);
  else sendAnswer(res, twilioError({ code: 20001, status: error.status, message: error.message }));
};
