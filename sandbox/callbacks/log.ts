import type { ProviderName } from '../http/exchange';

const MOST_ENTRIES = 20_000;

/** One callback, posted or yet to be; or one event among those that SendGrid posts together. */
export interface CallbackEntry {
  seq: number;
  at: string;
  provider: ProviderName;
  url: string;
  /** Of the message: its id in the ledger. */
  id: string;
  to: string;
  /** Such as `delivered` or `bounce`; `inbound` for a message from a person. */
  event: string;
  /** Id of the invitation, if the message or its callback address carries one. */
  invitation: string | null;
  /** How often it has been posted, and what was answered last; `null` for no answer. */
  attempts: number;
  status: number | null;
  /** Whether no further attempt will be made; `false` also for what is not due yet. */
  done: boolean;
}
export type NewCallback = Omit<CallbackEntry, 'seq' | 'at' | 'attempts' | 'status' | 'done'>;

export interface CallbackFilter {
  to?: string | undefined;
  url?: string | undefined;
  invitation?: string | undefined;
  after?: number | undefined;
}

export interface CallbackLog {
  open(callback: NewCallback): CallbackEntry;
  /** Oldest first. `url` and `invitation` are looked for anywhere in the entry's. */
  list(filter: CallbackFilter): CallbackEntry[];
  clear(): void;
}

export function createCallbackLog(): CallbackLog {
  let entries: CallbackEntry[] = [];
  let seq = 0;
  return {
    open(callback) {
      const at = new Date().toISOString();
      const entry = { seq: ++seq, at, ...callback, attempts: 0, status: null, done: false };
      // In large steps, like the log of requests.
      if (entries.length >= MOST_ENTRIES * 1.1) entries = entries.slice(-MOST_ENTRIES);
      entries.push(entry);
      return entry;
    },
    list: ({ to, url = '', invitation = '', after = 0 }) =>
      entries
        .slice(-MOST_ENTRIES)
        .filter(
          (entry) =>
            entry.seq > after &&
            (to === undefined || entry.to === to) &&
            entry.url.includes(url) &&
            (entry.invitation ?? '').includes(invitation),
        ),
    clear: () => void (entries = []),
  };
}
