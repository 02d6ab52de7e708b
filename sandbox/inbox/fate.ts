import type { MessageOutcome } from '../outcomes/plan';
import type { Outcome } from '../outcomes/schema';

/** What became of an accepted message, in words; `kind` says how it looks. */
export interface Fate {
  kind: 'good' | 'bad' | 'open';
  words: string;
}

const FATES: Readonly<Record<Outcome, Fate>> = {
  delivered: { kind: 'good', words: 'Delivered' },
  'delivered-after-all': { kind: 'good', words: 'Delivered, after a failure was reported' },
  undelivered: { kind: 'bad', words: 'Not delivered' },
  failed: { kind: 'bad', words: 'Failed' },
  bounced: { kind: 'bad', words: 'Bounced' },
  blocked: { kind: 'bad', words: 'Blocked by the receiving server' },
  dropped: { kind: 'bad', words: 'Dropped by SendGrid' },
  'opted-out': { kind: 'bad', words: 'Not sent: the person has opted out' },
  unsubscribed: { kind: 'bad', words: 'Delivered, then the person unsubscribed' },
  'spam-report': { kind: 'bad', words: 'Delivered, then reported as spam' },
  deferred: { kind: 'open', words: 'Deferred by the receiving server' },
  silent: { kind: 'open', words: 'Accepted, nothing reported' },
};

export function fateOf({ outcome, code }: MessageOutcome): Fate {
  const { kind, words } = FATES[outcome];
  return { kind, words: code === undefined ? words : `${words} (${code})` };
}
