import type { OnExisting } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { RowStatus } from '../../contract/row';
import type { PlannedAction, RowPlan } from '../../contract/row-plan';
import type { ClientTeam } from '../client-team';
import type { UnderWay } from '../invitations/standing';
import { valuesOf } from '../person';
import type { KnownPerson, PersonKind, PersonValues } from '../person';
import type { UnplacedProblem } from './cells/cell-verdict';
import type { OpenField } from './cells/check-cells';
import { mergePerson } from './merge-person';

/** Everything that a decision depends on beside the row and the known person with its address. */
export interface DecisionContext {
  onExisting: OnExisting;
  /** The channels on which the organisation invites. */
  channels: readonly Channel[];
  /** All client teams by their ids. */
  teams: ReadonlyMap<string, ClientTeam>;
}

/** A problem of a row by the key of its column. */
type PlacedProblem = UnplacedProblem & { column: 'email' | 'mobile' | 'group' };

export interface Decision {
  plan: RowPlan;
  /** The person after the row is applied; `null` if the row is rejected or skipped. */
  person: PersonValues | null;
  /** An error if and only if the row is rejected, or warnings about messages that are not sent, or not yet. */
  problems: PlacedProblem[];
}

/**
 * Decides the plan of a row in which every cell is good. `known` is the person of the organisation with its address;
 * `open` are the fields that the row leaves blank.
 */
export function decideRow(
  person: PersonValues,
  known: KnownPerson | undefined,
  context: DecisionContext,
  open: readonly OpenField[] = [],
): Decision {
  if (!known) {
    return isReachable(person, context)
      ? inviteTo('create', person, { channels: channelsFor(person, context) }, context)
      : rejectRow({ column: 'mobile', code: 'mobile.unreachable' });
  }
  const rejection = rejectionOf(person.kind, known, context.onExisting);
  if (rejection) return rejectRow({ column: 'email', ...rejection });
  if (known.neverInvited) return takeOver(person, known, context, open);
  if (context.onExisting === 'skip') {
    const problems = remarksOn(known, known, context);
    return { plan: { action: 'skip', personId: known.id, channels: [] }, person: null, problems };
  }
  if (context.onExisting === 'update') return decideUpdate(person, known, context, open);
  return inviteAgain(known, context);
}

/** The status of a row before it is applied. A plan without work is at its end already. */
export function statusOfPlan({ action, channels }: RowPlan): RowStatus {
  switch (action) {
    case 'reject':
      return 'rejected';
    case 'skip':
      return 'skipped';
    case 'ignore':
      return 'ignored';
    case 'wait':
      return 'waiting';
    case 'unchanged':
      return channels.length > 0 ? 'pending' : 'unchanged';
    default:
      return 'pending';
  }
}

/** Why a row with the address of a known person is rejected, if it is. Nobody was told of a person who was never invited. */
export function rejectionOf(kind: PersonKind, known: KnownPerson, onExisting: OnExisting): UnplacedProblem | undefined {
  const isTaken = known.kind !== kind || (onExisting === 'error' && !known.neverInvited);
  return isTaken ? takenAddressProblem(kind, known) : undefined;
}

/** The problem of an address that a known person has already. */
export function takenAddressProblem(kind: PersonKind, known: KnownPerson): UnplacedProblem {
  if (known.kind !== kind) return { code: known.kind === 'staff' ? 'email.is-staff' : 'email.is-client' };
  return { code: 'email.already-used', details: originOf(known) };
}

const originOf = ({ since, importId, line }: KnownPerson): NonNullable<UnplacedProblem['details']> => ({
  since,
  ...(importId !== null && { importId }),
  ...(line !== null && { line }),
});

const rejectRow = (problem: PlacedProblem): Decision => ({
  plan: { action: 'reject', channels: [] },
  person: null,
  problems: [problem],
});

/** Invites at once, or once the client's team has active staff. */
function inviteTo(
  action: Extract<PlannedAction, 'create' | 'update' | 'unchanged'>,
  person: PersonValues,
  plan: Omit<RowPlan, 'action'>,
  context: DecisionContext,
  problems: PlacedProblem[] = [],
): Decision {
  const team = unstaffedTeamOf(person, context);
  if (!team) return { plan: { action, ...plan }, person, problems };
  const waiting = { column: 'group', code: 'group.waiting', details: { team: team.name } } as const;
  return { plan: { action: 'wait', ...plan }, person, problems: [...problems, waiting] };
}

/**
 * Invites a person whom an earlier import has created and nobody has invited, as if this row had created them: its values count,
 * since the earlier file may have been cancelled because of its own. So it is for every `onExisting`.
 */
function takeOver(
  person: PersonValues,
  known: KnownPerson,
  context: DecisionContext,
  open: readonly OpenField[],
): Decision {
  const { values, changes } = mergePerson(known, person, open, context.teams);
  if (!isReachable(values, context)) return rejectRow({ column: 'mobile', code: 'mobile.unreachable' });
  const problems: PlacedProblem[] = [
    { column: 'email', code: 'person.never-invited', details: originOf(known) },
    ...remarksOn(known, values, context),
  ];
  const channels = willingChannels(known, values, context);
  const plan = { personId: known.id, ...(changes.length > 0 && { changes }), channels };
  const action = changes.length > 0 ? 'update' : 'unchanged';
  return channels.length > 0
    ? inviteTo(action, values, plan, context, problems)
    : { plan: { action, ...plan }, person: values, problems };
}

/** The row changes nothing, so the invitation goes to the person as known. */
function inviteAgain(known: KnownPerson, context: DecisionContext): Decision {
  const values = valuesOf(known);
  const remarks = remarksOn(known, values, context);
  if (known.active) return leaveUnchanged(values, known, remarks);
  const wanted = willingChannels(known, values, context);
  const underWay = known.underWay.filter(({ channel }) => wanted.includes(channel));
  const channels = wanted.filter((channel) => !underWay.some((other) => other.channel === channel));
  const problems = [...remarks, ...elsewhere(underWay)];
  return channels.length > 0
    ? inviteTo('unchanged', values, { personId: known.id, channels }, context, problems)
    : leaveUnchanged(values, known, problems);
}

function decideUpdate(
  person: PersonValues,
  known: KnownPerson,
  context: DecisionContext,
  open: readonly OpenField[],
): Decision {
  const { values, changes } = mergePerson(known, person, open, context.teams);
  const remarks = remarksOn(known, values, context);
  if (changes.length === 0) return leaveUnchanged(values, known, remarks);
  // A changed e-mail address is only another spelling of the same one. A team that is not ready blocks the SMS as well.
  const hasNewMobile = !known.active && values.mobile !== known.mobile && !unstaffedTeamOf(values, context);
  const wanted: Channel[] = hasNewMobile
    ? willingChannels(known, values, context).filter((channel) => channel === 'sms')
    : [];
  // One that is not sent yet will go to the new number.
  const unsent = known.underWay.filter(({ channel, state }) => wanted.includes(channel) && state === 'pending');
  const channels = unsent.length > 0 ? [] : wanted;
  return {
    plan: { action: 'update', personId: known.id, changes, channels },
    person: values,
    problems: [...remarks, ...elsewhere(unsent)],
  };
}

const leaveUnchanged = (person: PersonValues, { id }: KnownPerson, problems: PlacedProblem[]): Decision => ({
  plan: { action: 'unchanged', personId: id, channels: [] },
  person,
  problems,
});

/** Why a known person gets no messages, or fewer than others. `values` are theirs after the row is applied. */
function remarksOn(known: KnownPerson, values: PersonValues, context: DecisionContext): PlacedProblem[] {
  if (known.deactivated) return [{ column: 'email', code: 'person.deactivated' }];
  if (known.active) {
    return context.onExisting === 'invite' ? [{ column: 'email', code: 'invitation.already-accepted' }] : [];
  }
  return channelsFor(values, context)
    .filter((channel) => hasOptedOut(known, values, channel))
    .map((channel) => OPTED_OUT[channel]);
}

const OPTED_OUT: Readonly<Record<Channel, PlacedProblem>> = {
  email: { column: 'email', code: 'email.opted-out' },
  sms: { column: 'mobile', code: 'mobile.opted-out' },
};

/** One warning, also where another import invites on both channels. */
const elsewhere = ([first]: readonly UnderWay[]): PlacedProblem[] =>
  first
    ? [{ column: 'email', code: 'invitation.elsewhere', details: { importId: first.importId, line: first.line } }]
    : [];

/** An opt-out does not apply to a new number. */
const hasOptedOut = ({ optedOut, mobile }: KnownPerson, values: PersonValues, channel: Channel): boolean =>
  optedOut.includes(channel) && (channel === 'email' || values.mobile === mobile);

/** Whether a channel of the organisation reaches the person, or the organisation has none. */
const isReachable = (person: PersonValues, context: DecisionContext): boolean =>
  context.channels.length === 0 || channelsFor(person, context).length > 0;

/** The channels that reach a person. A landline gets no SMS, and neither does a number of a service, which may cost money. */
export const channelsFor = (
  { mobileType }: Pick<PersonValues, 'mobileType'>,
  { channels }: Pick<DecisionContext, 'channels'>,
): Channel[] => channels.filter((channel) => channel !== 'sms' || mobileType === 'mobile');

/** The same, without the channels on which a known person wants no messages. */
const willingChannels = (known: KnownPerson, values: PersonValues, context: DecisionContext): Channel[] =>
  channelsFor(values, context).filter((channel) => !hasOptedOut(known, values, channel));

/** The team of a client if it has no active staff, so that the client waits. Staff never wait: one has to be first. */
function unstaffedTeamOf({ kind, teamIds }: PersonValues, { teams }: DecisionContext): ClientTeam | undefined {
  if (kind === 'staff') return undefined;
  const team = teams.get(teamIds[0] ?? '');
  return team?.activeStaff ? undefined : team;
}
