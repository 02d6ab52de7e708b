import type { OnExisting } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { PlannedAction, RowPlan } from '../../contract/row-plan';
import type { UnplacedProblem } from './cells/cell-verdict';
import type { ClientTeam } from './cells/find-team';
import { mergePerson } from './merge-person';
import type { OpenField } from './merge-person';
import { valuesOf } from '../person';
import type { KnownPerson, PersonKind, PersonValues } from '../person';

/** What a decision depends on beside the row and whoever has its address. */
export interface DecisionContext {
  onExisting: OnExisting;
  /** The channels on which the organisation invites. */
  channels: readonly Channel[];
  /** All client teams by their ids. */
  teams: ReadonlyMap<string, ClientTeam>;
}

export interface Decision {
  plan: RowPlan;
  /** The person as they stand once the row is carried out; `null` where nothing is done with the row. */
  person: PersonValues | null;
  /** An error about an address if and only if the row is refused, or a warning about the client team. */
  finding?: { about: 'email' | 'mobile' | 'group'; what: UnplacedProblem };
}

/**
 * Decides what becomes of a row in which every cell is good. `known` is whoever has its address in the organisation;
 * `open` are the fields that the row says nothing about.
 */
export function decideRow(
  person: PersonValues,
  known: KnownPerson | undefined,
  context: DecisionContext,
  open: readonly OpenField[] = [],
): Decision {
  if (!known && !canBeInvited(person, context)) {
    return { plan: { action: 'reject', channels: [] }, person: null, finding: { about: 'mobile', what: UNREACHABLE } };
  }
  if (!known) return inviteTo('create', person, undefined, context);
  const refusal = rejectionOf(person.kind, known, context.onExisting);
  if (refusal)
    return { plan: { action: 'reject', channels: [] }, person: null, finding: { about: 'email', what: refusal } };
  if (context.onExisting === 'skip') {
    return { plan: { action: 'skip', personId: known.id, channels: [] }, person: null };
  }
  if (context.onExisting === 'update') return decideUpdate(person, known, context, open);
  // The row itself changes nothing, so it is the person as they are known who is invited.
  const values = valuesOf(known);
  const isLeftAlone = known.active || !canBeInvited(values, context);
  return isLeftAlone ? leaveAlone(values, known) : inviteTo('unchanged', values, known.id, context);
}

/** Why the address of a row cannot be used for it, if whoever has it is in the way. */
export function rejectionOf(kind: PersonKind, known: KnownPerson, onExisting: OnExisting): UnplacedProblem | undefined {
  return known.kind !== kind || onExisting === 'error' ? takenAddressProblem(kind, known) : undefined;
}

/** What is to be said of an address that somebody has already. */
export function takenAddressProblem(kind: PersonKind, holder: KnownPerson): UnplacedProblem {
  if (holder.kind !== kind) return { code: holder.kind === 'staff' ? 'email.is-staff' : 'email.is-client' };
  const { since, importId, line } = holder;
  return {
    code: 'email.already-used',
    details: { since, ...(importId !== null && { importId }), ...(line !== null && { line }) },
  };
}

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
  const what: UnplacedProblem = { code: 'group.waiting', details: { team: team.name } };
  return { plan: { action: 'wait', ...plan }, person, finding: { about: 'group', what } };
}

function decideUpdate(
  person: PersonValues,
  known: KnownPerson,
  context: DecisionContext,
  open: readonly OpenField[],
): Decision {
  const { values, changes } = mergePerson(known, person, open, context.teams);
  if (changes.length === 0) return leaveAlone(values, known);
  // The e-mail address can only have changed its looks. And nobody of an unready team is invited, whatever has changed.
  const isToBeTold = !known.active && values.mobile !== known.mobile && !unstaffedTeamOf(values, context);
  const channels = isToBeTold ? channelsFor(values, context).filter((channel) => channel === 'sms') : [];
  return { plan: { action: 'update', personId: known.id, changes, channels }, person: values };
}

const leaveAlone = (person: PersonValues, { id }: KnownPerson): Decision => ({
  plan: { action: 'unchanged', personId: id, channels: [] },
  person,
});

const UNREACHABLE: UnplacedProblem = { code: 'mobile.unreachable' };

/** Whether there is a channel of the organisation's on which the person can be reached. */
const canBeInvited = (person: PersonValues, context: DecisionContext): boolean =>
  context.channels.length === 0 || channelsFor(person, context).length > 0;

/** No SMS goes to a landline. */
const channelsFor = ({ mobileType }: PersonValues, { channels }: DecisionContext): Channel[] =>
  channels.filter((channel) => channel !== 'sms' || mobileType !== 'fixed-line');

/** The team for whose first active member of staff a client has to wait. Staff never wait: somebody has to be first. */
function unstaffedTeamOf({ kind, teamIds }: PersonValues, { teams }: DecisionContext): ClientTeam | undefined {
  if (kind === 'staff') return undefined;
  const team = teams.get(teamIds[0] ?? '');
  return team?.activeStaff ? undefined : team;
}
