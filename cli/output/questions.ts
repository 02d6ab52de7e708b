import type { Mapping } from '../../contract/question';
import type { FileColumnView, QuestionView } from '../../domain/problems/question-texts';
import { formatTable } from './table';
import { printable } from './text';

/** The flag of an option, such as `--hidden-rows` for `hiddenRows`. */
const flagOf = (option: string): string => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The open questions of an import with the flags that answer them; `command` is the one that takes these flags. */
export function formatQuestions(questions: readonly QuestionView[], command: string, width: number): string {
  const asked = questions.map(({ option, message, choices, columns }) => {
    if (columns) return `  ${printable(message)}\n${formatTable(columns.map(cellsOf), width)}`;
    const rows = choices.map(({ value, label, sample }) => [
      `${flagOf(option)} ${value}`,
      printable([label === value ? '' : label, sample ?? ''].filter(Boolean).join(': ')),
    ]);
    return `  ${printable(message)}\n${formatTable(rows, width)}`;
  });
  const flags = questions.map(({ option, choices, mapping }) =>
    mapping ? mapFlags(mapping) : `${flagOf(option)} ${choices.map(({ value }) => quote(value)).join('|')}`,
  );
  return [
    '  Before anything is created or sent, choose:',
    ...asked,
    `  To choose, and look at the plan that follows:\n    ${command} ${flags.join(' ')}`,
  ].join('\n\n');
}

/** A column of the file: where it is, how it is called, what stands in it, and what it may be. */
const cellsOf = ({ letter, header, samples, likely }: FileColumnView): string[] => [
  letter,
  printable(header),
  printable(samples.join(', ')),
  likely ? (likely.why === 'recognised' ? likely.header : `${likely.header}?`) : '',
];

/** The guesses, to be looked at, and one more as a pattern where there is none. */
const mapFlags = (mapping: Mapping): string =>
  [...Object.entries(mapping), ...(Object.keys(mapping).length > 0 ? [] : [['Mobile', 'COLUMN'] as const])]
    .map(([key, place]) => `--map ${quote(`${place}=${key}`)}`)
    .join(' ');

/** For a shell. Control characters are not typed. */
const quote = (text: string): string =>
  /^[\w.:=-]+$/.test(text) ? text : `'${printable(text).replaceAll("'", String.raw`'\''`)}'`;
