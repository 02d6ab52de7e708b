import type { CellProblem } from '../../contract/problem';
import { takenAddressProblem } from '../../domain/checking/decide-row';
import type { KnownPerson } from '../../domain/person';
import { placeOf } from '../../domain/table';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { importNotFound } from '../failures';
import { buildPlan } from '../planning/build-plan';
import { isChecked } from './stage-invitations';
import type { CheckedRowDoc } from './stage-invitations';

/** Rows of one write. */
const ROWS_AT_ONCE = 500;

/**
 * Decides again about rows whose address was taken after they were planned, by `onExisting`, as if its holder had been
 * there before, and about rows whose known person was removed, as if they had never been there. Rows of an applied plan are
 * rejected, since the administrator saw another plan.
 */
export function createDecider(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store } = deps;

  return async (importId: string, taken: ReadonlyMap<number, KnownPerson>, gone: number[]): Promise<void> => {
    const importDoc = await store.imports.find(importId);
    if (!importDoc) throw importNotFound(importId);
    const replanned = [...gone, ...(importDoc.options.onExisting === 'error' ? [] : taken.keys())];
    if (importDoc.appliedAt === undefined && replanned.length > 0) {
      // Nobody can be asked any more about people who share a mobile only since.
      const options = { ...importDoc.options, sharedMobiles: importDoc.options.sharedMobiles ?? 'hold' };
      const { rows } = await buildPlan(deps, { ...importDoc, options });
      await replanRows(rows, new Set(replanned));
    }
    // Rows that would still create a person are rejected: those of a preview, or of a file that cannot be planned again.
    const undecided = (await store.rows.findPending(importId, [...taken.keys()])).filter(isChecked);
    await store.rows.reject(
      importId,
      undecided
        .filter(({ plan }) => plan.personId === undefined)
        .map((row) => ({ row: row.row, problem: takenAddress(row, taken.get(row.row)!, importDoc) })),
    );
    // A row that was corrected by hand is not planned again either.
    const lost = (await store.rows.findPending(importId, gone)).filter(isChecked);
    const stillGone = await findGone(store, lost);
    await store.rows.reject(
      importId,
      lost
        .filter(({ row }) => stillGone.includes(row))
        .map((row) => ({ row: row.row, problem: removedPerson(row, importDoc) })),
    );
  };

  /**
   * Plans these lines anew, and along with them the others whose person has come meanwhile: else a large file of people who come from
   * another import at the same time would be planned for each of its pages.
   */
  async function replanRows(rows: Iterable<RowDoc>, lines: ReadonlySet<number>): Promise<void> {
    const again: RowDoc[] = [];
    let along: RowDoc[] = [];
    for (const row of rows) {
      if (lines.has(row.row)) again.push(row);
      else if (row.plan.personId !== undefined) along.push(row);
      if (along.length < ROWS_AT_ONCE) continue;
      await store.rows.replan(along, { ifNew: true });
      along = [];
    }
    await store.rows.replan(again);
    await store.rows.replan(along, { ifNew: true });
  }
}

/** The lines of known people who are not there any more, as after an undo of the import that had created them. */
export async function findGone(store: ActivityDeps['store'], checked: CheckedRowDoc[]): Promise<number[]> {
  const known = checked.filter(({ plan }) => plan.personId !== undefined);
  if (known.length === 0) return [];
  const present = await store.people.present(known.map(({ plan }) => plan.personId!));
  return known.filter(({ plan }) => !present.has(plan.personId!)).map(({ row }) => row);
}

/** The address was free when the row was planned. */
const takenAddress = ({ person }: CheckedRowDoc, holder: KnownPerson, importDoc: ImportDoc): CellProblem => ({
  ...takenAddressProblem(person.kind, holder),
  ...placeOf(importDoc.columns, 'email'),
  value: person.email,
});

/** The known person was there when the row was planned. */
const removedPerson = ({ person }: CheckedRowDoc, importDoc: ImportDoc): CellProblem => ({
  code: 'person.removed',
  ...placeOf(importDoc.columns, 'email'),
  value: person.email,
});
