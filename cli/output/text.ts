import stringWidth from 'string-width';

// Control characters, and marks that turn the direction of all text behind them.
const COMMANDS = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** Text without what a terminal would take for a command. */
export const inert = (text: string): string => text.replace(COMMANDS, '\uFFFD');

/** Text that came out of a file, on one line. */
export const printable = (text: string): string => inert(text.replace(/\s+/g, ' '));

/** A count with its noun. */
export const countOf = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;

// Marks and joiners that take no column of their own; those inside an emoji are left to string-width.
const ZERO_WIDTH =
  /(?!\uFE0F)[\p{Mn}\p{Me}\u200B\u200C\u200E\u200F]|(?<![\p{Extended_Pictographic}\p{EMod}\uFE0F])\u200D/gu;

/** Terminal columns that a text takes. string-width 4 alone counts most scripts' marks and a Mac's decomposed letters as columns. */
export const displayWidth = (text: string): number => stringWidth(text.normalize('NFC').replace(ZERO_WIDTH, ''));

export const padTo = (width: number, text: string): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** The text in at most `width` columns; cut between letters and their marks, never within. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (displayWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}
