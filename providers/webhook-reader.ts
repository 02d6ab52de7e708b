import type { ProviderReport } from '../domain/invitations/provider-report';

/** A request as it came in. Nothing of it is true before its signature is. */
export interface WebhookRequest {
  /** Path and query, exactly as they were asked for. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody: Buffer;
}

/** What a provider tells by a request of its own; `forged` for one that it did not make, or too long ago. */
export interface WebhookReader {
  read(request: WebhookRequest): ProviderReport[] | 'forged';
}

/** Of a header that came several times none counts. */
export const header = (headers: WebhookRequest['headers'], name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};
