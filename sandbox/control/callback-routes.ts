import express from 'express';
import type { Router } from 'express';
import type { CallbackLog } from '../callbacks/log';
import { isText, isUrl, problemsOf } from '../http/schema';
import { after, refuse, refusingWith, text } from './check-body';
import type { OutcomePlan } from '../outcomes/plan';
import type { OutcomeRequest } from '../outcomes/schema';
import { outcomeProblems } from '../outcomes/schema';
import { accountOfKey } from '../sendgrid/sendgrid-account';
import type { InboundRequest, TwilioCallbacks } from '../twilio/callbacks';
import type { WebhookKey } from '../sendgrid/webhook-key';
import type { WebhookRegistry } from '../sendgrid/webhook-registry';

export interface CallbackDeps {
  outcomes: OutcomePlan;
  callbackLog: CallbackLog;
  webhooks: WebhookRegistry;
  webhookKey: WebhookKey;
  twilioCallbacks: TwilioCallbacks;
}

/** Planning what becomes of messages, and reading back what was told of it. */
export function createCallbackRouter(deps: CallbackDeps): Router {
  const { outcomes: outcomes, callbackLog, webhooks, webhookKey, twilioCallbacks } = deps;
  const router = express.Router();

  router.post('/__outcomes', express.json(), refusingWith(outcomeProblems), (req, res) => {
    try {
      res.status(201).json({ outcomes: outcomes.add([req.body as OutcomeRequest | OutcomeRequest[]].flat()) });
    } catch (error) {
      refuseIfRange(res, error);
    }
  });
  router.get('/__outcomes', (_req, res) => void res.json({ outcomes: outcomes.list() }));
  router.delete('/__outcomes', (_req, res) => {
    outcomes.clear();
    res.status(204).end();
  });

  const shown = () => ({ publicKey: webhookKey.publicKey, webhooks: webhooks.list() });
  router.get('/__webhooks', (_req, res) => void res.json(shown()));
  router.put('/__webhooks', express.json(), refusingWith(webhookProblems), (req, res) => {
    const { apiKey, url } = req.body as { apiKey?: string; url: string | null };
    webhooks.set(apiKey === undefined ? null : accountOfKey(apiKey), url);
    res.json(shown());
  });

  router.get('/__callbacks', (req, res) => {
    const [to, url, invitation] = ['to', 'url', 'invitation'].map((name) => text(req.query[name]));
    const callbacks = callbackLog.list({ to, url, invitation, ...after(req.query) });
    res.json({ count: callbacks.length, callbacks });
  });
  router.delete('/__callbacks', (_req, res) => {
    callbackLog.clear();
    res.status(204).end();
  });

  router.post('/__inbound', express.json(), refusingWith(inboundProblems), async (req, res) => {
    try {
      res.json({ callback: await twilioCallbacks.receive(req.body as InboundRequest) });
    } catch (error) {
      refuseIfRange(res, error);
    }
  });
  return router;
}

function refuseIfRange(res: express.Response, error: unknown): void {
  if (!(error instanceof RangeError)) throw error;
  refuse(res, [error.message]);
}

const webhookProblems = (body: unknown): string[] =>
  problemsOf(body, { apiKey: isText, url: (value) => (value === null ? undefined : isUrl(value)) }, ['url']);

const inboundProblems = (body: unknown): string[] => {
  const texts = { from: isText, to: isText, body: isText, optOutType: isText, authToken: isText };
  return problemsOf(body, { url: isUrl, ...texts }, ['url', 'from', 'body']);
};
