import { randomUUID } from 'node:crypto';
import type { FateRequest } from './schema';
import { hasFate } from './schema';
import { isAddressedBy } from '../faults/plan';
import type { LedgerMessage } from '../ledger/ledger';
import { readableText } from '../ledger/ledger';
import { MAGIC_FATES } from './magic-recipients';

/** A fate as it stands in the plan, with how many messages it has befallen. */
export interface PlannedFate extends FateRequest {
  id: string;
  hits: number;
}

export type MessageFate = Pick<FateRequest, 'fate' | 'code' | 'reason' | 'delayMs' | 'copies' | 'shuffled'>;

export interface FatePlan {
  /** Adds fates at the end. Throws a `RangeError` if an id is taken; then none is added. */
  add(requests: readonly FateRequest[]): PlannedFate[];
  list(): PlannedFate[];
  clear(): void;
  /** The first planned fate that fits and is not used up, which counts; then that of a magic address; else delivery. */
  of(message: LedgerMessage): MessageFate;
}

export function createFatePlan(): FatePlan {
  let planned: PlannedFate[] = [];
  return {
    add(requests) {
      const fates = requests.map((request) => ({
        ...request,
        id: request.id ?? `fate-${randomUUID().slice(0, 8)}`,
        hits: 0,
      }));
      const ids = [...planned, ...fates].map(({ id }) => id);
      const taken = ids.find((id, i) => ids.indexOf(id) !== i);
      if (taken !== undefined) throw new RangeError(`There is a fate "${taken}" already; choose another id.`);
      planned = [...planned, ...fates];
      return fates;
    },
    list: () => planned,
    clear: () => void (planned = []),
    of(message) {
      const fate = planned.find((one) => one.hits < (one.times ?? Infinity) && befalls(one, message));
      if (fate) fate.hits++;
      return fate ?? MAGIC_FATES.find((one) => befalls({ ...one, match: one }, message)) ?? { fate: 'delivered' };
    },
  };
}

function befalls({ provider, fate, match = {} }: FateRequest, message: LedgerMessage): boolean {
  const { to, contains } = match;
  return (
    (provider ?? message.provider) === message.provider &&
    hasFate(message.provider, fate) &&
    (to === undefined || isAddressedBy(message.to, to)) &&
    (contains === undefined || readableText(message).includes(contains))
  );
}
