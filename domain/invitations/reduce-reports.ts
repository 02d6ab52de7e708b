import { OPTED_OUT_CODE, TRANSIENT_CODES } from '../../contract/invitation';
import type { InvitationState } from '../../contract/invitation';
import { PROBLEM_CODES } from '../../contract/problem-codes';
import type { ProblemCode } from '../../contract/problem-codes';
import { OPTED_IN_AGAIN_CODE } from './opt-outs';
import type { ProviderReport } from './provider-report';
import { stateAfter } from './transitions';
import type { Transition } from './transitions';

/** A report that a message failed. Reports of success are not stored: the state and its trail contain them. */
export interface Bounce {
  /** The provider's id of the event. */
  id: string;
  code: ProblemCode;
  providerCode?: string;
  /** By the provider's clock; absent if the report has no time. */
  at?: Date;
}

/** The fields of an invitation that reports can change. The reducer reads these and no others. */
export interface ReportedFields {
  state: InvitationState;
  code?: ProblemCode;
  /** The provider's own code of the problem; for support staff. */
  providerCode?: string;
  /** The provider's id of the message. */
  providerId?: string;
  /** The reports of failure, each event once, in the order in which they came. */
  bounces?: Bounce[];
}
export const REPORTED_FIELDS = ['state', 'code', 'providerCode', 'providerId', 'bounces'] as const;

type Reason = Pick<ReportedFields, 'code' | 'providerCode'>;

/** `transition` is present if the state has changed. */
export type Reduced = ReportedFields & { transition?: Transition };

/**
 * The fields of an invitation after these reports; `null` if they change nothing. The states of one message are in the order
 * accepted < failed for now < delivered < failed for good, and the highest reported one wins: a telephone that was off is
 * switched on, and a mail system may return a mail that it had accepted. The weightiest bounce gives the reason, and a known
 * provider id stays. So the result does not depend on the order of the reports, on repetitions or on how they are split into
 * calls. Opt-outs are ignored here.
 */
export function reduceReports(invitation: ReportedFields, reports: readonly ProviderReport[]): Reduced | null {
  if (!reports.some(isAboutMessage)) return null;
  const transition = transitionBy(invitation, reports);
  const state = transition ? stateAfter(invitation.state, transition) : invitation.state;
  const hasMoved = state !== invitation.state;
  const providerId = invitation.providerId ?? reports.flatMap((report) => report.providerId ?? []).sort()[0];
  const known = invitation.bounces ?? [];
  // A person who has joined did get the message, whatever the provider reports.
  const bounces = state === 'accepted' ? known : withNewBounces(known, reports);
  const reasonBefore: Reason = hasMoved ? {} : invitation;
  const { code, providerCode } =
    state === 'bounced' && bounces.length > 0 ? weightiestReason(bounces, invitation) : reasonBefore;

  const reduced = {
    state,
    ...(code && { code }),
    ...(providerCode && { providerCode }),
    ...(providerId && { providerId }),
    ...(bounces.length > 0 && { bounces }),
    ...(hasMoved && transition && { transition }),
  };
  return REPORTED_FIELDS.some((name) => reduced[name] !== invitation[name]) ? reduced : null;
}

/** Opt-outs are about the person. */
const isAboutMessage = ({ kind }: ProviderReport): boolean =>
  kind === 'accepted' || kind === 'delivered' || kind === 'bounced';

/** The transition to the highest reported state; `undefined` where the invitation stands as high already. */
function transitionBy(invitation: ReportedFields, reports: readonly ProviderReport[]): Transition | undefined {
  const ofKind = (kind: ProviderReport['kind']) => reports.filter((report) => report.kind === kind);
  const bounces = ofKind('bounced');
  if (bounces.some((bounce) => !isForNow(bounce))) return 'reportBounced';
  if (ofKind('delivered').length > 0)
    return hasFailedForNow(invitation) ? 'reportDeliveredAfterAll' : 'reportDelivered';
  if (bounces.length > 0) return invitation.state === 'delivered' ? undefined : 'reportBounced';
  return 'reportAccepted';
}

/** Of a bounce without one: nothing says that it is for now. */
const NO_REASON: ProblemCode = 'invitation.bounced';

/** Whether the message may still arrive. */
const isForNow = ({ code = NO_REASON }: Reason): boolean => TRANSIENT_CODES.includes(code);

const hasFailedForNow = (invitation: ReportedFields): boolean =>
  invitation.state === 'bounced' && (invitation.bounces?.every(isForNow) ?? isForNow(invitation));

/** The known bounces and the new ones; the same list if there are none. */
const withNewBounces = (known: Bounce[], reports: readonly ProviderReport[]): Bounce[] =>
  reports.reduce((bounces, { kind, eventId: id, code = NO_REASON, providerCode, at }) => {
    if (kind !== 'bounced' || bounces.some((bounce) => bounce.id === id)) return bounces;
    return [...bounces, { id, code, ...(providerCode && { providerCode }), ...(at && { at }) }];
  }, known);

/** The weightiest reason. An opt-out that the person has revoked stays revoked. */
function weightiestReason(bounces: Bounce[], current: Reason): Reason {
  const { code, providerCode } = bounces.reduce((first, next) => (weight(next) < weight(first) ? next : first));
  const isTakenBack = code === OPTED_OUT_CODE && current.code === OPTED_IN_AGAIN_CODE;
  return { code: isTakenBack ? OPTED_IN_AGAIN_CODE : code, ...(providerCode && { providerCode }) };
}

/**
 * Sorts opt-outs first, then permanent failures, then transient ones; within these by the catalogue, and a reason with a
 * provider's code before one without.
 */
function weight({ code, providerCode = '~' }: Bounce): string {
  const group = code === OPTED_OUT_CODE ? 0 : isForNow({ code }) ? 2 : 1;
  return `${group} ${1000 + PROBLEM_CODES.indexOf(code)} ${providerCode}`;
}
