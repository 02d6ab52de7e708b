import type { LedgerMessage } from '../ledger/ledger';
import { readableText } from '../ledger/ledger';
import { matches } from '../planning/match';
import type { Plan } from '../planning/plan';
import { createPlan } from '../planning/plan';
import { MAGIC_OUTCOMES } from './magic-recipients';
import type { OutcomeRequest } from './schema';
import { hasOutcome } from './schema';

export type MessageOutcome = Pick<OutcomeRequest, 'outcome' | 'code' | 'reason' | 'delayMs' | 'copies' | 'shuffled'>;

export interface OutcomePlan extends Omit<Plan<OutcomeRequest>, 'take'> {
  /** The first planned outcome that fits and is not used up, whose hit is counted; else a magic address's; else delivery. */
  outcomeOf(message: LedgerMessage): MessageOutcome;
  /** What `outcomeOf` has decided about an accepted message. One that was planned is forgotten when the sandbox stops. */
  decided(message: LedgerMessage): MessageOutcome;
}

export function createOutcomePlan(): OutcomePlan {
  const plan = createPlan<OutcomeRequest>('outcome');
  const planned = new Map<string, MessageOutcome>();
  return {
    ...plan,
    outcomeOf(message) {
      const taken = plan.take((one) => applies(one, message));
      if (taken) planned.set(message.id, taken);
      return taken ?? unplannedOutcome(message);
    },
    decided: (message) => planned.get(message.id) ?? unplannedOutcome(message),
  };
}

const unplannedOutcome = (message: LedgerMessage): MessageOutcome =>
  MAGIC_OUTCOMES.find(({ to, ...magic }) => applies({ ...magic, match: { to } }, message)) ?? { outcome: 'delivered' };

const applies = ({ provider, outcome, match = {} }: OutcomeRequest, message: LedgerMessage): boolean =>
  (provider ?? message.provider) === message.provider &&
  hasOutcome(message.provider, outcome) &&
  matches(match, { to: message.to, text: readableText(message) });
