import type { ProblemCode } from '../../../contract/problem-codes';
import { tidyCell } from '../../formula-guard';
import { namesOfInvisible } from '../../problems/invisible';
import { accept, reject } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';
import { findResidue } from './residue';

/**
 * Names may contain joiners and direction marks (category Cf), which some scripts need. They may not contain control
 * characters, line breaks, signs that turn the direction of what follows (U+202D, U+202E), characters without a meaning
 * of their own, or half a character (Cs), which no database stores.
 */
const CONTROL = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u202d\u202e\ufff9-\ufffb]/u;
/** Some letters and signs are blank too: the filler of Hangul (U+3164), the empty pattern of Braille (U+2800). */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

interface TextRule {
  maxCharacters: number;
  invalid: ProblemCode;
  tooLong: ProblemCode;
  isName: boolean;
}

const NAME = { maxCharacters: 100, isName: true };
const FIRST_NAME: TextRule = { ...NAME, invalid: 'first-name.invalid', tooLong: 'first-name.too-long' };
const LAST_NAME: TextRule = { ...NAME, invalid: 'last-name.invalid', tooLong: 'last-name.too-long' };
const COMPANY: TextRule = {
  maxCharacters: 200,
  isName: false,
  invalid: 'company.invalid',
  tooLong: 'company.too-long',
};

export const checkFirstName = (cell: string): CellVerdict<string> => checkName(cell, FIRST_NAME, 'first-name.missing');
export const checkLastName = (cell: string): CellVerdict<string> => checkName(cell, LAST_NAME, 'last-name.missing');

const checkName = (cell: string, rule: TextRule, missing: ProblemCode): CellVerdict<string> =>
  checkText(cell, tidyCell(cell), rule) ?? reject(cell, { code: missing });

export function checkCompany(cell: string): CellVerdict<string | null> {
  const text = tidyCell(cell);
  const verdict = checkText(cell, text, COMPANY);
  // An empty cell is no repair, though it may have blanks.
  if (!verdict) return accept(null, text === '' && cell.trim() !== '' ? '' : cell);
  // A row needs no company, so a program's word for none is one.
  return verdict.problems[0]?.code === 'cell.no-value' ? accept(null, '') : verdict;
}

/** Keeps the text of a cell as typed, in any script and normal form. `undefined` for one without a visible character. */
function checkText(cell: string, text: string, rule: TextRule): CellVerdict<string> | undefined {
  if (!VISIBLE.test(text)) return undefined;
  if (CONTROL.test(text)) return reject(cell, { code: rule.invalid, details: { signs: namesOfInvisible(text) } });
  const residue = findResidue(text, rule.isName);
  if (residue) return reject(cell, residue);
  if (text.length > rule.maxCharacters) {
    const length = countCharacters(text);
    if (length > rule.maxCharacters) {
      return reject(cell, { code: rule.tooLong, details: { length, max: rule.maxCharacters } });
    }
  }
  return accept(text, text);
}

/** Code points: an emoji counts once, though it takes two places in a string. */
const countCharacters = (text: string): number => [...text].length;
