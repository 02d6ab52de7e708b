import type { Exchange } from '../http/exchange';
import type { FaultHit } from './plan';
import { isAddressedBy } from './plan';
import { MAGIC_FAULTS } from './magic-recipients';

/** Remembers, for each magic address, how many requests it has spoiled since one got through. */
export interface FailureCounter {
  pick(exchange: Exchange): FaultHit | undefined;
  clear(): void;
}

export function createFailureCounter(): FailureCounter {
  const spoiled = new Map<string, number>();
  return {
    pick({ provider, operation, deliveries }) {
      if (operation !== 'send') return undefined;
      for (const { to, times = Infinity, ...fault } of MAGIC_FAULTS) {
        if (fault.provider !== provider) continue;
        const spoilers = deliveries.filter(
          (delivery) => isAddressedBy(delivery.to, to) && (spoiled.get(delivery.to) ?? 0) < times,
        );
        if (spoilers.length === 0) continue;
        for (const spoiler of spoilers) spoiled.set(spoiler.to, (spoiled.get(spoiler.to) ?? 0) + 1);
        return { fault: { ...fault, id: `magic ${to}`, match: { to } }, deliveries: spoilers };
      }
      for (const delivery of deliveries) spoiled.delete(delivery.to);
      return undefined;
    },
    clear: () => spoiled.clear(),
  };
}
