import type { ProblemCode } from '../../../contract/problem-codes';
import { tidyCell } from '../../formula-guard';
import { accept, reject } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';

/**
 * Names may contain joiners and direction marks (category Cf), which some scripts need. They may not contain control
 * characters, line breaks, or half a character (Cs), which no database stores.
 */
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}]/u;

interface TextRule {
  maxCharacters: number;
  invalid: ProblemCode;
  tooLong: ProblemCode;
}

const FIRST_NAME: TextRule = { maxCharacters: 100, invalid: 'first-name.invalid', tooLong: 'first-name.too-long' };
const LAST_NAME: TextRule = { maxCharacters: 100, invalid: 'last-name.invalid', tooLong: 'last-name.too-long' };
const COMPANY: TextRule = { maxCharacters: 200, invalid: 'company.invalid', tooLong: 'company.too-long' };

export const checkFirstName = (cell: string): CellVerdict<string> =>
  VISIBLE.test(cell) ? checkText(cell, FIRST_NAME) : reject(cell, { code: 'first-name.missing' });

export const checkLastName = (cell: string): CellVerdict<string> =>
  VISIBLE.test(cell) ? checkText(cell, LAST_NAME) : reject(cell, { code: 'last-name.missing' });

export const checkCompany = (cell: string): CellVerdict<string | null> =>
  VISIBLE.test(cell) ? checkText(cell, COMPANY) : accept(null, cell);

/** Keeps the text as typed, in any script and normal form, without outer spaces and guard. */
function checkText(cell: string, rule: TextRule): CellVerdict<string> {
  const text = tidyCell(cell);
  if (CONTROL.test(text)) return reject(cell, { code: rule.invalid });
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
