import type { CompletedCommand, CompletedIds } from './commands-of';

/** A text as one word of a shell. */
export const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The patterns of a `case` of a shell: of words in quotation marks. */
export const anyOf = (words: readonly string[]): string => words.map(quote).join('|');

/** The words that lead from one command to the next below it. */
export const stepsOf = (commands: readonly CompletedCommand[]): string[] =>
  commands.flatMap(({ path, subcommands }) => subcommands.map(({ name }) => `${path} ${name}`.trim()));

/** The commands whose first argument is an id of this kind, and of them those that take several. */
export const beforeIds = (commands: readonly CompletedCommand[], of: CompletedIds) => {
  const all = commands.filter(({ ids }) => ids?.of === of);
  return { first: all.map(({ path }) => path), any: all.filter(({ ids }) => ids?.many).map(({ path }) => path) };
};

export const ID_KINDS: readonly CompletedIds[] = ['imports', 'uploads'];

/** The options with a value, each as its command and its flag. */
export const valuesOf = (commands: readonly CompletedCommand[]): { at: string[]; choices: readonly string[] }[] =>
  commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, choices }) => ({ at: flags.map((flag) => `${path} ${flag}`.trim()), choices })),
  );
