import type { CellProblem } from '../../../contract/problem';
import type { Question } from '../../../contract/question';
import { fileProblem, shorten } from '../../problems/make-problem';
import { countKnownHeaders } from '../csv/divide-column';
import { leadingRecords, SURELY_A_HEADER } from '../grid';
import type { Sheet } from './read-sheet';

/** The sheet that is read, and what is to be asked or told about the others. */
export interface ChosenSheet {
  sheet: Sheet | undefined;
  questions: Question[];
  warnings: CellProblem[];
  /** Asked if the headings of the sheet cannot be read. */
  otherSheets?: Question;
}

/**
 * Chooses among the visible sheets: the one that the administrator names, or the first with cells. Where another looks like a list of
 * people, too, or instead, only the administrator knows which is meant; as long as nobody has chosen, the first that looks like one
 * is read, so that the preview shows it.
 */
export function chooseSheet(
  sheets: readonly Sheet[],
  wanted: string | null,
  isKnownHeader: (header: string) => boolean,
): ChosenSheet {
  const filled = sheets.filter(({ filledRows }) => filledRows > 0);
  const named = wanted === null ? undefined : findSheet(sheets, wanted);
  if (named) return { sheet: named, questions: [], warnings: [] };
  const known = new Map(filled.map((sheet) => [sheet, countKnown(sheet, isKnownHeader)]));
  const lists = filled.filter((sheet) => known.get(sheet)! >= SURELY_A_HEADER);
  const [first] = filled;
  const hasNoHeader = first !== undefined && known.get(first) === 0;
  const sheet = hasNoHeader ? (lists[0] ?? first) : first;
  const details = { sheet: sheet?.name ?? '', names: nameSheets(filled) };
  const ask = (problem: CellProblem): Question => ({ kind: 'sheet', problem, choices: filled.map(choiceOf) });
  if (wanted !== null && sheet) {
    const problem = fileProblem('file.sheet-not-found', { wanted: shorten(wanted), names: nameSheets(sheets) });
    return { sheet, questions: [ask(problem)], warnings: [problem] };
  }
  if (filled.length < 2 || !sheet) return { sheet, questions: [], warnings: [] };
  const unclear = fileProblem('file.sheet-unclear', details);
  if (sheet !== first || lists.length > 1) return { sheet, questions: [ask(unclear)], warnings: [unclear] };
  const names = nameSheets(filled.filter((other) => other !== sheet));
  const isList = known.get(sheet)! >= SURELY_A_HEADER;
  return {
    sheet,
    questions: [],
    warnings: [fileProblem('file.other-sheets', { sheet: sheet.name, names })],
    ...(!isList && { otherSheets: ask(unclear) }),
  };
}

/** By its name as the tab shows it, in any letter case, or by its place among the visible ones. */
function findSheet(sheets: readonly Sheet[], wanted: string): Sheet | undefined {
  const name = wanted.trim();
  return (
    sheets.find((sheet) => sheet.name === wanted) ??
    sheets.find((sheet) => sheet.name.trim().toLowerCase() === name.toLowerCase()) ??
    (/^[1-9]\d{0,2}$/.test(name) ? sheets[Number(name) - 1] : undefined)
  );
}

/** The most names of columns that one of the first rows has. */
const countKnown = ({ records }: Sheet, isKnownHeader: (header: string) => boolean): number =>
  Math.max(0, ...leadingRecords(records).map(({ record }) => countKnownHeaders(record, isKnownHeader)));

/** The beginning of the sheet, by which people recognise it. */
function choiceOf({ name, records }: Sheet): Question['choices'][number] {
  const [first] = leadingRecords(records);
  const cells = first?.record.filter((cell) => cell.trim() !== '') ?? [];
  return { value: name, sample: shorten(cells.join(', '), LONGEST_SAMPLE) };
}

const LONGEST_SAMPLE = 80;

const nameSheets = (sheets: readonly Sheet[]): string => shorten(sheets.map(({ name }) => name).join(', '));
