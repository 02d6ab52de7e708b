import { raw, Router } from 'express';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import type { WebhookReader } from '../../providers/webhook-reader';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';

/** A thousand events of SendGrid are some 200 KB; Twilio reports on one message at a time. */
const LIMITS = { twilio: 64 * 1024, sendgrid: 1024 * 1024 } as const;
type Provider = keyof typeof LIMITS;
const PROVIDERS = Object.keys(LIMITS) as Provider[];

export interface WebhooksDeps {
  store: Pick<Store, 'reports'>;
  /** The readers of the providers whose signatures can be checked. */
  webhooks: Partial<Record<Provider, WebhookReader>>;
}

/**
 * The callbacks of the providers. They have no API key but sign each request, byte by byte. They get 204 once their reports
 * are written; after any other answer they repeat the callback later.
 */
export function createWebhooksRouter({ store, webhooks }: WebhooksDeps): Router {
  const router = Router();
  const write = gatherReports((reports) => store.reports.apply(reports));

  for (const provider of PROVIDERS) {
    const reader = webhooks[provider];
    if (!reader) {
      router.post(`/${provider}`, () => {
        throw notSetUp();
      });
      continue;
    }
    // Raw, whatever its content type: the signature is of the bytes.
    const body = raw({ type: () => true, limit: LIMITS[provider], inflate: false });
    router.post(`/${provider}`, body, async (request, response) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const reports = reader.read({ url: request.originalUrl, headers: request.headers, rawBody });
      if (reports === 'forged') throw forged();
      if (reports.length > 0) await write(reports);
      response.status(204).end();
    });
  }

  return router;
}

/**
 * Twilio reports on each message by a request of its own, hundreds a second. While some reports are being written the next
 * ones gather, and are written together. Each caller waits for its own batch, and gets an error if that fails.
 */
export function gatherReports(
  write: (reports: ProviderReport[]) => Promise<unknown>,
): (reports: readonly ProviderReport[]) => Promise<void> {
  let gathered: ProviderReport[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function writeNext(): Promise<void> {
    await running.catch(() => undefined);
    const reports = gathered;
    gathered = [];
    next = undefined;
    running = write(reports);
    await running;
  }

  return (reports) => {
    gathered.push(...reports);
    next ??= writeNext();
    return next;
  };
}

const forged = (): HttpProblem =>
  new HttpProblem(
    403,
    'signature-invalid',
    'The signature of this report is missing, wrong or too old, so nothing was changed. If the provider did send it, compare ' +
      'WEBHOOK_URL and the keys in our settings with those at the provider.',
  );

const notSetUp = (): HttpProblem =>
  new HttpProblem(
    404,
    'webhook-not-set-up',
    'Reports of this provider are not accepted yet: set WEBHOOK_URL, and the key that checks its signatures.',
  );
