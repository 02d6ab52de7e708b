import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { endpointUrlProblem, isAllowedAddress } from '../../domain/webhooks/endpoint-address';
import { retryAfterMs } from '../http/retry-after';

export interface WebhookMessage {
  url: string;
  /** Each signs it; the newest first. */
  secrets: readonly string[];
  /** The header `webhook-id`. */
  eventId: string;
  body: string;
}

export interface WebhookAnswer {
  /** Of the answer; `null` without one. */
  status: number | null;
  /** Why there was no answer: a code such as `ECONNREFUSED`, or one of ours. Never a text of the other side. */
  error: string | null;
  /** How long the endpoint asks to be left alone, in milliseconds. */
  retryAfterMs?: number;
}

export type WebhookSender = (message: WebhookMessage) => Promise<WebhookAnswer>;

interface WebhookSenderOptions {
  /** Webhooks may go to this machine, and there without TLS: for a local try-out and for tests. */
  allowsLoopback: boolean;
  /** Total time of one request, in milliseconds; 15 s, as the Standard Webhooks advise. */
  deadlineMs?: number;
  /** Resolves names; that of the operating system if absent. */
  resolve?: typeof lookup;
}

const DEADLINE_MS = 15_000;
/** The name or the address of the endpoint is not one of the public internet. */
const REFUSED = 'address-refused';
const TOO_LATE = 'deadline';

/**
 * Posts webhooks to endpoints that organisations choose, which must not lead into our own network (server-side request forgery):
 * a connection is opened only to an address that was checked, whatever the name resolves to by then, and no redirect is followed.
 * Nothing of the answer is read but its status, so nothing of it can be read out. Never rejects.
 *
 * By undici's own hook and not by a packaged agent: those that were looked at are for `node:http`, and check before the name is
 * resolved a second time, or not after a redirect.
 */
export function createWebhookSender({
  allowsLoopback,
  deadlineMs = DEADLINE_MS,
  resolve = lookup,
}: WebhookSenderOptions): WebhookSender {
  const guarded: LookupFunction = (hostname, options: LookupOptions, callback) => {
    resolve(hostname, { ...options, all: true }, (error: Error | null, addresses: LookupAddress[]) => {
      if (error) return callback(error, []);
      const isAllowed =
        addresses.length > 0 && addresses.every(({ address }) => isAllowedAddress(address, allowsLoopback));
      if (!isAllowed) return callback(Object.assign(new Error(REFUSED), { code: REFUSED }), []);
      if (options.all) return callback(null, addresses);
      const [{ address, family }] = addresses as [LookupAddress];
      callback(null, address, family);
    });
  };

  return async ({ url, secrets, eventId, body }) => {
    // Sockets ask no resolver about a host that is an address.
    if (endpointUrlProblem(url, allowsLoopback)) return { status: null, error: REFUSED };
    const at = new Date();
    // An agent a message: a connection that is kept, or opened anew after one that failed, would outlive the check of its address.
    const dispatcher = new Agent({
      connect: { lookup: guarded, timeout: deadlineMs },
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
    });
    try {
      const answer = await request(url, {
        dispatcher,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'client-import',
          'webhook-id': eventId,
          'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
          'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(eventId, at, body)).join(' '),
        },
        body,
        signal: AbortSignal.timeout(deadlineMs),
      });
      answer.body.on('error', () => undefined);
      const delay = retryAfterMs(answer.headers);
      return { status: answer.statusCode, error: null, ...(delay !== undefined && { retryAfterMs: delay }) };
    } catch (error) {
      return { status: null, error: codeOf(error) };
    } finally {
      await dispatcher.destroy();
    }
  };
}

/** The code of an error and never its message, which names addresses behind a name. */
function codeOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return TOO_LATE;
  const known = [code, name].find((text) => typeof text === 'string' && /^[\w-]{1,60}$/.test(text));
  return (known as string | undefined) ?? 'unknown';
}
