import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBoundedLog } from './bounded-log';
import type { ProviderName } from './exchange';

/** One request that reached a provider, accepted or not. Credentials are never kept. */
export interface LogEntry {
  seq: number;
  at: string;
  provider: ProviderName;
  method: string;
  path: string;
  /** `null` until an answer has gone out, and for ever if the socket was destroyed. */
  status: number | null;
  to: string[];
  accepted: boolean;
  /** Id of the injected fault. */
  fault?: string;
}

export interface RequestLog {
  /** The entry of a request that has arrived; its status follows by itself. */
  open(provider: ProviderName, req: IncomingMessage, res: ServerResponse): LogEntry;
  list(filter: { to?: string | undefined; after?: number | undefined }): (LogEntry & { recipients: number })[];
  clear(): void;
}

export function createRequestLog(): RequestLog {
  const log = createBoundedLog<LogEntry>();
  return {
    open(provider, req, res) {
      const path = req.url!.split('?', 1)[0]!;
      const entry = log.add({ provider, method: req.method!, path, status: null, to: [], accepted: false });
      res.on('close', () => (entry.status = res.headersSent ? res.statusCode : null));
      return entry;
    },
    list: ({ to, after }) =>
      log
        .list(after)
        .filter((entry) => to === undefined || entry.to.includes(to))
        .map((entry) => ({ ...entry, recipients: entry.to.length })),
    clear: () => log.clear(),
  };
}
