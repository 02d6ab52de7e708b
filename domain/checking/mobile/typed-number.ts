import { parseIncompletePhoneNumber } from 'libphonenumber-js/max';

/** The digits of a cell, and what its separators say. */
export interface TypedNumber {
  hasPlus: boolean;
  /** ASCII digits, without plus. */
  digits: string;
  /** The lengths of the runs of digits between separators. */
  runs: number[];
  /** Where a run ends, as a number of digits from the start; without the end of the cell. */
  breaks: ReadonlySet<number>;
  /** How many digits stand in brackets at the very start, as in (479) 212-3456; 0 if none. */
  bracketed: number;
  /** Where a trunk 0 stands in brackets, as in +44 (0)7911 123456; `null` if nowhere. */
  bracketedZeroAt: number | null;
  /** What stands before each sign that may begin an extension: a slash, a hyphen, a bracket, a space. */
  heads: Head[];
}

export interface Head {
  text: string;
  digits: number;
  /** A space begins an extension only after a number that is complete as it is usually written. */
  endsAtSpace: boolean;
}

const DIGIT = /\p{Nd}/u;
/** More separators than any number has. */
const MOST_HEADS = 12;

/** Takes apart a text of digits and separators. */
export function takeApart(text: string): TypedNumber {
  const typed = parseIncompletePhoneNumber(text);
  const hasPlus = typed.startsWith('+');
  const runs: number[] = [];
  const heads: Head[] = [];
  let inRun = false;
  let [count, at] = [0, 0];
  for (const character of text) {
    if (DIGIT.test(character)) {
      count++;
      if (inRun) runs[runs.length - 1]!++;
      else runs.push(1);
      inRun = true;
    } else {
      if (inRun) heads.push({ text: text.slice(0, at), digits: count, endsAtSpace: /[\s.]/u.test(character) });
      // "07911 123456 / 12" and "0664 1234567 (12)": the sign after the space says more than the space.
      else if (count > 0 && !/[\s.]/u.test(character))
        heads.push({ text: text.slice(0, at), digits: count, endsAtSpace: false });
      inRun = false;
    }
    at += character.length;
  }
  return {
    hasPlus,
    digits: hasPlus ? typed.slice(1) : typed,
    runs,
    breaks: new Set(endsOf(runs).slice(0, -1)),
    bracketed: countDigits(/^\((\+?[\p{Nd}\s]+)\)/u.exec(text)?.[1] ?? ''),
    bracketedZeroAt: zeroInBrackets(text),
    heads: heads.slice(0, MOST_HEADS),
  };
}

const endsOf = (runs: readonly number[]): number[] =>
  runs.map((_, index) => runs.slice(0, index + 1).reduce((sum, length) => sum + length, 0));

const countDigits = (text: string): number => [...text].filter((character) => DIGIT.test(character)).length;

function zeroInBrackets(text: string): number | null {
  const zero = /\(\s*0\s*\)/.exec(text.normalize('NFKC'));
  return zero && zero.index > 0 ? countDigits(text.slice(0, zero.index)) : null;
}
