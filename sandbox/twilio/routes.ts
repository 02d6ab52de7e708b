import express from 'express';
import type { ErrorRequestHandler, Request, RequestHandler, Router } from 'express';
import { WRONG_CREDENTIAL } from '../faults/magic-recipients';
import type { Respond } from '../faults/respond';
import { sendAnswer } from '../http/answer';
import type { Exchange } from '../http/exchange';
import type { Settings } from '../http/settings';
import type { Ledger, LedgerMessage } from '../ledger/ledger';
import { messageResource, twilioError, twilioErrorFormat } from './answers';
import type { TwilioCallbacks } from './callbacks';
import type { Form } from './messages';
import { acceptedMessage, listMessages, messageProblem, textField } from './messages';

const MAX_FORM_SIZE = '1mb';

interface TwilioDeps {
  respond: Respond;
  ledger: Ledger;
  settings: Settings;
  twilioCallbacks: TwilioCallbacks;
}

/** Twilio's Messages resource: create, list, fetch. */
export function createTwilioRouter(deps: TwilioDeps): Router {
  const { respond, ledger, twilioCallbacks } = deps;
  const router = express.Router();
  router.use(authenticate);

  router.post(
    '/Accounts/:sid/Messages.json',
    express.urlencoded({ extended: false, limit: MAX_FORM_SIZE }),
    respond((req) => {
      const form = (req.body ?? {}) as Form;
      const to = textField(form, 'To');
      const code = messageProblem(form);
      if (code !== undefined) return { answer: twilioError({ code }), to: to === '' ? [] : [to] };
      const message = () => acceptedMessage(req.params['sid'] as string, form);
      const created = (accepted: LedgerMessage) => ({
        status: 201,
        body: messageResource(accepted, { status: 'queued' }),
      });
      return {
        provider: 'twilio',
        operation: 'send',
        deliveries: [{ to, text: textField(form, 'Body') }],
        errorFormat: twilioErrorFormat,
        accept: () => {
          const [accepted] = ledger.append([message()]);
          twilioCallbacks.reportOutcome(accepted!, {
            authToken: authTokenOf(req),
            statusCallback: textField(form, 'StatusCallback'),
          });
          return created(accepted!);
        },
        fakeAccept: () => created({ ...message(), seq: 0, at: new Date().toISOString() }),
      };
    }),
  );

  router.get(
    '/Accounts/:sid/Messages.json',
    respond((req) => {
      const { sid } = req.params as { sid: string };
      const body = () => listMessages(deps, sid, req.query);
      return lookUp(textField(req.query, 'To'), body);
    }),
  );

  router.get(
    '/Accounts/:sid/Messages/:messageSid.json',
    respond((req) => {
      const message = ledger.byId(req.params['messageSid'] as string);
      if (!message || message.account !== req.params['sid']) return { answer: twilioError({ code: 20404 }), to: [] };
      return lookUp(message.to, () => messageResource(message, twilioCallbacks.statusOf(message)));
    }),
  );

  router.use((_req, res) => sendAnswer(res, twilioError({ code: 20404 })));
  router.use(answerBadForm);
  return router;
}

function lookUp(to: string, body: () => object): Exchange {
  const show = () => ({ status: 200, body: body() });
  const deliveries = to === '' ? [] : [{ to, text: '' }];
  return {
    provider: 'twilio',
    operation: 'list',
    deliveries,
    errorFormat: twilioErrorFormat,
    accept: show,
    fakeAccept: show,
  };
}

/** `''` if the credentials are incomplete. */
function authTokenOf(req: Request): string {
  const [scheme, credentials = ''] = (req.get('authorization') ?? '').split(' ');
  const [user, token] = Buffer.from(credentials, 'base64').toString('utf8').split(/:(.*)/s);
  return scheme === 'Basic' && user && token ? token : '';
}

const authenticate: RequestHandler = (req, res, next) => {
  const token = authTokenOf(req);
  if (token !== '' && !token.startsWith(WRONG_CREDENTIAL)) next();
  else sendAnswer(res, twilioError({ code: 20003 }));
};

const answerBadForm: ErrorRequestHandler = (error: { status?: number; message?: string }, _req, res, next) => {
  if (error.status === undefined || res.destroyed) next(error);
  else sendAnswer(res, twilioError({ code: 20001, status: error.status, message: error.message }));
};
