import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { ErrorRequestHandler, Express } from 'express';
import { createCallbackDelivery } from './callbacks/delivery';
import { createCallbackLog } from './callbacks/log';
import type { ControlDeps } from './control/routes';
import { createControlRouter } from './control/routes';
import { createFailureCounter } from './faults/failure-counter';
import { createFaultPlan } from './faults/plan';
import { createRespond } from './faults/respond';
import { sendAnswer } from './http/answer';
import { createHostGuard } from './http/host-guard';
import { createRequestLog } from './http/request-log';
import { createInboxRouter } from './inbox/routes';
import { openLedger } from './ledger/ledger';
import { createOutcomePlan } from './outcomes/plan';
import type { EventWebhook } from './sendgrid/event-webhook';
import { createEventWebhook } from './sendgrid/event-webhook';
import { createSendGridApi } from './sendgrid/mail-send';
import { openWebhookKey } from './sendgrid/webhook-key';
import { openWebhookRegistry } from './sendgrid/webhook-registry';
import type { TwilioCallbacks } from './twilio/callbacks';
import { createTwilioCallbacks } from './twilio/callbacks';
import { createTwilioContentApi } from './twilio/content-api';
import { createTwilioApi } from './twilio/message-api';

/** Longer than callers keep idle connections: one closed under a request would look like a planned fault. */
const KEEP_ALIVE_MS = 120_000;

export interface SandboxOptions {
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Folder of the ledger; created if it is missing. */
  dataDir: string;
  /** Waited before each answer of a provider, in milliseconds. */
  latencyMs: number;
  /** Signs the events of SendGrid (base64 of DER, PKCS #8); if absent, a generated key that is kept in the folder. */
  webhookKey?: string | undefined;
  /** Receives the events of SendGrid of every account without a URL of its own. */
  webhookUrl?: string | undefined;
  /** Names, besides those of this machine, under which it answers; without ports. */
  hosts?: readonly string[];
  /** Address of the product, to whose imports the inbox links. */
  productUrl?: string | undefined;
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
  const delivery = createCallbackDelivery();
  const listener = createListener({
    hosts: options.hosts ?? [],
    productUrl: options.productUrl,
    ledger,
    requestLog: createRequestLog(),
    faults: createFaultPlan(),
    failureCounter: createFailureCounter(),
    settings: { latencyMs, listLagMs: 0 },
    outcomes,
    callbackLog,
    webhooks,
    webhookKey,
    twilioCallbacks: createTwilioCallbacks({ callbackLog, delivery, outcomes }),
    eventWebhook: createEventWebhook({ callbackLog, delivery, outcomes, webhooks, webhookKey }),
  });
  const server = createServer(listener);
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
    delivery.close();
    await closed;
    ledger.close();
  };
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound, close };
}

interface ListenerDeps extends ControlDeps {
  hosts: readonly string[];
  productUrl: string | undefined;
  twilioCallbacks: TwilioCallbacks;
  eventWebhook: EventWebhook;
}

function createListener(deps: ListenerDeps): RequestListener {
  const refusalOf = createHostGuard(deps.hosts);
  const respond = createRespond(deps);
  const providers = [createTwilioApi(deps), createTwilioContentApi(), createSendGridApi(deps)].map((api) => ({
    path: `${api.basePath}/`,
    answer: respond(api),
  }));
  const answerOthers = createApp(deps);
  return (req, res) => {
    const refusal = refusalOf(req);
    if (refusal) sendAnswer(res, refusal);
    else (providers.find(({ path }) => req.url!.startsWith(path))?.answer ?? answerOthers)(req, res);
  };
}

/** What people and tests ask for. */
function createApp(deps: ListenerDeps): Express {
  const app = express().disable('x-powered-by').disable('etag');
  app.use(createControlRouter(deps));
  app.use(createInboxRouter(deps));
  app.use((req, res) => void res.status(404).json({ errors: [`There is nothing at ${req.method} ${req.path}.`] }));
  app.use(answerError);
  return app;
}

const answerError: ErrorRequestHandler = (error: Error & { status?: number }, _req, res, next) => {
  // The caller went away, or the sandbox was closed, while the request was waiting.
  if (res.destroyed) return;
  if (res.headersSent) next(error);
  else res.status(error.status ?? 500).json({ errors: [error.message] });
};
