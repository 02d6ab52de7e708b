import type { RequestHandler, Response } from 'express';
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
  /** Opens an entry for each request that passes. */
  record(provider: ProviderName): RequestHandler;
  list(filter: { to?: string | undefined; after?: number | undefined }): (LogEntry & { recipients: number })[];
  clear(): void;
}

export const logEntryOf = (res: Response): LogEntry => res.locals['logEntry'] as LogEntry;

export function createRequestLog(): RequestLog {
  const log = createBoundedLog<LogEntry>();
  return {
    record: (provider) => (req, res, next) => {
      const { method, baseUrl, path } = req;
      const entry = log.add({ provider, method, path: baseUrl + path, status: null, to: [], accepted: false });
      res.locals['logEntry'] = entry;
      res.on('close', () => (entry.status = res.headersSent ? res.statusCode : null));
      next();
    },
    list: ({ to, after }) =>
      log
        .list(after)
        .filter((entry) => to === undefined || entry.to.includes(to))
        .map((entry) => ({ ...entry, recipients: entry.to.length })),
    clear: () => log.clear(),
  };
}
