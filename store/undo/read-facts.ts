import type { ClientSession } from 'mongodb';
import { decideUndo } from '../../domain/undo/decide-undo';
import type { UndoDecision, UndoFacts } from '../../domain/undo/decide-undo';
import { personIdFor } from '../documents';
import type { Collections, PersonDoc, RowDoc } from '../documents';

type Parts = Pick<Collections, 'imports' | 'rows' | 'people' | 'clientTeams'>;

/** A row of the import to undo, with its person as they are now, and what is to be done about both. */
export interface DecidedRow extends UndoDecision {
  row: RowDoc;
  person: PersonDoc | undefined;
}

/** The rows below a line that have created or changed a person, and that the undo has not come to yet, by line. */
export const findUndoable = (
  { rows }: Pick<Collections, 'rows'>,
  importId: string,
  { after, limit, session }: { after: number; limit: number; session?: ClientSession },
): Promise<RowDoc[]> =>
  rows
    .find(
      { importId, row: { $gt: after }, status: { $in: ['created', 'updated'] }, undo: { $exists: false } },
      { ...(session && { session }) },
    )
    .sort({ row: 1 })
    .limit(limit)
    .toArray();

/**
 * Decides about these rows one after the other, as their people are now: of two staff members who are the last ones of a team, only
 * the first one goes. `teams` are those that the rows before have left.
 */
export async function decideRows(
  parts: Parts,
  undoable: RowDoc[],
  session?: ClientSession,
  teams = createTeams(parts, session),
): Promise<DecidedRow[]> {
  if (undoable.length === 0) return [];
  const ids = undoable.map(personIdFor);
  const people = await parts.people.find({ _id: { $in: ids } }, { ...(session && { session }) }).toArray();
  const byId = new Map(people.map((person) => [person._id, person]));
  const touched = await findTouched(parts, undoable[0]!.importId, ids, session);
  await teams.read(undoable[0]!.organisationId, people);
  return undoable.map((row): DecidedRow => {
    const person = byId.get(personIdFor(row));
    const decided = decideUndo(factsOf(row, person, touched));
    return { ...(person ? teams.check(decided, person) : decided), row, person };
  });
}

function factsOf(row: RowDoc, person: PersonDoc | undefined, touched: ReadonlySet<string>): UndoFacts {
  return {
    importId: row.importId,
    line: row.row,
    action: row.status === 'updated' ? 'updated' : 'created',
    written: row.person,
    person: person
      ? {
          ...person,
          hasJoined: person.active || person.deactivatedAt !== undefined,
          optedOut: (person.optedOut ?? []).length > 0,
          overwritten: person.overwritten ?? [],
        }
      : null,
    isTouchedByOther: person !== undefined && touched.has(person._id),
  };
}

/** Those whom a row of another import was about. A preview has touched nobody before it is applied. */
async function findTouched(
  { imports, rows }: Parts,
  importId: string,
  personIds: string[],
  session?: ClientSession,
): Promise<Set<string>> {
  const options = { ...(session && { session }) };
  const others = await rows
    .find(
      {
        'plan.personId': { $in: personIds },
        importId: { $ne: importId },
        status: { $in: ['pending', 'waiting', 'created', 'updated', 'unchanged'] },
      },
      { ...options, projection: { importId: 1, status: 1, 'plan.personId': 1 } },
    )
    .toArray();
  const open = others.filter(({ status }) => status === 'pending' || status === 'waiting');
  const previews = await imports
    .find(
      { _id: { $in: [...new Set(open.map((row) => row.importId))] }, status: 'awaiting-approval' },
      { ...options, projection: { _id: 1 } },
    )
    .toArray();
  const unapplied = new Set(previews.map(({ _id }) => _id));
  return new Set(others.filter((row) => !unapplied.has(row.importId)).map(({ plan }) => plan.personId!));
}

/** Client teams of an organisation, with their staff as the rows that were decided about have left them. */
export function createTeams({ people, clientTeams }: Parts, session?: ClientSession) {
  const members = new Map<string, Set<string>>();
  const looked = new Set<string>();
  const isLastOf = (person: PersonDoc, left: readonly string[]): boolean =>
    person.kind === 'staff' && left.some((id) => members.get(id)?.has(person._id) && members.get(id)!.size === 1);

  return {
    /** Reads those of these people that are not known yet. */
    async read(organisationId: string, involved: readonly PersonDoc[]): Promise<void> {
      const options = { ...(session && { session }) };
      const named = new Set(involved.flatMap((person) => [...person.teamIds, ...formerTeams(person)]));
      const unknown = [...named].filter((id) => !looked.has(id));
      if (unknown.length === 0) return;
      const existing = await clientTeams.find({ _id: { $in: unknown }, organisationId }, options).toArray();
      const ids = existing.map(({ _id }) => _id);
      const staff = await people
        .find({ organisationId, kind: 'staff', teamIds: { $in: ids } }, { ...options, projection: { teamIds: 1 } })
        .toArray();
      for (const id of unknown) looked.add(id);
      for (const id of ids) members.set(id, new Set());
      for (const { _id, teamIds } of staff)
        for (const teamId of teamIds) if (ids.includes(teamId)) members.get(teamId)!.add(_id);
    },

    check(decided: UndoDecision, person: PersonDoc): UndoDecision {
      const teams = decided.restores.find(({ field }) => field === 'teamIds');
      const after = decided.removes ? [] : (teams?.before as string[] | undefined);
      if (after === undefined) return decided;
      const left = person.teamIds.filter((id) => !after.includes(id));
      const isLast = isLastOf(person, left);
      if (decided.removes && isLast) return { outcome: 'last-of-team', restores: [], keptFields: [] };
      // A client team that was removed since does not come back.
      if (teams && (isLast || after.some((id) => !members.has(id)))) {
        return {
          outcome: isLast ? 'last-of-team' : 'changed-since',
          restores: decided.restores.filter((one) => one !== teams),
          keptFields: [...decided.keptFields, teams],
        };
      }
      for (const id of left) members.get(id)?.delete(person._id);
      if (person.kind === 'staff') for (const id of after) members.get(id)?.add(person._id);
      return decided;
    },
  };
}

const formerTeams = ({ overwritten = [] }: PersonDoc): string[] =>
  overwritten.flatMap(({ field, before }) => (field === 'teamIds' ? (before as string[]) : []));
