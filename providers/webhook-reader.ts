import type { ProviderReport } from '../domain/invitations/provider-report';

/** A request as it came in, not to be trusted before its signature is checked. */
export interface WebhookRequest {
  /** Path and query, exactly as requested. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody: Buffer;
}

export interface WebhookReader {
  /**
   * Whether the headers bear a signature of the provider's form. Asked before the body is received, so that a stranger costs
   * no more than an unknown route.
   */
  isSignatureLike(headers: WebhookRequest['headers']): boolean;
  /**
   * The reports in a request; `forged` where the signature is missing, wrong or too old, `oversized` where it has more fields
   * or events than the provider ever sends.
   */
  read(request: WebhookRequest): ProviderReport[] | 'forged' | 'oversized';
}

/** The value of a header; `undefined` also where it came several times. */
export const header = (headers: WebhookRequest['headers'], name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};
