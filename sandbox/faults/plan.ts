import { hash, randomInt } from 'node:crypto';
import type { Delivery, Exchange } from '../http/exchange';
import { matches } from '../planning/match';
import type { Plan, Planned } from '../planning/plan';
import { createPlan } from '../planning/plan';
import type { FaultRequest } from './schema';

export type Fault = Planned<FaultRequest>;

/** A fault that strikes a request, and the people in the request who brought it on. */
export interface FaultHit {
  fault: Pick<Fault, 'id'> & Omit<FaultRequest, 'id' | 'provider'>;
  deliveries: readonly Delivery[];
}

export interface FaultPlan extends Omit<Plan<FaultRequest>, 'take'> {
  /** The first fault, in order of creation, that fits the request and is not used up. Counts the hit. */
  pick(exchange: Exchange): FaultHit | undefined;
}

export function createFaultPlan(): FaultPlan {
  const plan = createPlan<FaultRequest>('fault');
  const draws = new WeakMap<Fault, number>();

  function isDrawn(fault: Fault): boolean {
    if (fault.probability === undefined) return true;
    const n = draws.get(fault) ?? 0;
    draws.set(fault, n + 1);
    return drawNumber(fault.seed!, n) < fault.probability;
  }

  return {
    ...plan,
    add: (requests) =>
      plan.add(
        requests.map((request) =>
          request.probability === undefined ? request : { ...request, seed: request.seed ?? randomInt(2 ** 31) },
        ),
      ),
    pick(exchange) {
      const fault = plan.take((one) => matchingDeliveries(exchange, one) !== undefined && isDrawn(one));
      return fault && { fault, deliveries: matchingDeliveries(exchange, fault)! };
    },
  };
}

function matchingDeliveries(exchange: Exchange, fault: Fault): readonly Delivery[] | undefined {
  if (fault.provider !== 'both' && fault.provider !== exchange.provider) return undefined;
  if ((fault.operation ?? 'send') !== exchange.operation) return undefined;
  const { match } = fault;
  if (match?.to === undefined && match?.contains === undefined) return exchange.deliveries;
  const deliveries = exchange.deliveries.filter((delivery) => matches(match, delivery));
  return deliveries.length > 0 ? deliveries : undefined;
}

/** The n-th number of the sequence of a seed, from 0 to 1; `Math.random` takes no seed. */
const drawNumber = (seed: number, n: number): number =>
  hash('sha256', `${seed}:${n}`, 'buffer').readUInt32BE() / 2 ** 32;
