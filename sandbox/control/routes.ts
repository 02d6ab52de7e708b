import express from 'express';
import type { Router } from 'express';
import { z } from 'zod';
import type { CallbackLog } from '../callbacks/log';
import type { FailureCounter } from '../faults/failure-counter';
import type { FaultPlan } from '../faults/plan';
import { faultSchema } from '../faults/schema';
import type { RequestLog } from '../http/request-log';
import { objectOf, text, webUrl } from '../http/schema';
import type { Settings } from '../http/settings';
import { settingsSchema } from '../http/settings';
import type { Ledger } from '../ledger/ledger';
import type { OutcomePlan } from '../outcomes/plan';
import { outcomeSchema } from '../outcomes/schema';
import type { WebhookKey } from '../sendgrid/webhook-key';
import type { WebhookRegistry } from '../sendgrid/webhook-registry';
import { accountOfKey } from '../sendgrid/webhook-registry';
import type { TwilioCallbacks } from '../twilio/callbacks';
import { inboundSchema } from '../twilio/callbacks';
import { withBody } from './body';
import { createPlanRouter } from './plan-routes';

export interface ControlDeps {
  ledger: Ledger;
  requestLog: RequestLog;
  faults: FaultPlan;
  failureCounter: FailureCounter;
  settings: Settings;
  outcomes: OutcomePlan;
  callbackLog: CallbackLog;
  webhooks: WebhookRegistry;
  webhookKey: WebhookKey;
  twilioCallbacks: Pick<TwilioCallbacks, 'postInbound'>;
}

const webhookSchema = objectOf({
  /** Key of the account; for all accounts without a URL of their own, if absent. */
  apiKey: text.optional(),
  /** `null` removes the URL. */
  url: z.nullable(webUrl),
});

/** The API for people and tests, which no provider has: read the records back, plan faults and outcomes. */
export function createControlRouter(deps: ControlDeps): Router {
  const { ledger, requestLog, faults, failureCounter, settings, outcomes, callbackLog } = deps;
  const { webhooks, webhookKey, twilioCallbacks } = deps;
  const router = express.Router();

  router.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));

  router.get('/__ledger', ({ query }, res) => {
    const { to, contains, invitation } = query;
    const messages = ledger.find({
      to: filter(to),
      contains: filter(contains),
      invitation: filter(invitation),
      after: after(query),
    });
    res.json({ count: messages.length, messages });
  });
  router.get('/__ledger/count', (_req, res) => void res.json({ count: ledger.count() }));
  router.delete('/__ledger', (_req, res) => {
    ledger.clear();
    failureCounter.clear();
    res.status(204).end();
  });

  router.get('/__requests', ({ query }, res) => {
    const requests = requestLog.list({ to: filter(query['to']), after: after(query) });
    res.json({ count: requests.length, requests });
  });
  router.delete('/__requests', (_req, res) => {
    requestLog.clear();
    res.status(204).end();
  });

  router.get('/__callbacks', ({ query }, res) => {
    const { to, url, invitation } = query;
    const callbacks = callbackLog.list({
      to: filter(to),
      url: filter(url),
      invitation: filter(invitation),
      after: after(query),
    });
    res.json({ count: callbacks.length, callbacks });
  });
  router.delete('/__callbacks', (_req, res) => {
    callbackLog.clear();
    res.status(204).end();
  });

  router.use(createPlanRouter('fault', faultSchema, faults));
  router.use(createPlanRouter('outcome', outcomeSchema, outcomes));

  router.get('/__settings', (_req, res) => void res.json(settings));
  router.put(
    '/__settings',
    withBody(settingsSchema.partial(), (changes, res) => void res.json(Object.assign(settings, changes))),
  );

  const shownWebhooks = () => ({ publicKey: webhookKey.publicKey, webhooks: webhooks.list() });
  router.get('/__webhooks', (_req, res) => void res.json(shownWebhooks()));
  router.put(
    '/__webhooks',
    withBody(webhookSchema, ({ apiKey, url }, res) => {
      webhooks.set(apiKey === undefined ? null : accountOfKey(apiKey), url);
      res.json(shownWebhooks());
    }),
  );

  router.post(
    '/__inbound',
    withBody(inboundSchema, async (inbound, res) => {
      res.json({ callback: await twilioCallbacks.postInbound(inbound) });
    }),
  );
  return router;
}

/** The value of a query parameter, unless it is absent, repeated or empty. */
const filter = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const after = (query: { after?: unknown }): number => Number(filter(query.after) ?? 0) || 0;
