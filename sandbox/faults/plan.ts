import { randomInt, randomUUID } from 'node:crypto';
import type { Delivery, Exchange } from '../http/exchange';
import type { FaultRequest } from './schema';

/** A fault as it stands in the plan, with how often it has struck. */
export interface Fault extends FaultRequest {
  id: string;
  hits: number;
}

/** What strikes a request, and the people in the request who brought it on. */
export interface FaultHit {
  fault: Pick<Fault, 'id'> & Omit<FaultRequest, 'id' | 'provider'>;
  deliveries: readonly Delivery[];
}

export interface FaultPlan {
  /** Adds faults at the end. Throws a `RangeError` if an id is taken; then none is added. */
  add(requests: readonly FaultRequest[]): Fault[];
  list(): Fault[];
  remove(id: string): boolean;
  clear(): void;
  /** The first fault, in order of creation, that fits the request and has not been used up. Counts the hit. */
  pick(exchange: Exchange): FaultHit | undefined;
}

export function createFaultPlan(): FaultPlan {
  const planned = new Map<string, { fault: Fault; draw: () => number }>();
  return {
    add(requests) {
      const faults = requests.map((request) => {
        const seed = request.probability === undefined ? {} : { seed: request.seed ?? randomInt(2 ** 31) };
        return { ...request, ...seed, id: request.id ?? `fault-${randomUUID().slice(0, 8)}`, hits: 0 };
      });
      const ids = [...planned.keys(), ...faults.map(({ id }) => id)];
      const taken = ids.find((id, i) => ids.indexOf(id) !== i);
      if (taken !== undefined) throw new RangeError(`There is a fault "${taken}" already; choose another id.`);
      for (const fault of faults) planned.set(fault.id, { fault, draw: drawsFrom(fault.seed ?? 0) });
      return faults;
    },
    list: () => [...planned.values()].map(({ fault }) => fault),
    remove: (id) => planned.delete(id),
    clear: () => planned.clear(),
    pick(exchange) {
      for (const { fault, draw } of planned.values()) {
        if (fault.times !== undefined && fault.hits >= fault.times) continue;
        const deliveries = peopleIn(exchange, fault);
        if (!deliveries) continue;
        if (fault.probability !== undefined && draw() >= fault.probability) continue;
        fault.hits++;
        return { fault, deliveries };
      }
      return undefined;
    },
  };
}

function peopleIn(exchange: Exchange, fault: Fault): readonly Delivery[] | undefined {
  if (fault.provider !== 'both' && fault.provider !== exchange.provider) return undefined;
  if ((fault.operation ?? 'send') !== exchange.operation) return undefined;
  const { to, contains } = fault.match ?? {};
  if (to === undefined && contains === undefined) return exchange.deliveries;
  const people = exchange.deliveries.filter(
    (delivery) =>
      (to === undefined || isAddressedBy(delivery.to, to)) &&
      (contains === undefined || delivery.text.includes(contains)),
  );
  return people.length > 0 ? people : undefined;
}

/** Whether an address is the pattern, or begins with what the pattern has before its final `*`. */
export function isAddressedBy(address: string, pattern: string): boolean {
  const [a, p] = [address.toLowerCase(), pattern.toLowerCase()];
  return p.endsWith('*') ? a.startsWith(p.slice(0, -1)) : a === p;
}

/** A repeatable sequence of numbers from 0 to 1 (mulberry32); `Math.random` takes no seed. */
function drawsFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
