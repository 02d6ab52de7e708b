import type { ActivityDeps } from '../deps';
import type { RequestSlots } from '../sending/request-slots';

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
