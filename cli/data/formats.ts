import { toCsvText } from '../../domain/exports/write-csv';
import { CliError } from '../http/cli-error';
import { formatStackedList } from './stacked-list';
import { fits, formatFittingTable, isReadable, ROOM_FOR_COLUMNS, sentenceWidth } from '../output/table';
import { printable } from '../output/text';

/** How a list, or one thing, is written to the standard output. */
export const OUTPUTS = ['table', 'json', 'csv'] as const;
export type Output = (typeof OUTPUTS)[number];

/** Where `--output` names a file or a form: the form, or else an error that begins with how to save a file. */
export function parseOutput(text: string | undefined, howToSave: string): Output {
  const form = text === undefined ? 'table' : OUTPUTS.find((one) => one === text);
  if (form) return form;
  throw new CliError(`${howToSave} Without, --output takes one of: ${OUTPUTS.join(', ')}.`);
}

/** One column of a list. */
export interface Column<T> {
  /** In capitals in a table, as it is in CSV. */
  heading: string;
  of: (item: T) => string | number | boolean | null;
  /** For people, where that is shorter. */
  inTable?: (item: T) => string;
  /** Never cut to fit the terminal. */
  whole?: true;
  /** Says nothing without its heading, as the state of one message of two does. */
  labelled?: true;
}

/** The items as JSON, as the API gave them. */
export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A header and a record each. Its cells are guarded against being run as formulas, as in every file of the product. */
export const toCsv = <T>(items: readonly T[], columns: readonly Column<T>[]): string =>
  toCsvText(
    [columns.map(({ heading }) => heading), ...items.map((item) => columns.map(({ of }) => String(of(item) ?? '')))],
    { delimiter: ',' },
  );

/**
 * A header and a line each, cut to `width` columns; `Infinity` for all of it. On a terminal that would cut most cells, each item has several
 * lines.
 */
export function toTable<T>(items: readonly T[], columns: readonly Column<T>[], width: number): string {
  const rows = items.map((item) =>
    columns.map(({ of, inTable }) => printable(inTable ? inTable(item) : String(of(item) ?? ''))),
  );
  const whole = new Set(columns.flatMap((column, i) => (column.whole ? [i] : [])));
  const table = [columns.map(({ heading }) => heading.toUpperCase()), ...rows];
  if (fits(table, width) || (width >= ROOM_FOR_COLUMNS && isReadable(table, width, whole)))
    return `${formatFittingTable(table, width, whole)}\n`;
  const stacked = rows.map((cells) =>
    cells.map((text, i) => ({
      ...{ heading: columns[i]!.heading, text, isWhole: whole.has(i) },
      isLabelled: columns[i]!.labelled ?? false,
    })),
  );
  return `${formatStackedList(stacked, width)}\n`;
}

/** Writes a list in one of the forms. Off a terminal nothing of a table is cut, so that another program finds it whole. */
export function writeList<T>(
  out: NodeJS.WriteStream,
  items: readonly T[],
  columns: readonly Column<T>[],
  output: Output = 'table',
): void {
  if (output === 'json') out.write(toJson(items));
  else if (output === 'csv') out.write(toCsv(items, columns));
  else if (items.length > 0) out.write(toTable(items, columns, sentenceWidth(out)));
}
