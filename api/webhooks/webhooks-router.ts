import { raw } from 'express';
import type { RequestHandler } from 'express';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import type { WebhookReader } from '../../providers/webhook-reader';
import type { Store } from '../../store/index';
import { limitOpen } from '../http/budget';
import type { Budget } from '../http/budget';
import { HttpProblem } from '../http/http-problem';
import { emptyReply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { WEBHOOK_ROUTES } from './webhook-routes';

/** In bytes. A thousand events of SendGrid have some 200 KB; Twilio reports on one message at a time. */
const LIMITS = { twilio: 64 * 1024, sendgrid: 1024 * 1024 } as const;
type Provider = keyof typeof LIMITS;
const PROVIDERS = Object.keys(LIMITS) as Provider[];

export interface WebhooksDeps {
  store: Pick<Store, 'reports'>;
  /** Absent for a provider whose signatures cannot be checked. */
  webhooks: Partial<Record<Provider, WebhookReader>>;
}

/**
 * Requests whose body is being received or whose reports are being written. Twilio sends hundreds a second and repeats none, so
 * signed ones have no rate, and a slow body ends before it keeps others out.
 */
const OPEN = { most: 1000, bodyWithinMs: 5000 };

/**
 * Providers sign their callbacks instead of sending an API key. They get 204 once their reports are written; after any other
 * answer they repeat the callback later.
 */
export function createWebhooksRoutes({ store, webhooks }: WebhooksDeps, strangers: Budget): Route[] {
  const write = batchReports((reports) => store.reports.apply(reports));
  const open = limitOpen(OPEN);

  return PROVIDERS.map((provider) => {
    const spec = WEBHOOK_ROUTES[provider];
    const reader = webhooks[provider];
    if (!reader) {
      return route(spec, async (_input, request) => {
        strangers.spend(request);
        throw notSetUp();
      });
    }
    // Raw for any content type, since the signature covers the bytes.
    const body = raw({ type: () => true, limit: LIMITS[provider], inflate: false });
    // First of all the header: nothing of an unsigned body is received, let alone parsed.
    const refuseUnsigned: RequestHandler = (request, _response, next) => {
      if (reader.isSignatureLike(request.headers)) return next();
      strangers.spend(request);
      throw forged();
    };
    return route(
      spec,
      async (_input, request) => {
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const reports = reader.read({ url: request.originalUrl, headers: request.headers, rawBody });
        if (reports === 'forged') throw forged();
        if (reports === 'oversized') throw oversized();
        if (reports.length > 0) await write(reports);
        return emptyReply(204);
      },
      [refuseUnsigned, open, body],
    );
  });
}

/**
 * Batches the reports that arrive during a write, since Twilio sends one request per message, hundreds a second. Each caller
 * waits for its own batch and gets its error.
 */
export function batchReports(
  write: (reports: ProviderReport[]) => Promise<unknown>,
): (reports: readonly ProviderReport[]) => Promise<void> {
  let batch: ProviderReport[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function writeNext(): Promise<void> {
    await running.catch(() => undefined);
    const reports = batch;
    batch = [];
    next = undefined;
    running = write(reports);
    await running;
  }

  return (reports) => {
    batch.push(...reports);
    next ??= writeNext();
    return next;
  };
}

const forged = (): HttpProblem =>
  new HttpProblem(
    403,
    'signature-invalid',
    'The signature of this report is missing, invalid or too old, so nothing was changed. If the provider did send it, compare ' +
      'WEBHOOK_URL and the keys in our settings with those at the provider.',
  );

const oversized = (): HttpProblem =>
  new HttpProblem(
    413,
    'too-many-fields',
    'The report has more fields or events than the provider ever sends, so nothing was changed.',
  );

const notSetUp = (): HttpProblem =>
  new HttpProblem(
    404,
    'webhook-not-set-up',
    'Reports of this provider are not set up. Set WEBHOOK_URL and the key that verifies its signatures.',
  );
