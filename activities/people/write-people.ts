import { setImmediate as onceWritten } from 'node:timers/promises';
import type { CellProblem } from '../../contract/problem';
import type { RowPlan } from '../../contract/row-plan';
import type { ImportSnapshot } from '../../contract/snapshot';
import { parseRowSet } from '../../contract/row-set';
import type { RowSet } from '../../contract/row-set';
import type { KnownPerson, PersonValues } from '../../domain/person';
import { placeOf } from '../../domain/table';
import { personIdOf } from '../../store/documents';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { Addressee } from '../../store/people/people';
import { Deadline } from '../../platform/deadline';
import type { ActivityDeps } from '../deps';
import { assertNotExpired } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';
import { createDecider, findGone } from './decide-again';
import { finishRows, isChecked } from './stage-invitations';
import type { CheckedRowDoc } from './stage-invitations';

/** Writes the people of a chunk, and stages their invitations. Idempotent. */
export function createWritePeople(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store, settings } = deps;
  const writeRows = createRowWriter(deps);

  return ({ importId, rows }: { importId: string; rows: RowSet }): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const deadline = new Deadline(settings.stepFenceMs);
      const [pending] = await Promise.all([
        store.rows.findPending(importId, parseRowSet(rows)),
        store.imports.advance(importId, 'creating'),
      ]);
      await writeRows(importId, pending, deadline);
      return takeSnapshot(deps, importId);
    });
}

/** Rows whose people were all new and are written; their invitations are to be staged, and they are `pending` until then. */
export interface NewPeople {
  rows: CheckedRowDoc[];
  /** As MongoDB holds them, so that they need not be read back. */
  addressees: Map<string, Addressee>;
}

/** Joins what the chunks of one step have held back; where one of them held nothing back, finishes the others too and returns `null`. */
export async function joinNewPeople(
  store: ActivityDeps['store'],
  importId: string,
  chunks: readonly (NewPeople | null)[],
  claimsId?: string,
): Promise<NewPeople | null> {
  const held = chunks.filter((chunk) => chunk !== null);
  const all = {
    rows: held.flatMap((chunk) => chunk.rows),
    addressees: new Map(held.flatMap((chunk) => [...chunk.addressees])),
  };
  if (held.length === chunks.length) return all;
  await finishRows(store, importId, all.rows, claimsId);
  return null;
}

interface WriteOptions {
  /** Returns rows whose people are all new before their invitations are staged: the caller does that, and finishes the rows. */
  holdsBack?: boolean;
  /** Under what the first sends of the rows are claimed, if not under the import. */
  claimsId?: string | undefined;
  /** Is begun as soon as the people of rows that may be held back are on their way to the database. They may turn out not to be new. */
  meanwhile?: (people: NewPeople) => Promise<void>;
}

/**
 * Applies planned rows that were read since the deadline began: creates and changes people, and stages their invitations.
 * Idempotent, because a row leaves `pending` last, and repeating the earlier writes has no effect.
 */
export function createRowWriter(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store } = deps;
  const decideAgain = createDecider(deps);

  return async (
    importId: string,
    pending: RowDoc[],
    deadline: Deadline,
    options: WriteOptions = {},
  ): Promise<NewPeople | null> => {
    // The import may have been cancelled and closed since.
    assertNotExpired(deadline);
    const { taken, gone, held } = await applyRows(importId, pending.filter(isChecked), deadline, options);
    if (taken.size + gone.length === 0) return held;
    await decideAgain(importId, taken, gone);
    const decided = await store.rows.findPending(importId, [...taken.keys(), ...gone]);
    await applyRows(importId, decided.filter(isChecked), deadline, { claimsId: options.claimsId });
    return null;
  };

  /**
   * Returns the lines whose address was taken since the plan, with its holder, and those whose known person was removed since. Both
   * stay `pending`. Returns the rows held back, too.
   */
  async function applyRows(
    importId: string,
    all: CheckedRowDoc[],
    deadline: Deadline,
    { holdsBack = false, claimsId, meanwhile }: WriteOptions,
  ): Promise<{ taken: Map<number, KnownPerson>; gone: number[]; held: NewPeople | null }> {
    const gone = await findGone(store, all);
    const checked = all.filter(({ row }) => !gone.includes(row));
    if (checked.length === 0) return { taken: new Map(), gone, held: null };
    const organisationId = checked[0]!.organisationId;
    const emptied = await changeTeams(organisationId, checked, deadline);
    const newcomers = checked.filter(({ plan }) => plan.personId === undefined);
    const changed = checked.filter(({ row, plan }) => plan.changes?.length && !emptied.has(row));
    const created = newcomers.map(({ row, person }) => ({
      ...person,
      _id: personIdOf(importId, row),
      organisationId,
      importId,
      row,
    }));
    const held: NewPeople | null =
      holdsBack && newcomers.length === checked.length
        ? { rows: checked, addressees: new Map(created.map((person) => [person._id, { ...person, active: false }])) }
        : null;
    // Behind it others may have changed these people since, or cancelled the import: nothing may be written again over that.
    assertNotExpired(deadline);
    const [{ holders, allNew }] = await Promise.all([
      store.people.create(organisationId, created),
      store.people.update(
        organisationId,
        changed.map(({ row, plan, person }) => ({
          personId: plan.personId!,
          fields: changedFields(plan, person),
          by: { importId, row },
        })),
      ),
      held && meanwhile && onceWritten().then(() => meanwhile(held)),
    ]);
    const lines = newcomers.map(({ row }) => row);
    // Nothing follows by which they would be found.
    if (deadline.expired()) await store.latePeople.remove(importId, lines);
    assertNotExpired(deadline);
    const taken = new Map(
      newcomers.flatMap(({ row }) => {
        const holder = holders.get(personIdOf(importId, row));
        return holder ? [[row, holder] as const] : [];
      }),
    );
    if (held && allNew) return { taken, gone, held };
    await finishRows(
      store,
      importId,
      checked.filter(({ row }) => !taken.has(row) && !emptied.has(row)),
      claimsId,
    );
    return { taken, gone, held: null };
  }

  /** Moves staff between teams, one by one. Rejects and returns the lines that would leave a team without staff. */
  async function changeTeams(
    organisationId: string,
    checked: CheckedRowDoc[],
    deadline: Deadline,
  ): Promise<Set<number>> {
    const emptied = new Set<number>();
    for (const row of checked) {
      const { plan, person, importId } = row;
      if (person.kind !== 'staff' || !plan.changes?.some(({ field }) => field === 'teams')) continue;
      const by = { importId, row: row.row };
      assertNotExpired(deadline);
      const team = await store.teamChanges.assign(organisationId, plan.personId!, person.teamIds, by);
      if (team === undefined) continue;
      emptied.add(row.row);
      const importDoc = await store.imports.find(importId);
      await store.rows.reject(importId, [{ row: row.row, problem: lastMemberProblem(row, team, importDoc) }]);
    }
    return emptied;
  }
}

/** The fields of a person by the column that sets them. The teams of staff are changed separately. */
const FIELDS: Readonly<Record<string, readonly (keyof PersonValues)[]>> = {
  firstName: ['firstName'],
  lastName: ['lastName'],
  email: ['email'],
  mobile: ['mobile', 'mobileType'],
  role: ['role'],
  company: ['company'],
  group: ['teamIds'],
  language: ['language'],
};

/** The values that a planned update writes: only the listed changes, so that later changes of other fields survive. */
function changedFields({ changes = [] }: RowPlan, person: PersonValues): Partial<PersonValues> {
  const names = changes.flatMap(({ field }) => FIELDS[field] ?? []);
  return Object.fromEntries(names.map((name) => [name, person[name]]));
}

/** A staff member would leave a client team without staff. */
const lastMemberProblem = ({ plan }: CheckedRowDoc, team: string, importDoc: ImportDoc | null): CellProblem => ({
  code: 'group.last-member',
  ...placeOf(importDoc?.columns, 'teams'),
  value: plan.changes?.find(({ field }) => field === 'teams')?.after ?? null,
  details: { team },
});
