import type { Exchange } from '../http/exchange';
import { matchesAddress } from '../planning/match';
import { MAGIC_FAULTS } from './magic-recipients';
import type { FaultHit } from './plan';

/** Counts, for each magic address, the requests that have failed since one was accepted. */
export interface FailureCounter {
  /** The fault of the first magic address in the request whose failures are not used up. Counts them. */
  pick(exchange: Exchange): FaultHit | undefined;
  clear(): void;
}

export function createFailureCounter(): FailureCounter {
  const failures = new Map<string, number>();
  const failuresOf = (address: string): number => failures.get(address) ?? 0;
  return {
    pick({ provider, operation, deliveries }) {
      if (operation !== 'send') return undefined;
      for (const { to: pattern, times = Infinity, ...fault } of MAGIC_FAULTS) {
        if (fault.provider !== provider) continue;
        const failing = deliveries.filter(({ to }) => matchesAddress(pattern, to) && failuresOf(to) < times);
        if (failing.length === 0) continue;
        for (const { to } of failing) failures.set(to, failuresOf(to) + 1);
        return { fault: { ...fault, id: `magic ${pattern}`, match: { to: pattern } }, deliveries: failing };
      }
      for (const { to } of deliveries) failures.delete(to);
      return undefined;
    },
    clear: () => failures.clear(),
  };
}
