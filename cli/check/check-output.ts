import type { PlannedAction } from '../../contract/row-plan';
import type { CheckedRow } from '../../domain/checking/check-rows';
import { toJson, writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';
import type { ListedProblem } from '../output/listed-problems';

/** One file, as it was checked. */
export interface CheckedFile {
  /** `null` where the file as a whole is rejected. */
  rows: CheckedRow[] | null;
  ofFile: ListedProblem[];
  ofRows: ListedProblem[];
  /** By e-mail key. */
  firstLines: ReadonlyMap<string, number>;
}

export type NamedFile = CheckedFile & { fileName: string };

const PROBLEM: readonly Column<ListedProblem & { file: string }>[] = (
  ['file', 'line', 'severity', 'code', 'where', 'name', 'value', 'message', 'fix', 'guess'] as const
).map((key) => ({ heading: key === 'where' ? 'column' : key, of: (problem) => problem[key] }));

/** What would become of the rows, in rows. */
export function countRows(rows: readonly CheckedRow[]): { good: number; skipped: number; rejected: number } {
  const count = (wanted: PlannedAction): number => rows.filter(({ plan: { action } }) => action === wanted).length;
  const [skipped, rejected] = [count('skip'), count('reject')];
  return { good: rows.length - skipped - rejected, skipped, rejected };
}

/** All files as one JSON document, or a record of CSV for each problem. */
export function writeChecked(out: NodeJS.WriteStream, files: readonly NamedFile[], output: Output): void {
  if (output === 'json') return void out.write(toJson(files.map(toView)));
  const problems = files.flatMap(({ fileName, ofFile, ofRows }) =>
    [...ofFile, ...ofRows].map((problem) => ({ file: fileName, ...problem })),
  );
  writeList(out, problems, PROBLEM, output);
}

const toView = ({ fileName, rows, ofFile, ofRows }: NamedFile) => ({
  fileName,
  /** Absent rows: the file as a whole would be rejected. */
  lines: rows?.length ?? 0,
  wouldBeRejected: rows === null,
  rows: countRows(rows ?? []),
  problems: [...ofFile, ...ofRows].map(({ where, ...problem }) => ({ ...problem, column: where })),
  repairs: (rows ?? []).flatMap(({ line, repairs }) => repairs.map((repair) => ({ line, ...repair }))),
});
