import { randomUUID } from 'node:crypto';

interface Request {
  id?: string | undefined;
  /** How often it applies; without limit, if absent. */
  times?: number | undefined;
}

/** A request in the plan, with how often it has applied. */
export type Planned<R extends Request> = R & { id: string; hits: number };

export interface Plan<R extends Request> {
  /** Adds requests at the end. Throws a `RangeError` if an id is taken; then none is added. */
  add(requests: readonly R[]): Planned<R>[];
  list(): readonly Planned<R>[];
  /** Returns whether there was one. */
  remove(id: string): boolean;
  clear(): void;
  /** The first one, in order of creation, that fits and is not used up. Counts the hit. */
  take(fits: (planned: Planned<R>) => boolean): Planned<R> | undefined;
}

export function createPlan<R extends Request>(noun: 'fault' | 'outcome'): Plan<R> {
  let all: Planned<R>[] = [];
  return {
    add(requests) {
      const added = requests.map((request) => {
        const id = request.id ?? `${noun}-${randomUUID().slice(0, 8)}`;
        return { ...request, id, hits: 0 };
      });
      const ids = [...all, ...added].map(({ id }) => id);
      const taken = ids.find((id, i) => ids.indexOf(id) !== i);
      if (taken !== undefined) throw new RangeError(`The id "${taken}" is in use by another ${noun}; choose another.`);
      all = [...all, ...added];
      return added;
    },
    list: () => all,
    remove(id) {
      const before = all.length;
      all = all.filter((planned) => planned.id !== id);
      return all.length < before;
    },
    clear: () => void (all = []),
    take(fits) {
      const planned = all.find((one) => one.hits < (one.times ?? Infinity) && fits(one));
      if (planned) planned.hits++;
      return planned;
    },
  };
}
