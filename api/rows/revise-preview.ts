import type { RowEdit, RowEdits } from '../../domain/checking/row-edits';
import { isError } from '../../domain/problems/problem-sentences';
import { isHeld } from '../../domain/long-list';
import { cellsOf } from '../../domain/person-cells';
import { isCancelling } from '../../store/documents';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { requireRows } from '../downloads/staged-rows';
import { conflict, temporarilyUnavailable } from '../http/http-problem';
import { checkAsTyped } from './check-as-typed';
import { noRow, requireCorrectableRow, rowRejected } from './correction-problems';
import { findExcess, hasChanges } from './row-as-typed';
import type { Cells } from './row-as-typed';

type Deps = Pick<AppDeps, 'store' | 'outbox' | 'buildPlan'>;

/** Each attempt reads the whole file. */
const MOST_ATTEMPTS = 5;

/**
 * Changes what is said of single rows of a preview, and stores it together with the plan that follows, which has a hash of its own.
 * `change` returns the edits of all rows, or `null` to change nothing; it is asked again if others have changed the plan meanwhile.
 * Returns whether anything changed.
 */
export async function revisePreview(
  { store, outbox, buildPlan }: Deps,
  found: ImportDoc,
  change: (importDoc: ImportDoc, edits: RowEdits) => Promise<RowEdits | null>,
): Promise<boolean> {
  let importDoc = found;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    requirePreview(importDoc);
    const before = await store.rows.edits(importDoc._id);
    const edits = await change(importDoc, before);
    if (!edits) return false;
    const plan = await buildPlan(importDoc, edits);
    if (await storeRevised(store, importDoc, plan, changedEdits(before, edits))) {
      outbox.poke();
      return true;
    }
    importDoc = (await store.imports.find(importDoc._id)) ?? importDoc;
  }
  throw temporarilyUnavailable('Others are changing this import at the same time. Nothing was changed; try again.');
}

/** A long file is planned again by its workflow: until then it has no plan to apply, and its rows are as they were. */
async function storeRevised(
  store: AppDeps['store'],
  importDoc: ImportDoc,
  plan: Awaited<ReturnType<AppDeps['buildPlan']>>,
  edits: RowEdits,
): Promise<boolean> {
  if (plan.isLong || !isHeld(plan.rows)) return store.plans.planAgain(importDoc, { edits });
  if (plan.ofFile.planHash === undefined) throw unreadable();
  return store.plans.choose(importDoc, {}, { ...plan, rows: plan.rows });
}

const changedEdits = (before: RowEdits, edits: RowEdits): RowEdits =>
  new Map([...edits].filter(([line, edit]) => edit !== before.get(line)));

/** Corrects a row of a preview, if it is good then. */
export const correctPlanned = (deps: Deps, importDoc: ImportDoc, line: number, changes: Cells): Promise<boolean> =>
  revisePreview(deps, importDoc, async (current, edits) => {
    const { store } = deps;
    const row = await findRow(deps, current, line);
    if (row.status !== 'pending') requireCorrectableRow(row);
    const teams = await store.organisations.teams(current.organisationId);
    const before = row.person ? cellsOf(row.person, new Map(teams.map(({ id, name }) => [id, name]))) : row.cells;
    if (!hasChanges(before ?? {}, changes)) return null;
    const known = edits.get(line)?.typed;
    const typed = { cells: { ...before, ...changes }, ...findExcess(current.kind, row, { ...known, ...changes }) };
    // Against the rows as they are planned, so that a row whose address it takes is not the one to be rejected for that.
    const snapshot = { importDoc: current, row, person: null, invitations: [] };
    const { problems } = await checkAsTyped(store, snapshot, typed, teams);
    if (problems.some(isError)) throw rowRejected(line, problems);
    return new Map(edits).set(line, { ...edits.get(line), typed: { ...known, ...changes } });
  });

/** Puts rows of a preview aside, or takes them back where `ignored` is `null`. */
export const ignorePlanned = (
  deps: Deps,
  importDoc: ImportDoc,
  lines: readonly number[],
  ignored: NonNullable<RowEdit['ignored']> | null,
): Promise<boolean> =>
  revisePreview(deps, importDoc, async (current, edits) => {
    const next = new Map(edits);
    for (const line of lines) {
      const { ignored: before, ...others } = next.get(line) ?? {};
      if (ignored) {
        await findRow(deps, current, line);
        if (before?.reason !== ignored.reason) next.set(line, { ...others, ignored });
      } else if (before) next.set(line, others);
    }
    return [...next].every(([line, edit]) => edit === edits.get(line)) ? null : next;
  });

async function findRow({ store }: Pick<Deps, 'store'>, { _id }: ImportDoc, line: number): Promise<RowDoc> {
  const [row] = await store.rows.page(_id, { limit: 1, among: [line] });
  if (!row) throw noRow(`${line}`);
  return row;
}

function requirePreview(importDoc: ImportDoc): void {
  requireRows(importDoc);
  if (importDoc.status === 'awaiting-approval' && !isCancelling(importDoc)) return;
  const now = isCancelling(importDoc) ? 'being cancelled' : importDoc.status;
  throw conflict(
    'preview-ended',
    `This import no longer waits to be applied: it is ${now}. Nothing was changed; try again.`,
  );
}

const unreadable = () =>
  conflict(
    'plan-outdated',
    'The file cannot be read any more as it was planned, since the settings of the organisation have changed. Look at the import again.',
  );
