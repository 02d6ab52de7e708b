import { IMPORT_KINDS } from '../../contract/import';
import type { ImportKind } from '../../contract/import';
import { columnsOf } from '../../domain/columns';
import type { Mapping } from '../../contract/question';
import type { FileColumnView, QuestionView } from '../../domain/problems/question-texts';
import { formatTable, sentence } from './table';
import { printable } from './text';

/** The flag of an option, such as `--hidden-rows` for `hiddenRows`. */
const flagOf = (option: string): string => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The open questions of an import with the flags that answer them; `command` is the one that takes these flags. */
export function formatQuestions(
  questions: readonly QuestionView[],
  kind: ImportKind,
  commandLine: (args: string) => string,
  id: string,
  width: number,
): string {
  const wanted = questions.flatMap((question) => unguessed(question, kind));
  const asked = questions.map(({ option, message, choices, columns }) => {
    if (columns) return `${sentence(printable(message), width, 2)}\n${formatTable(columns.map(cellsOf), width)}`;
    const rows = choices.map(({ value, label, sample }) => [
      `${flagOf(option)} ${value}`,
      printable([label === value ? '' : label, sample ?? ''].filter(Boolean).join(': ')),
    ]);
    return `${sentence(printable(message), width, 2)}\n${formatTable(rows, width)}`;
  });
  const flags = questions.map(({ option, choices, mapping }) =>
    mapping ? mapFlags(mapping, wanted) : `${flagOf(option)} ${choices.map(({ value }) => quote(value)).join('|')}`,
  );
  return [
    '  Before anything is created or sent, choose:',
    ...asked,
    ...(wanted.includes(columnsOf('clients').find(({ key }) => key === 'group')!.header)
      ? [withoutTeams(commandLine)]
      : []),
    `  To choose, and look at the plan that follows:\n    ${commandLine(`apply ${id} ${flags.join(' ')}`)}`,
  ].join('\n\n');
}

/** A column of the file: where it is, how it is called, what stands in it, and what it may be. */
const cellsOf = ({ letter, header, samples, likely }: FileColumnView): string[] => [
  letter,
  printable(header),
  printable(samples.join(', ')),
  likely ? (likely.why === 'recognised' ? likely.header : `${likely.header}?`) : '',
];

/** The columns of ours that are looked for and that nothing in the file looks like, by their headings. */
const unguessed = ({ columns, mapping, message }: QuestionView, kind: ImportKind): string[] =>
  columnsOf(kind).flatMap(({ key, header }) => {
    const isTold = mapping?.[key] !== undefined || columns?.some(({ likely }) => likely?.header === header);
    return columns && !isTold && message.includes(header) ? [header] : [];
  });

/** The guesses, to be looked at, and a pattern for each column without one. */
const mapFlags = (mapping: Mapping, wanted: readonly string[]): string =>
  [
    ...Object.entries(mapping).map(([key, place]) => `${place}=${headerOf(key)}`),
    ...wanted.map((header) => `COLUMN=${header}`),
  ]
    .map((pair) => `--map ${quote(pair)}`)
    .join(' ');

const headerOf = (key: string): string =>
  IMPORT_KINDS.flatMap((kind) => columnsOf(kind)).find((column) => column.key === key)?.header ?? key;

/** Most other systems know no teams, so no column of their files is one. */
const withoutTeams = (commandLine: (args: string) => string): string =>
  `  A file without client teams goes to the default client team, once a system administrator has chosen it:\n` +
  `    ${commandLine('organisation --default-team NAME')}\n` +
  `  Then import the file again. Your client teams: ${commandLine('teams')}`;

/** For a shell. Control characters are not typed. */
const quote = (text: string): string =>
  /^[\w.:=-]+$/.test(text) ? text : `'${printable(text).replaceAll("'", String.raw`'\''`)}'`;
