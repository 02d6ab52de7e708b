import type { ActivityDeps } from '../deps';
import type { RequestSlots } from '../sending/request-slots';

/** Longest wait for files that go first, in milliseconds, so that many of them slow the others down but never stop them. */
const LONGEST_WAIT_MS = 1_000;

/** Lets some files of a worker go first: the others begin nothing new meanwhile. */
export interface Precedence {
  goFirst: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves once no file goes first, or after the longest wait. */
  giveWay: () => Promise<void>;
}

export function createPrecedence(longestWaitMs = LONGEST_WAIT_MS): Precedence {
  const waiting = new Set<() => void>();
  let running = 0;

  return {
    async goFirst(work) {
      running++;
      try {
        return await work();
      } finally {
        if (--running === 0) waiting.forEach((goOn) => goOn());
      }
    },

    giveWay: () =>
      new Promise((resolve) => {
        if (running === 0) return resolve();
        const goOn = (): void => {
          clearTimeout(timer);
          waiting.delete(goOn);
          resolve();
        };
        const timer = setTimeout(goOn, longestWaitMs);
        waiting.add(goOn);
      }),
  };
}

type Step<I, O> = (input: I) => Promise<O>;
type CreateStep<I, O> = (deps: ActivityDeps) => Step<I, O>;

/** A step that goes before those that give way. */
export function goingFirst<I, O>(deps: ActivityDeps, create: CreateStep<I, O>): Step<I, O> {
  const step = create(deps);
  return (input) => deps.precedence.goFirst(() => step(input));
}

/** A step that gives way before it begins, and before each group of requests. */
export function givingWay<I, O>(deps: ActivityDeps, create: CreateStep<I, O>): Step<I, O> {
  const { precedence, slots } = deps;
  const giveWay = (of: RequestSlots): RequestSlots => ({
    ...of,
    async take(wanted, signal) {
      await precedence.giveWay();
      return of.take(wanted, signal);
    },
  });
  const step = create({ ...deps, slots: { email: giveWay(slots.email), sms: giveWay(slots.sms) } });
  return async (input) => {
    await precedence.giveWay();
    return step(input);
  };
}
