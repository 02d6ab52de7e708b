import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import { createCallbackLog } from './callbacks/log';
import type { CallbackDeps } from './control/callback-routes';
import { createCallbackRouter } from './control/callback-routes';
import { createRespond } from './faults/respond';
import type { ControlDeps } from './control/routes';
import { createControlRouter } from './control/routes';
import { createCallbackDelivery } from './callbacks/delivery';
import { createOutcomePlan } from './outcomes/plan';
import { createFaultPlan } from './faults/plan';
import { createInboxRouter } from './inbox/routes';
import { openLedger } from './ledger/ledger';
import { createFailureCounter } from './faults/failure-counter';
import { createRequestLog } from './http/request-log';
import { createSendGridRouter } from './sendgrid/routes';
import { createSendGridWebhook } from './sendgrid/event-webhook';
import type { SendGridWebhook } from './sendgrid/event-webhook';
import type { Settings } from './http/settings';
import { TWILIO_API } from './twilio/answers';
import { createTwilioCallbacks } from './twilio/callbacks';
import { createTwilioRouter } from './twilio/routes';
import { openWebhookKey } from './sendgrid/webhook-key';
import { openWebhookRegistry } from './sendgrid/webhook-registry';

/** Longer than callers keep idle connections: one closed under a request would look like a planned fault. */
const KEEP_ALIVE_MS = 120_000;

export interface SandboxOptions {
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Folder of the ledger; made if it is missing. */
  dataDir: string;
  /** Waited before each answer of a provider, in milliseconds. */
  latencyMs: number;
  /** What events of SendGrid are signed with (base64 of DER, PKCS #8); one of its own, kept in the folder, if absent. */
  webhookKey?: string | undefined;
  /** Where events of SendGrid are posted to, for every account that has no address of its own. */
  webhookUrl?: string | undefined;
}

export interface Sandbox {
  url: string;
  port: number;
  /** Stops at once: requests in flight lose their connection, as with a provider that goes down. */
  close(): Promise<void>;
}

/** Starts the stand-ins for Twilio and SendGrid. Rejects if the port is in use or the ledger cannot be opened. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host, port, dataDir, latencyMs } = options;
  const ledger = openLedger(dataDir);
  const webhookKey = openWebhookKey(dataDir, options.webhookKey);
  const webhooks = openWebhookRegistry(dataDir, options.webhookUrl);
  const outcomes = createOutcomePlan();
  const callbackLog = createCallbackLog();
  const courier = createCallbackDelivery();
  const calling = { log: callbackLog, courier, outcomes };
  const deps: AppDeps = {
    ledger,
    log: createRequestLog(),
    faults: createFaultPlan(),
    failureCounter: createFailureCounter(),
    settings: { latencyMs, listLagMs: 0 },
    outcomes: outcomes,
    callbackLog,
    webhooks,
    webhookKey,
    twilioCallbacks: createTwilioCallbacks(calling),
    sendGridWebhook: createSendGridWebhook({ ...calling, webhooks, key: webhookKey }),
  };
  const server = createServer(createApp(deps));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1_000;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    ledger.close();
    throw error;
  }
  const bound = (server.address() as AddressInfo).port;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    courier.close();
    await closed;
    ledger.close();
  };
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound, close };
}

interface AppDeps extends ControlDeps, CallbackDeps {
  sendGridWebhook: SendGridWebhook;
}

function createApp(deps: AppDeps): Express {
  const { ledger, log, faults: plan, failureCounter: magic, settings } = deps;
  const conclude = createRespond(plan, magic);
  const app = express().disable('x-powered-by').disable('etag');
  app.use(TWILIO_API, log.record('twilio'), lateBy(settings), createTwilioRouter({ ...deps, respond: conclude }));
  app.use('/v3', log.record('sendgrid'), lateBy(settings), createSendGridRouter({ ...deps, respond: conclude }));
  app.use(createControlRouter(deps));
  app.use(createCallbackRouter(deps));
  app.use(createInboxRouter(ledger));
  app.use((req, res) => void res.status(404).json({ errors: [`There is nothing at ${req.method} ${req.path}.`] }));
  app.use(answerError);
  return app;
}

const lateBy =
  (settings: Settings): RequestHandler =>
  (_req, _res, next) => {
    if (settings.latencyMs > 0) setTimeout(next, settings.latencyMs).unref();
    else next();
  };

const answerError: ErrorRequestHandler = (error: Error & { status?: number }, _req, res, next) => {
  // The caller went away, or the sandbox was closed, while the request was waiting: nobody is left to answer.
  if (res.destroyed) return;
  if (res.headersSent) next(error);
  else res.status(error.status ?? 500).json({ errors: [error.message] });
};
