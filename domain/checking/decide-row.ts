import type { OnExisting } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { RowStatus } from '../../contract/row';
import type { PlannedAction, RowPlan } from '../../contract/row-plan';
import type { ClientTeam } from '../client-team';
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

export interface Decision {
  plan: RowPlan;
  /** The person after the row is applied; `null` if the row is rejected or skipped. */
  person: PersonValues | null;
  /** An error about an address if and only if the row is rejected, or a warning about the client team. */
  problem?: UnplacedProblem & { column: 'email' | 'mobile' | 'group' };
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
    return canBeInvited(person, context)
      ? inviteTo('create', person, undefined, context)
      : rejectRow({ column: 'mobile', code: 'mobile.unreachable' });
  }
  const rejection = rejectionOf(person.kind, known, context.onExisting);
  if (rejection) return rejectRow({ column: 'email', ...rejection });
  if (context.onExisting === 'skip') {
    return { plan: { action: 'skip', personId: known.id, channels: [] }, person: null };
  }
  if (context.onExisting === 'update') return decideUpdate(person, known, context, open);
  // The row changes nothing, so the invitation goes to the person as known.
  const values = valuesOf(known);
  const isLeftAlone = known.active || !canBeInvited(values, context);
  return isLeftAlone ? leaveUnchanged(values, known) : inviteTo('unchanged', values, known.id, context);
}

/** The status of a row before it is applied. A plan without work is at its end already. */
export function statusOfPlan({ action, channels }: RowPlan): RowStatus {
  switch (action) {
    case 'reject':
      return 'rejected';
    case 'skip':
      return 'skipped';
    case 'wait':
      return 'waiting';
    case 'unchanged':
      return channels.length > 0 ? 'pending' : 'unchanged';
    default:
      return 'pending';
  }
}

/** Why a row with the address of a known person is rejected, if it is. */
export function rejectionOf(kind: PersonKind, known: KnownPerson, onExisting: OnExisting): UnplacedProblem | undefined {
  return known.kind !== kind || onExisting === 'error' ? takenAddressProblem(kind, known) : undefined;
}

/** The problem of an address that a known person has already. */
export function takenAddressProblem(kind: PersonKind, known: KnownPerson): UnplacedProblem {
  if (known.kind !== kind) return { code: known.kind === 'staff' ? 'email.is-staff' : 'email.is-client' };
  const { since, importId, line } = known;
  return {
    code: 'email.already-used',
    details: { since, ...(importId !== null && { importId }), ...(line !== null && { line }) },
  };
}

const rejectRow = (problem: NonNullable<Decision['problem']>): Decision => ({
  plan: { action: 'reject', channels: [] },
  person: null,
  problem,
});

function inviteTo(
  action: Extract<PlannedAction, 'create' | 'unchanged'>,
  person: PersonValues,
  personId: string | undefined,
  context: DecisionContext,
): Decision {
  const channels = channelsFor(person, context);
  const plan = { ...(personId !== undefined && { personId }), channels };
  const team = unstaffedTeamOf(person, context);
  if (!team) return { plan: { action, ...plan }, person };
  const problem = { column: 'group', code: 'group.waiting', details: { team: team.name } } as const;
  return { plan: { action: 'wait', ...plan }, person, problem };
}

function decideUpdate(
  person: PersonValues,
  known: KnownPerson,
  context: DecisionContext,
  open: readonly OpenField[],
): Decision {
  const { values, changes } = mergePerson(known, person, open, context.teams);
  if (changes.length === 0) return leaveUnchanged(values, known);
  // A changed e-mail address is only another spelling of the same one. A team that is not ready blocks the SMS as well.
  const hasNewMobile = !known.active && values.mobile !== known.mobile && !unstaffedTeamOf(values, context);
  const channels = hasNewMobile ? channelsFor(values, context).filter((channel) => channel === 'sms') : [];
  return { plan: { action: 'update', personId: known.id, changes, channels }, person: values };
}

const leaveUnchanged = (person: PersonValues, { id }: KnownPerson): Decision => ({
  plan: { action: 'unchanged', personId: id, channels: [] },
  person,
});

/** Whether a channel of the organisation reaches the person, or the organisation has none. */
const canBeInvited = (person: PersonValues, context: DecisionContext): boolean =>
  context.channels.length === 0 || channelsFor(person, context).length > 0;

/** A landline gets no SMS, and neither does a number of a service, which may cost money. */
const channelsFor = ({ mobileType }: PersonValues, { channels }: DecisionContext): Channel[] =>
  channels.filter((channel) => channel !== 'sms' || mobileType === 'mobile');

/** The team of a client if it has no active staff, so that the client waits. Staff never wait: one has to be first. */
function unstaffedTeamOf({ kind, teamIds }: PersonValues, { teams }: DecisionContext): ClientTeam | undefined {
  if (kind === 'staff') return undefined;
  const team = teams.get(teamIds[0] ?? '');
  return team?.activeStaff ? undefined : team;
}
