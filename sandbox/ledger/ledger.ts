import type { ProviderName } from '../http/exchange';
import { openLedgerFile } from './ledger-file';

/** One accepted message to one person. */
export interface LedgerMessage {
  /** Counts up from 1. Numbers are used again only after the ledger was emptied and the process restarted. */
  seq: number;
  at: string;
  provider: ProviderName;
  /** Twilio: the message's sid. SendGrid: `<X-Message-Id>.<n>`, n being the personalization. */
  id: string;
  to: string;
  from: string;
  subject?: string;
  body: string;
  html?: string;
  customArgs?: Record<string, string>;
  /** SendGrid: the name before the sender’s address, the address for answers, and further headers. */
  fromName?: string;
  replyTo?: string;
  headers?: Record<string, string>;
  /** Twilio: id of the invitation that the callback URL carries. SendGrid has it in the custom args. */
  invitation?: string;
  /** Twilio: the account's sid. SendGrid: a fingerprint of the API key. */
  account: string;
}
export type AcceptedMessage = Omit<LedgerMessage, 'seq' | 'at'>;

export interface LedgerFilter {
  /** The whole address. */
  to?: string | undefined;
  /** Part of subject, text or HTML. */
  contains?: string | undefined;
  /** Beginning of the custom argument `invitation` of a mail. */
  invitation?: string | undefined;
  /** Only messages with a higher `seq`. */
  after?: number | undefined;
}

export interface Ledger {
  /** The messages are on disk when it returns. */
  append(messages: readonly AcceptedMessage[]): LedgerMessage[];
  /** Oldest first. */
  find(filter: LedgerFilter): readonly LedgerMessage[];
  byId(id: string): LedgerMessage | undefined;
  count(): number;
  clear(): void;
  close(): void;
}

export function openLedger(dataDir: string): Ledger {
  const { file, values } = openLedgerFile(dataDir);
  let all: LedgerMessage[] = [];
  const byTo = new Map<string, LedgerMessage[]>();
  const byId = new Map<string, LedgerMessage>();

  const index = (message: LedgerMessage): void => {
    all.push(message);
    byId.set(message.id, message);
    const key = message.to.toLowerCase();
    const same = byTo.get(key);
    if (same) same.push(message);
    else byTo.set(key, [message]);
  };
  (values as LedgerMessage[]).forEach(index);
  let seq = all.at(-1)?.seq ?? 0;

  return {
    append(messages) {
      const at = new Date().toISOString();
      const lines = messages.map((message, i) => ({ seq: seq + i + 1, at, ...message }));
      file.append(lines);
      seq += lines.length;
      lines.forEach(index);
      return lines;
    },
    find({ to, contains, invitation, after = 0 }) {
      const candidates = to === undefined ? all : (byTo.get(to.toLowerCase()) ?? []);
      if (contains === undefined && invitation === undefined && after === 0) return candidates;
      return candidates.filter(
        (message) =>
          message.seq > after &&
          (invitation === undefined || (message.customArgs?.['invitation'] ?? '').startsWith(invitation)) &&
          (contains === undefined || readableText(message).includes(contains)),
      );
    },
    byId: (id) => byId.get(id),
    count: () => all.length,
    clear() {
      file.clear();
      all = [];
      byTo.clear();
      byId.clear();
    },
    close: () => file.close(),
  };
}

/** All that a person reads of a message. `contains` looks in it, here and in planned faults and outcomes. */
export const readableText = ({
  subject = '',
  body,
  html = '',
}: Pick<LedgerMessage, 'subject' | 'body' | 'html'>): string => `${subject}\n${body}\n${html}`;
