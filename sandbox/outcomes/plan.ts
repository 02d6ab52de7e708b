import { randomUUID } from 'node:crypto';
import type { OutcomeRequest } from './schema';
import { hasOutcome } from './schema';
import { isAddressedBy } from '../faults/plan';
import type { LedgerMessage } from '../ledger/ledger';
import { readableText } from '../ledger/ledger';
import { MAGIC_OUTCOMES } from './magic-recipients';

/** A outcome as it stands in the plan, with how many messages it has befallen. */
export interface PlannedOutcome extends OutcomeRequest {
  id: string;
  hits: number;
}

export type MessageOutcome = Pick<OutcomeRequest, 'outcome' | 'code' | 'reason' | 'delayMs' | 'copies' | 'shuffled'>;

export interface OutcomePlan {
  /** Adds outcomes at the end. Throws a `RangeError` if an id is taken; then none is added. */
  add(requests: readonly OutcomeRequest[]): PlannedOutcome[];
  list(): PlannedOutcome[];
  clear(): void;
  /** The first planned outcome that fits and is not used up, which counts; then that of a magic address; else delivery. */
  outcomeOf(message: LedgerMessage): MessageOutcome;
}

export function createOutcomePlan(): OutcomePlan {
  let planned: PlannedOutcome[] = [];
  return {
    add(requests) {
      const outcomes = requests.map((request) => ({
        ...request,
        id: request.id ?? `outcome-${randomUUID().slice(0, 8)}`,
        hits: 0,
      }));
      const ids = [...planned, ...outcomes].map(({ id }) => id);
      const taken = ids.find((id, i) => ids.indexOf(id) !== i);
      if (taken !== undefined) throw new RangeError(`There is an outcome "${taken}" already; choose another id.`);
      planned = [...planned, ...outcomes];
      return outcomes;
    },
    list: () => planned,
    clear: () => void (planned = []),
    outcomeOf(message) {
      const outcome = planned.find((one) => one.hits < (one.times ?? Infinity) && befalls(one, message));
      if (outcome) outcome.hits++;
      return (
        outcome ?? MAGIC_OUTCOMES.find((one) => befalls({ ...one, match: one }, message)) ?? { outcome: 'delivered' }
      );
    },
  };
}

function befalls({ provider, outcome: outcome, match = {} }: OutcomeRequest, message: LedgerMessage): boolean {
  const { to, contains } = match;
  return (
    (provider ?? message.provider) === message.provider &&
    hasOutcome(message.provider, outcome) &&
    (to === undefined || isAddressedBy(message.to, to)) &&
    (contains === undefined || readableText(message).includes(contains))
  );
}
