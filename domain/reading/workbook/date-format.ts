/** The formats that Excel has built in for days and times, in any language. Their codes stand in no file. */
const BUILT_IN: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
];
const FIRST_OF_THE_FILE = 100;
/** As long as Excel allows a code to be. */
const LONGEST_CODE = 255;
const ANY_TEXT = /;@$/;
const ESCAPED_SIGN = /\\./g;
const QUOTED = /"[^"]*"/g;
const FRACTION_OF_SECOND = /(\[?[smhd]{1,2}\]?)[.,]00?0?/g;
const ELAPSED = /\[([smhd]{1,2})\]/g;
/** A colour, condition, language or calendar. */
const BRACKETS = /\[[^\]]*\]/g;
const BETWEEN_TOKENS = /[^a-z0#?%]+/;
const DATE_TOKEN = /^(?:ss?|m{1,5}|hh?|am|pm|a|p|d{1,4}|a{3,5}|yy?|yyyy|ee?|eeee)$/;

/** Whether a number format shows a number as a day or a time. `code` is such as `dd/mm/yyyy;@`. */
export function isDateFormat(id: number, code: string): boolean {
  if (BUILT_IN.some(([first, last]) => id >= first && id <= last)) return true;
  if (!(id >= FIRST_OF_THE_FILE) || code.length > LONGEST_CODE) return false;
  const sections = code.toLowerCase().replace(ANY_TEXT, '').replace(ESCAPED_SIGN, ' ').split(';');
  return sections.some((section) => {
    const bare = section
      .replace(QUOTED, ' ')
      .replace(FRACTION_OF_SECOND, '$1')
      .replace(ELAPSED, '$1')
      .replace(BRACKETS, '');
    const tokens = bare.split(BETWEEN_TOKENS).filter((token) => token !== '');
    // Digit placeholders and letters of no date make it a format of numbers.
    return tokens.length > 0 && tokens.every((token) => DATE_TOKEN.test(token));
  });
}
