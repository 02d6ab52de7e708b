import type { ImportKind } from '../../contract/import';
import { columnsOf } from '../columns';
import type { ColumnKey } from '../columns';
import { ENCODING_NAMES } from '../reading/encoding/encodings';
import { EXAMPLE_ROWS } from '../example-row';
import { namesOf } from '../reading/header/header-meaning';
import { ruleOf } from './template-rules';
import type { TemplateSettings } from './template-rules';
import { encodeText, SPREADSHEET_DIALECT, toCsvText } from './write-csv';

export interface TemplateDescription {
  kind: ImportKind;
  columns: {
    key: ColumnKey;
    header: string;
    letter: string;
    /** Whether a file without this column is refused. */
    required: boolean;
    /** What a cell may hold, in plain words. */
    rule: string;
    example: string;
    /** What may stand in the first row instead. Case, spaces and punctuation make no difference. */
    otherHeaders: readonly string[];
  }[];
  maxRows: number;
  formats: readonly string[];
  /** Of a CSV file, by the names under which an upload may give them. */
  encodings: readonly string[];
  delimiters: readonly { name: string; character: string }[];
  notes: readonly string[];
}

const DELIMITERS = [
  { name: 'comma', character: ',' },
  { name: 'semicolon', character: ';' },
  { name: 'tab', character: '\t' },
  { name: 'pipe', character: '|' },
];

/** A template in words and figures, for programs and for whoever writes a file without it. */
export function describeTemplate(kind: ImportKind, settings: TemplateSettings): TemplateDescription {
  const people = kind === 'clients' ? 'clients' : 'members of staff';
  return {
    kind,
    columns: columnsOf(kind).map(({ key, header, letter, required }) => ({
      key,
      header,
      letter,
      required,
      rule: ruleOf(kind, key, settings),
      example: EXAMPLE_ROWS[kind][key] ?? '',
      otherHeaders: namesOf(kind, key, settings.headerAliases).slice(1),
    })),
    maxRows: settings.maxRows,
    formats: ['csv', 'xlsx'],
    encodings: ENCODING_NAMES,
    delimiters: DELIMITERS,
    notes: [
      `At most ${settings.maxRows} ${people} in one file, the first row not counted. You can upload as many files as you like.`,
      'The columns may stand in any order. Columns that are not listed here are ignored.',
      'The example row may stay in the file: it is skipped, and nobody is created or invited for it.',
      'In a CSV file that you edit in a spreadsheet program, an apostrophe in front of the + keeps a mobile number as it is. It is taken away when the file is read.',
    ],
  };
}

/**
 * The template as a CSV file. Excel would take the + of the example's number for the beginning of a sum and drop it,
 * so the guard apostrophe stands in front, as it would if an administrator typed the number there.
 */
export function writeTemplateCsv(kind: ImportKind): Uint8Array {
  const [header, example] = templateRecords(kind);
  return encodeText(toCsvText([header, example], SPREADSHEET_DIALECT), SPREADSHEET_DIALECT);
}

/** The header of a template and its example row. */
export function templateRecords(kind: ImportKind): [header: string[], example: string[]] {
  const columns = columnsOf(kind);
  return [columns.map(({ header }) => header), columns.map(({ key }) => EXAMPLE_ROWS[kind][key] ?? '')];
}
