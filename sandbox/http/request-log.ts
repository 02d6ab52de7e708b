import type { RequestHandler, Response } from 'express';
import type { ProviderName } from './exchange';

const MOST_ENTRIES = 20_000;

/** One request that reached a provider, whatever became of it. Credentials are never kept. */
export interface LogEntry {
  seq: number;
  at: string;
  provider: ProviderName;
  method: string;
  path: string;
  /** `null` as long as no answer has gone out, which is for ever if the socket was destroyed. */
  status: number | null;
  to: string[];
  accepted: boolean;
  /** Id of the fault that struck. */
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
  let entries: LogEntry[] = [];
  let seq = 0;
  return {
    record: (provider) => (req, res, next) => {
      const entry: LogEntry = {
        seq: ++seq,
        at: new Date().toISOString(),
        provider,
        method: req.method,
        path: req.baseUrl + req.path,
        status: null,
        to: [],
        accepted: false,
      };
      // Cut in large steps: shifting an array of this size on each request would cost more than the request.
      if (entries.length >= MOST_ENTRIES * 1.1) entries = entries.slice(-MOST_ENTRIES);
      entries.push(entry);
      res.locals['logEntry'] = entry;
      res.on('close', () => (entry.status = res.headersSent ? res.statusCode : null));
      next();
    },
    list: ({ to, after = 0 }) =>
      entries
        .slice(-MOST_ENTRIES)
        .filter((entry) => entry.seq > after && (to === undefined || entry.to.includes(to)))
        .map((entry) => ({ ...entry, recipients: entry.to.length })),
    clear: () => void (entries = []),
  };
}
