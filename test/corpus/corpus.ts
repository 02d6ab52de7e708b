import type { CorpusCase } from './case';
import { ASKED } from './declarations/asked';
import { DIALECTS } from './declarations/dialects';
import { ENCODINGS } from './declarations/encodings';
import { FOREIGN } from './declarations/foreign';
import { FOREIGN_WORKBOOKS } from './declarations/foreign-workbooks';
import { HEADERS } from './declarations/headers';
import { LIMITS } from './declarations/limits';
import { MISLAID } from './declarations/mislaid';
import { PEOPLE_THERE } from './declarations/people-there';
import { REPAIRS } from './declarations/repairs';
import { ROWS } from './declarations/rows';
import { CORRECTIONS, STAFF } from './declarations/staff';
import { WORKBOOKS } from './declarations/workbooks';

/** Every file of the corpus by what it is about. */
export const FAMILIES: Readonly<Record<string, readonly CorpusCase[]>> = {
  encodings: ENCODINGS,
  dialects: DIALECTS,
  headers: HEADERS,
  workbooks: WORKBOOKS,
  'foreign-workbooks': FOREIGN_WORKBOOKS,
  asked: ASKED,
  mislaid: MISLAID,
  foreign: FOREIGN,
  limits: LIMITS,
  rows: ROWS,
  repairs: REPAIRS,
  'people-there': PEOPLE_THERE,
  staff: STAFF,
  corrections: CORRECTIONS,
};

export const CORPUS: readonly CorpusCase[] = Object.values(FAMILIES).flat();

/** Where a file lies below `cases/`. */
export function pathOf(file: CorpusCase): string {
  const family = Object.entries(FAMILIES).find(([, cases]) => cases.includes(file));
  if (!family) throw new Error(`"${file.name}" is in no family`);
  return `${family[0]}/${file.name}.${file.extension}`;
}
