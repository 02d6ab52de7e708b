import { raw, Router } from 'express';
import type { WebhookReader } from '../../providers/webhook-reader';
import type { Store } from '../../store/index';
import { gatherReports } from './gather-reports';
import { HttpProblem } from '../http/http-problem';

/** A thousand events of SendGrid are some 200 KB; Twilio reports on one message at a time. */
const LIMITS = { twilio: 64 * 1024, sendgrid: 1024 * 1024 } as const;
type Provider = keyof typeof LIMITS;
const PROVIDERS = Object.keys(LIMITS) as Provider[];

export interface WebhooksDeps {
  store: Pick<Store, 'reports'>;
  /** Of the providers whose signatures can be checked. */
  webhooks: Partial<Record<Provider, WebhookReader>>;
}

/**
 * Where the providers tell what becomes of messages. They have no key but sign what they send, byte by byte. The answer
 * comes when everything is written down; with any other one they tell it again later.
 */
export function createWebhooksRouter({ store, webhooks }: WebhooksDeps): Router {
  const router = Router();
  const writeDown = gatherReports((reports) => store.reports.apply(reports));

  for (const provider of PROVIDERS) {
    const reader = webhooks[provider];
    if (!reader) {
      router.post(`/${provider}`, () => {
        throw notSetUp();
      });
      continue;
    }
    // As it came, whatever it says it is: the signature is of the bytes.
    const body = raw({ type: () => true, limit: LIMITS[provider], inflate: false });
    router.post(`/${provider}`, body, async (request, response) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const reports = reader.read({ url: request.originalUrl, headers: request.headers, rawBody });
      if (reports === 'forged') throw forged();
      if (reports.length > 0) await writeDown(reports);
      response.status(204).end();
    });
  }

  return router;
}

const forged = (): HttpProblem =>
  new HttpProblem(
    403,
    'signature-invalid',
    'The signature of this report is missing, wrong or too old, so nothing was changed. If the provider did send it, compare ' +
      'WEBHOOK_URL and the keys in our settings with what is set at the provider.',
  );

const notSetUp = (): HttpProblem =>
  new HttpProblem(
    404,
    'webhook-not-set-up',
    'No reports of this provider are taken: set WEBHOOK_URL, and the key that its signatures are checked with.',
  );
