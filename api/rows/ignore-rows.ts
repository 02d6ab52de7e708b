import { isError } from '../../domain/problems/problem-sentences';
import type { Correction, RowSnapshot } from '../../store/corrections/correction';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { pagesOfRows } from '../downloads/staged-rows';
import { conflict } from '../http/http-problem';
import type { HttpProblem } from '../http/http-problem';
import { noRow, requireCorrectableImport } from './correction-problems';
import { ignorePlanned } from './revise-preview';

type Deps = Pick<AppDeps, 'store' | 'outbox' | 'buildPlan'>;

/** Puts rows aside that are no people. Returns those that were not put aside before. */
export async function ignoreRows(
  deps: Deps,
  importDoc: ImportDoc,
  selection: { rows?: number[]; suggested?: true; reason?: string },
): Promise<number[]> {
  const { store, outbox } = deps;
  const { _id: importId, status } = importDoc;
  const lines = selection.rows ? [...new Set(selection.rows)] : await suggestedIn(deps, importDoc);
  const ignored = { reason: selection.reason ?? null, at: new Date() };
  const rows = await store.rows.page(importId, { limit: lines.length, among: lines });
  const present = new Set(rows.map(({ row }) => row));
  const missing = lines.find((line) => !present.has(line));
  if (missing !== undefined) throw noRow(`${missing}`);
  const fresh = rows.filter((row) => row.status !== 'ignored').map(({ row }) => row);
  if (status === 'awaiting-approval') {
    await ignorePlanned(deps, importDoc, lines, ignored);
    return fresh;
  }
  requireCorrectableImport(importDoc);
  // All or none, but for what changes in this moment.
  rows.forEach(requireIgnorable);
  for (const line of fresh) {
    await store.corrections.correct(importId, line, (snapshot) => Promise.resolve(putAside(snapshot, ignored)));
  }
  if (fresh.length > 0) outbox.poke();
  return fresh;
}

/** Takes a row back that was put aside. Returns whether it was. */
export async function takeRowBack(deps: Deps, importDoc: ImportDoc, line: number): Promise<boolean> {
  const { store, outbox } = deps;
  const [row] = await store.rows.page(importDoc._id, { limit: 1, among: [line] });
  if (!row) throw noRow(`${line}`);
  if (importDoc.status === 'awaiting-approval') return ignorePlanned(deps, importDoc, [line], null);
  const { kind } = await store.corrections.correct(importDoc._id, line, (snapshot) =>
    Promise.resolve(takeBack(snapshot)),
  );
  if (kind === 'corrected') outbox.poke();
  return kind === 'corrected';
}

async function suggestedIn({ store }: Deps, { _id: importId }: ImportDoc): Promise<number[]> {
  const lines: number[] = [];
  for await (const page of pagesOfRows(store, importId, ['rejected']))
    lines.push(...page.filter(looksLikeNoPerson).map(({ row }) => row));
  if (lines.length === 0) {
    throw conflict(
      'nothing-to-ignore',
      'No rejected row of this import looks like a total or a remark. Name the rows: {"rows": [41]}.',
    );
  }
  return lines;
}

const looksLikeNoPerson = ({ problems }: RowDoc): boolean => problems.some(({ code }) => code === 'row.not-a-person');

/** Nothing was created for a rejected row, so nothing is left behind. */
function putAside({ importDoc, row }: RowSnapshot, ignored: NonNullable<RowDoc['ignored']>): Correction | null {
  requireCorrectableImport(importDoc);
  if (row.status === 'ignored') return null;
  requireIgnorable(row);
  const { problems } = row;
  return {
    row: { ...row, status: 'ignored', problems: [], ignored: { ...ignored, problems } },
    invitations: [],
    opens: true,
  };
}

function takeBack({ importDoc, row: { ignored, ...row } }: RowSnapshot): Correction | null {
  requireCorrectableImport(importDoc);
  if (row.status !== 'ignored' || row.erased) return null;
  const problems = ignored?.problems;
  if (!problems?.some(isError)) {
    throw conflict(
      'row-ignored',
      `Row ${row.row} was put aside before the plan was applied, and belongs to that plan. Invite the person by hand, or upload the row again.`,
    );
  }
  return { row: { ...row, status: 'rejected', problems }, invitations: [], opens: true };
}

function requireIgnorable({ row, status, erased }: RowDoc): void {
  if (erased) throw notIgnorable(row, 'was of a person whose data were erased');
  if (status === 'rejected' || status === 'ignored') return;
  throw notIgnorable(row, WHY_NOT[status]);
}

const WHY_NOT: Readonly<Record<Exclude<RowDoc['status'], 'rejected' | 'ignored'>, string>> = {
  pending: 'is being applied',
  waiting: 'is a person who waits for their client team',
  created: 'is a person who was created',
  updated: 'is a person who was changed',
  unchanged: 'is a person who is known already',
  skipped: 'was skipped, which is an end of its own',
  cancelled: 'was cancelled, which is an end of its own',
  undone: 'was undone with its import',
};

const notIgnorable = (row: number, why: string): HttpProblem =>
  conflict('row-not-ignorable', `Row ${row} ${why}. Only a rejected row can be put aside; nothing was changed.`);
