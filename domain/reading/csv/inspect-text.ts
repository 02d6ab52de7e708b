import type { CellProblem } from '../../../contract/problem';
import { MAX_RECORD_BYTES } from './csv-records';
import { recogniseForeignText } from '../file-kind';
import { fileProblem } from '../../problems/make-problem';
import { findLine } from '../physical-lines';

/** Why a text cannot be a CSV file at all, or `undefined` if it can be tried. */
export function inspectText(text: Uint8Array): CellProblem | undefined {
  const what = recogniseForeignText(text);
  if (what !== undefined) return fileProblem('file.not-a-csv', { what });
  const endless = findLine(text, ({ start, end }) => end - start > MAX_RECORD_BYTES);
  return endless && fileProblem('file.not-a-csv', { what: endlessText(endless.row), line: endless.row });
}

const endlessText = (row: number): string =>
  `text in which row ${row} alone has more than ${MAX_RECORD_BYTES.toLocaleString('en')} characters`;
