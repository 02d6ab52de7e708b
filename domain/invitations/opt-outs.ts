import { CHANNELS, OPTED_OUT_CODE } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { ProviderReport } from './provider-report';

/** A person's message to a provider, or click in a mail, that stops or allows messages on a channel. */
export interface OptOutEvent {
  /** The provider's id of the event. */
  id: string;
  channel: Channel;
  optedOut: boolean;
  /** By the provider's clock or, if the report has no time, when we received it. */
  at: Date;
}

export interface OptOutFields {
  /** The channels on which the person wants no more messages. */
  optedOut?: Channel[];
  optOutEvents?: OptOutEvent[];
}

/** The code of a message that an opt-out has stopped or failed, and that the person would get by now. */
export const OPTED_IN_AGAIN_CODE: ProblemCode = 'invitation.allowed-again';

/**
 * The opt-outs of a person after these reports; `null` without a new event. On each channel the latest event counts, and
 * an opt-out wins a tie. Channels without a new event stay as they are.
 */
export function reduceOptOuts(
  person: OptOutFields,
  reports: readonly ProviderReport[],
  now: Date,
): Required<OptOutFields> | null {
  const { optedOut = [], optOutEvents: known = [] } = person;
  const events = [...known];
  for (const { eventId: id, channel, kind, at } of reports) {
    if ((kind !== 'opted-out' && kind !== 'opted-in') || events.some((event) => event.id === id)) continue;
    events.push({ id, channel, optedOut: kind === 'opted-out', at: at ?? nextMoment(events, channel, now) });
  }
  if (events.length === known.length) return null;
  const changed = events.slice(known.length).map(({ channel }) => channel);
  return {
    optedOut: CHANNELS.filter((channel) =>
      changed.includes(channel) ? latestOf(events, channel)!.optedOut : optedOut.includes(channel),
    ),
    optOutEvents: events,
  };
}

/** Now, but after every known event, since the clocks of its writers may differ. */
const nextMoment = (events: OptOutEvent[], channel: Channel, now: Date): Date =>
  new Date(Math.max(now.getTime(), (latestOf(events, channel)?.at.getTime() ?? 0) + 1));

const latestOf = (events: OptOutEvent[], channel: Channel): OptOutEvent | undefined =>
  events
    .filter((event) => event.channel === channel)
    .sort((one, other) => one.at.getTime() - other.at.getTime() || Number(one.optedOut) - Number(other.optedOut))
    .at(-1);

/** How an invitation has to change to agree with the opt-out of its person. */
export type OptOutMark = 'suppress' | { code: ProblemCode | undefined };

/** These states have no reason of their own, so the opt-out is the only thing to show. */
const WITHOUT_REASON: readonly InvitationState[] = ['sending', 'sent', 'delivered'];
/** An opt-out can be the reason of these. Another reason stays. */
const ENDED: readonly InvitationState[] = ['failed', 'bounced', 'suppressed'];

/**
 * The mark that an invitation lacks; `null` where it agrees with the opt-out. It depends on the two states, and not on which
 * was written first. Only the newest invitation of a person on a channel shows that they have opted out.
 */
export function missingMark(
  { state, code }: { state: InvitationState; code?: ProblemCode },
  hasOptedOut: boolean,
  isNewest: boolean,
): OptOutMark | null {
  const isMarked = code === OPTED_OUT_CODE;
  if (state === 'pending') return hasOptedOut ? 'suppress' : null;
  if (WITHOUT_REASON.includes(state)) {
    if (hasOptedOut && isNewest && !isMarked) return { code: OPTED_OUT_CODE };
    return !hasOptedOut && isMarked ? { code: undefined } : null;
  }
  if (!ENDED.includes(state) || (!isMarked && code !== OPTED_IN_AGAIN_CODE) || isMarked === hasOptedOut) return null;
  return { code: hasOptedOut ? OPTED_OUT_CODE : OPTED_IN_AGAIN_CODE };
}
