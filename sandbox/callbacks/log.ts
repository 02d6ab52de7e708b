import { createBoundedLog } from '../http/bounded-log';
import type { ProviderName } from '../http/exchange';

/** One callback, posted or yet to be posted; SendGrid posts several events together, and each has its own entry. */
export interface CallbackEntry {
  seq: number;
  at: string;
  provider: ProviderName;
  url: string;
  /** Id of the message in the ledger. */
  id: string;
  to: string;
  /** Such as `delivered` or `bounce`; `inbound` for a message from a person. */
  event: string;
  /** Id of the invitation, if the message or its callback URL carries one. */
  invitation: string | null;
  attempts: number;
  /** Status of the last answer; `null` without one. */
  status: number | null;
  /** Whether no further attempt will be made; `false` also before the first one. */
  done: boolean;
}
type NewCallback = Pick<CallbackEntry, 'provider' | 'url' | 'id' | 'to' | 'event' | 'invitation'>;

interface CallbackFilter {
  to?: string | undefined;
  /** Part of the URL. */
  url?: string | undefined;
  /** Part of the invitation's id. */
  invitation?: string | undefined;
  after?: number | undefined;
}

export interface CallbackLog {
  open(callback: NewCallback): CallbackEntry;
  /** Oldest first. */
  list(filter: CallbackFilter): CallbackEntry[];
  clear(): void;
}

export function createCallbackLog(): CallbackLog {
  const log = createBoundedLog<CallbackEntry>();
  return {
    open: (callback) => log.add({ ...callback, attempts: 0, status: null, done: false }),
    list: ({ to, url = '', invitation = '', after }) =>
      log
        .list(after)
        .filter(
          (entry) =>
            (to === undefined || entry.to === to) &&
            entry.url.includes(url) &&
            (entry.invitation ?? '').includes(invitation),
        ),
    clear: () => log.clear(),
  };
}
