import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { CheckedRow } from '../../domain/checking/check-rows';
import { statusOfPlan } from '../../domain/checking/decide-row';
import { columnsOf } from '../../domain/columns';
import type { ColumnKey } from '../../domain/columns';
import { valuesOf } from '../../domain/person';
import type { PersonValues } from '../../domain/person';
import { isError } from '../../domain/problems/problem-sentences';
import type { Correction, RowSnapshot } from '../../store/corrections/correction';
import type { ImportDoc, InvitationDoc, RowDoc } from '../../store/documents';
import { inProgress, refused, teamNotReady } from './correction-problems';
import { isTypedAnew } from './row-as-typed';
import type { Cells } from './row-as-typed';

/** A row with what was typed in place of what was there, and what the checks say to that. */
export interface TypedRow {
  before: Cells;
  changes: Cells;
  /** All of its cells, those that were left as they were among them. */
  cells: Cells;
  checked: CheckedRow;
}

/** What becomes of a row with which nothing was done yet: what would have become of it in the file. `null` for nothing new. */
export function decideAnew({ importDoc, row }: RowSnapshot, typed: TypedRow): Correction | null {
  const { person, plan, problems } = typed.checked;
  if (problems.some(isError)) {
    if (!isTypedAnew(typed.before, typed.changes)) return null;
    throw refused(row.row, problems);
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

/** What becomes of the person of a row that was carried out, and of the invitations to them. `null` for nothing new. */
export function decideChange(snapshot: RowSnapshot, typed: TypedRow): Correction | null {
  const { importDoc, row, person, invitations: sent } = snapshot;
  const { person: after, problems, plan } = typed.checked;
  if (!person || !after) throw refused(row.row, problems);
  const fields = changedFields(valuesOf(person), after);
  if (!fields) return null;
  const readdressed = CHANNELS.filter((channel) => isReaddressed(channel, person, after));
  const hasJoined = person.active || person.deactivatedAt !== undefined;
  const invitations = hasJoined ? [] : readdressed.flatMap((channel) => invite(snapshot, channel, typed.checked));
  // What is under way to the old address could still turn out to go to the new one.
  const underWay = sent.find(({ channel, state }) => readdressed.includes(channel) && IN_FLIGHT.includes(state));
  if (underWay && !hasJoined) throw inProgress(`An invitation of row ${row.row} by ${underWay.channel} is on its way.`);
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

const IN_FLIGHT: InvitationDoc['state'][] = ['pending', 'sending'];

/** Another spelling of the same mailbox is no other address. */
const isReaddressed = (channel: Channel, before: PersonValues, after: PersonValues): boolean =>
  channel === 'email' ? before.emailKey !== after.emailKey : before.mobile !== after.mobile;

function changedFields(before: PersonValues, after: PersonValues): Partial<PersonValues> | null {
  const [old, fresh] = [valuesOf(before), valuesOf(after)];
  const changed = Object.entries(fresh).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof PersonValues]),
  );
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}

/** No SMS goes to a landline; where one went to the old number, it is not to be repeated either. */
function invite(
  { row, invitations }: RowSnapshot,
  channel: Channel,
  { plan, problems }: CheckedRow,
): Correction['invitations'] {
  if (plan.channels.includes(channel)) return [{ channel, state: 'pending' }];
  const isLandline = channel === 'sms' && problems.some(({ code }) => code === 'mobile.landline');
  const isInvited = invitations.some(({ importId, row: line }) => importId === row.importId && line === row.row);
  return isLandline && isInvited ? [{ channel, state: 'suppressed', code: 'mobile.landline' }] : [];
}

/** Of cells that were left as they were, what was repaired in them before still counts. */
function repairsOf({ kind, columns }: ImportDoc, { person, repairs }: RowDoc, { changes, checked }: TypedRow) {
  if (!person) return checked.repairs;
  const typed = new Set(Object.keys(changes).map((key) => headerOf(key as ColumnKey)));
  return [...repairs.filter(({ column }) => !typed.has(column)), ...checked.repairs];

  function headerOf(key: ColumnKey): string | undefined {
    return [...columns, ...columnsOf(kind)].find((column) => column.key === key)?.header;
  }
}
