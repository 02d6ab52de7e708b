import type { ActivityDeps } from '../deps';
import { endIfCancelled } from '../heartbeat';
import type { RequestSlots } from '../sending/request-slots';

type Step<I, O> = (input: I) => Promise<O>;
type CreateStep<I, O> = (deps: ActivityDeps) => Step<I, O>;

/** A step that goes before those that give way. */
export function goingFirst<I, O>(deps: ActivityDeps, create: CreateStep<I, O>): Step<I, O> {
  const step = create(deps);
  return (input) => deps.precedence.goFirst(() => step(input));
}

/** A step that gives way before it begins, between its parts, and before each group of requests. */
export function givingWay<I, O>(deps: ActivityDeps, create: CreateStep<I, O>): Step<I, O> {
  const { precedence, slots } = deps;
  return async (input) => {
    // How long it may wait is counted for each run of the step.
    const giveWay = precedence.giveWay();
    const slotsOf = (of: RequestSlots): RequestSlots => ({
      ...of,
      async take(wanted, signal) {
        await giveWay();
        return of.take(wanted, signal);
      },
    });
    await giveWay();
    return create({
      ...deps,
      slots: { email: slotsOf(slots.email), sms: slotsOf(slots.sms) },
      async betweenParts() {
        await giveWay();
        await endIfCancelled();
      },
    })(input);
  };
}
