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
}

export function createOutcomePlan(): OutcomePlan {
  const plan = createPlan<OutcomeRequest>('outcome');
  return {
    ...plan,
    outcomeOf: (message) =>
      plan.take((planned) => applies(planned, message)) ??
      MAGIC_OUTCOMES.find(({ to, ...magic }) => applies({ ...magic, match: { to } }, message)) ?? {
        outcome: 'delivered',
      },
  };
}

const applies = ({ provider, outcome, match = {} }: OutcomeRequest, message: LedgerMessage): boolean =>
  (provider ?? message.provider) === message.provider &&
  hasOutcome(message.provider, outcome) &&
  matches(match, { to: message.to, text: readableText(message) });
