import type { InvitationState } from '../../contract/invitation';
import type { SendOutcome } from '../../providers/sender';
import type { FaultRequest } from '../../sandbox/faults/schema';

/** What a sender makes of an answer, and what the invitation is once it is settled under the policy `never-twice`. */
export interface Verdict {
  outcome: SendOutcome['kind'];
  state: InvitationState;
}
/** A cell that cannot happen says why. */
type Entry = Verdict | string;

const SENT: Verdict = { outcome: 'accepted', state: 'sent' };
/** The look-up finds it. */
const FOUND: Verdict = { outcome: 'ambiguous', state: 'sent' };
/** Nobody can tell, so nobody is sent a second one. */
const OPEN: Verdict = { outcome: 'ambiguous', state: 'unconfirmed' };
const LIE = 'a provider that says it has accepted a message has accepted it';
const IN_HEAD = 'SendGrid says that it has accepted a mail in the head of its answer, whose body is empty anyway';

/**
 * Whether a provider has accepted a message and what it answers have nothing to do with each other as soon as anything goes
 * wrong. SMS can be looked up, so what was accepted is found; e-mails cannot, and are settled by events alone, of which
 * there are none here.
 */
const TABLE: [
  answer: string,
  fault: Pick<FaultRequest, 'kind' | 'status' | 'delayMs'>,
  twilioAccepted: Entry,
  twilioNot: Entry,
  sendgridAccepted: Entry,
  sendgridNot: Entry,
][] = [
  ['success', { kind: 'delay', delayMs: 0 }, SENT, LIE, SENT, LIE],
  ['success in broken JSON', { kind: 'broken-json' }, FOUND, OPEN, SENT, IN_HEAD],
  ['success, cut short', { kind: 'truncated' }, FOUND, OPEN, OPEN, OPEN],
  ['500', { kind: 'error', status: 500 }, FOUND, OPEN, OPEN, OPEN],
  ['502 of a gateway, in HTML', { kind: 'html-error', status: 502 }, FOUND, OPEN, OPEN, OPEN],
  ['503', { kind: 'error', status: 503 }, FOUND, OPEN, OPEN, OPEN],
  ['504', { kind: 'error', status: 504 }, FOUND, OPEN, OPEN, OPEN],
  ['a reset before the head', { kind: 'reset' }, FOUND, OPEN, OPEN, OPEN],
  ['a reset in the middle of the body', { kind: 'reset-body' }, FOUND, OPEN, OPEN, OPEN],
  ['nothing', { kind: 'hang' }, FOUND, OPEN, OPEN, OPEN],
  ['a byte every half second', { kind: 'drip' }, FOUND, OPEN, OPEN, OPEN],
];

export interface Cell {
  provider: 'twilio' | 'sendgrid';
  answer: string;
  accepted: boolean;
  /** Accepts as well as answers: each is planned for itself. */
  fault: Omit<FaultRequest, 'match'>;
  /** Or why it cannot happen. */
  verdict: Entry;
}
export type PossibleCell = Cell & { verdict: Verdict };

/** {accepted, not accepted} × the ways to answer × both providers. */
export const CELLS: Cell[] = TABLE.flatMap(([answer, fault, ...verdicts]) =>
  (
    [
      ['twilio', true],
      ['twilio', false],
      ['sendgrid', true],
      ['sendgrid', false],
    ] as const
  ).map(([provider, accepted], i) => ({
    provider,
    answer,
    accepted,
    fault: { provider, accept: accepted, ...fault },
    verdict: verdicts[i]!,
  })),
);

export const POSSIBLE_CELLS = CELLS.filter((cell): cell is PossibleCell => typeof cell.verdict !== 'string');

export const nameOf = ({ provider, accepted, answer }: Cell): string =>
  `${provider} ${accepted ? 'has accepted' : 'has not accepted'} a message and answers with ${answer}`;
