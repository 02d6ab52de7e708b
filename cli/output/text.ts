// Control characters, and marks that turn the direction of all text behind them.
const COMMANDS = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** Text without what a terminal would take for a command. */
export const inert = (text: string): string => text.replace(COMMANDS, '\uFFFD');

/** Text that came out of a file, on one line. */
export const printable = (text: string): string => inert(text.replace(/\s+/g, ' '));

/** A count with its noun. */
export const countOf = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;
