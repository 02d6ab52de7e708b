/** The formats that Excel has built in for days and times, in any language. A file can put a code of its own under each id. */
const BUILT_IN: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
];
/** As long as Excel allows a code to be. */
const LONGEST_CODE = 255;
const ANY_TEXT = /;@$/;
const ESCAPED_SIGN = /\\./g;
const QUOTED = /"[^"]*"/g;
const FRACTION_OF_SECOND = /(\[?[smhd]{1,2}\]?)[.,]00?0?/g;
const ELAPSED = /\[([smhd]{1,2})\]/g;
/** A colour, condition, language or calendar. */
const BRACKETS = /\[[^\]]*\]/g;
/** A sign that is not shown but leaves its width, and one that fills the cell. */
const WIDTH = /[_*]./g;
const BETWEEN_TOKENS = /[^\p{L}0#?%@]+/u;
/**
 * Letters of years, months, days, hours and their halves, minutes, seconds, eras and weekdays. Programs that write codes by
 * hand write those of their own language, such as `TT.MM.JJJJ`, `jj/mm/aaaa`, `pp.kk.vvvv` or `дд.мм.гггг`. Not one word for
 * Excel's General consists of them.
 */
const DATE_TOKEN = /^[smhdyaegbrpjtvkåéдмгчс]+$/;

/** Whether a number format shows a number as a day or a time. `code` is such as `dd/mm/yyyy;@`; '' where the file has none. */
export function isDateFormat(id: number, code: string): boolean {
  if (code === '') return BUILT_IN.some(([first, last]) => id >= first && id <= last);
  if (code.length > LONGEST_CODE) return false;
  const sections = code.toLowerCase().replace(ESCAPED_SIGN, ' ').replace(ANY_TEXT, '').split(';');
  return sections.some((section) => {
    const bare = section
      .replace(QUOTED, ' ')
      .replace(FRACTION_OF_SECOND, '$1')
      .replace(ELAPSED, '$1')
      .replace(BRACKETS, '')
      .replace(WIDTH, ' ');
    const tokens = bare.split(BETWEEN_TOKENS).filter((token) => token !== '');
    // Digit placeholders and letters of no date make it a format of numbers.
    return tokens.length > 0 && tokens.every((token) => DATE_TOKEN.test(token));
  });
}
