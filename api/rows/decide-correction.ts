import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { CheckedRow } from '../../domain/checking/check-rows';
import { statusOfPlan } from '../../domain/checking/decide-row';
import { noSmsCodeOf } from '../../domain/checking/no-sms';
import { columnsOf } from '../../domain/columns';
import type { ColumnKey } from '../../domain/columns';
import { valuesOf } from '../../domain/person';
import type { PersonValues } from '../../domain/person';
import { isError } from '../../domain/problems/problem-sentences';
import type { CorrectedFields, Correction, RowSnapshot } from '../../store/corrections/correction';
import type { ImportDoc, InvitationDoc, RowDoc } from '../../store/documents';
import { inProgress, rowRejected, teamNotReady } from './correction-problems';
import { hasChanges } from './row-as-typed';
import type { Cells } from './row-as-typed';

/** A row with its typed changes and the result of their checks. */
export interface TypedRow {
  before: Cells;
  changes: Cells;
  /** All cells, including unchanged ones. */
  cells: Cells;
  checked: CheckedRow;
}

/** Decides on a row that was not applied as its file would: plans it again. `null` if nothing changes. */
export function decideReplan({ importDoc, row }: RowSnapshot, typed: TypedRow): Correction | null {
  const { person, plan, problems } = typed.checked;
  if (problems.some(isError)) {
    if (!hasChanges(typed.before, typed.changes)) return null;
    throw rowRejected(row.row, problems);
  }
  const status = statusOfPlan(plan);
  if (status === row.status && person && row.person && changedFields(row.person, person) === null) return null;
  const { _id, organisationId, importId, row: line, origin, smsSegments } = row;
  return {
    row: {
      ...{ _id, organisationId, importId, row: line, status, person, plan, problems },
      ...(!person && { cells: typed.cells }),
      ...(smsSegments !== undefined && plan.channels.includes('sms') && { smsSegments }),
      ...(origin !== undefined && { origin }),
      repairs: repairsOf(importDoc, row, typed),
    },
    invitations: [],
    opens: true,
  };
}

/** Decides on the person and the invitations of a row that was applied. `null` if nothing changes. */
export function decideChange(snapshot: RowSnapshot, typed: TypedRow): Correction | null {
  const { importDoc, row, person } = snapshot;
  const { person: after, problems, plan } = typed.checked;
  if (!person || !after) throw rowRejected(row.row, problems);
  const fields = changedFields(valuesOf(person), after);
  if (!fields) return null;
  const readdressed = CHANNELS.filter((channel) => isReaddressed(channel, person, after));
  const hasJoined = person.active || person.deactivatedAt !== undefined;
  const invitations = hasJoined ? [] : readdressed.flatMap((channel) => invite(snapshot, channel, typed.checked));
  // A message in flight could go to either address.
  const inFlight = snapshot.invitations.find(
    (one) => readdressed.includes(one.channel) && IN_FLIGHT.includes(one.state) && !isReplaced(snapshot, one),
  );
  if (inFlight && !hasJoined) throw inProgress(`An invitation of row ${row.row} by ${inFlight.channel} is being sent.`);
  if (plan.action === 'wait' && invitations.some(({ state }) => state === 'pending')) {
    throw teamNotReady(row.row, typed.cells.group ?? '');
  }
  return {
    row: {
      ...row,
      person: after,
      problems: problems.filter(({ code }) => code !== 'group.waiting'),
      repairs: repairsOf(importDoc, row, typed),
    },
    person: { id: person._id, fields, readdressed },
    invitations,
    opens: invitations.length > 0,
  };
}

/** It waits for its time, and the new one takes its place: whoever claims it at this moment wins over the correction. */
const isReplaced = ({ row: { importId, row } }: RowSnapshot, invitation: InvitationDoc): boolean =>
  invitation.state === 'pending' &&
  invitation.deferred !== undefined &&
  invitation.importId === importId &&
  invitation.row === row;

const IN_FLIGHT: InvitationDoc['state'][] = ['pending', 'sending'];

/** A different spelling of the same mailbox is not a new address. */
const isReaddressed = (channel: Channel, before: PersonValues, after: PersonValues): boolean =>
  channel === 'email' ? before.emailKey !== after.emailKey : before.mobile !== after.mobile;

function changedFields(before: PersonValues, after: PersonValues): CorrectedFields | null {
  const [old, fresh] = [before, after].map((person) => ({ language: null, ...valuesOf(person) })) as [
    CorrectedFields,
    CorrectedFields,
  ];
  const changed = Object.entries(fresh).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof CorrectedFields]),
  );
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}

/** A landline or a service gets no SMS; if the old number got one, a `suppressed` invitation also prevents a retry. */
function invite(
  { row, invitations }: RowSnapshot,
  channel: Channel,
  { plan, problems }: CheckedRow,
): Correction['invitations'] {
  if (plan.channels.includes(channel)) return [{ channel, state: 'pending' }];
  const getsNoSms = channel === 'sms' ? noSmsCodeOf(problems) : undefined;
  const isInvited = invitations.some(({ importId, row: line }) => importId === row.importId && line === row.row);
  return getsNoSms && isInvited ? [{ channel, state: 'suppressed', code: getsNoSms }] : [];
}

/** Keeps the repairs of unchanged cells. */
function repairsOf({ kind, columns }: ImportDoc, { person, repairs }: RowDoc, { changes, checked }: TypedRow) {
  if (!person) return checked.repairs;
  const typed = new Set(Object.keys(changes).map((key) => headerOf(key as ColumnKey)));
  return [...repairs.filter(({ column }) => !typed.has(column)), ...checked.repairs];

  function headerOf(key: ColumnKey): string | undefined {
    return [...columns, ...columnsOf(kind)].find((column) => column.key === key)?.header;
  }
}
