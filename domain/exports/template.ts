import type { ImportKind } from '../../contract/import';
import { templateColumnsOf } from '../columns';
import type { ColumnKey } from '../columns';
import { EXAMPLE_ROWS } from '../example-row';
import { STAFF_ROLES } from '../../contract/access/staff-roles';
import { ENCODING_NAMES } from '../reading/encoding/encodings';
import type { HeaderAliases } from '../reading/header/header-aliases';
import { namesOf } from '../reading/header/header-meaning';
import { encodeText, SPREADSHEET_DIALECT, toCsvText } from './write-csv';

/** The parts of a template that depend on the installation and the organisation. */
export interface TemplateSettings {
  maxRows: number;
  /** ISO 3166 alpha-2. */
  defaultCountry: string | null;
  hasDefaultTeam: boolean;
  /** The organisation's own names for columns. */
  headerAliases: HeaderAliases;
}

export interface TemplateDescription {
  kind: ImportKind;
  columns: {
    key: ColumnKey;
    header: string;
    letter: string;
    /** Whether a file without this column is rejected. */
    required: boolean;
    /** The content that a cell may have, in plain words. */
    rule: string;
    example: string;
    /** Other names that the first row may have for it. Case, spaces and punctuation make no difference. */
    otherHeaders: readonly string[];
  }[];
  maxRows: number;
  formats: readonly string[];
  /** Encodings of a CSV file, by the names that an upload may give. */
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

/** A template in words, for programs and for people who write a file without it. */
export function describeTemplate(kind: ImportKind, settings: TemplateSettings): TemplateDescription {
  const people = kind === 'clients' ? 'clients' : 'members of staff';
  return {
    kind,
    columns: templateColumnsOf(kind).map(({ key, header, letter, required }) => ({
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
      `At most ${settings.maxRows} ${people} in one file, without the first row. You can upload as many files as you like.`,
      'The columns may stand in any order. Columns that are not listed here are ignored.',
      'A further column Language, such as de or fr-CH, chooses the language of a person’s invitation.',
      'The example row may stay in the file: it is skipped, and no person is created or invited for it.',
      'If you edit a CSV file in a spreadsheet program, an apostrophe in front of the + keeps a mobile number unchanged. The import removes it.',
    ],
  };
}

/** The template as a CSV file. A guard apostrophe keeps the + of the example's number, which Excel would drop. */
export function writeTemplateCsv(kind: ImportKind): Uint8Array {
  const [header, example] = templateRecords(kind);
  return encodeText(toCsvText([header, example], SPREADSHEET_DIALECT), SPREADSHEET_DIALECT);
}

/** The header of a template and its example row. */
export function templateRecords(kind: ImportKind): [header: string[], example: string[]] {
  const columns = templateColumnsOf(kind);
  return [columns.map(({ header }) => header), columns.map(({ key }) => EXAMPLE_ROWS[kind][key] ?? '')];
}

type Rule = (settings: TemplateSettings) => string;

const NAME: Rule = () => 'Must be filled in. Up to 100 characters of any script, in one line.';

const RULES: Readonly<Record<ColumnKey, Rule>> = {
  firstName: NAME,
  lastName: NAME,
  email: () =>
    'Must be filled in: one address, such as name@example.com. Each person needs their own address; ' +
    'capital letters make no difference.',
  mobile: ({ defaultCountry }) =>
    'Must be filled in: a mobile number with + and the country code, without spaces, such as +447911123456.' +
    (defaultCountry === null
      ? ''
      : ` A number without a country code is read as one of ${countryName(defaultCountry)}.`),
  role: () => 'Client, or an empty cell.',
  company: () => 'May be empty. Up to 200 characters, in one line.',
  group: ({ hasDefaultTeam }) =>
    'The name of an existing client team with an active staff member; without one, the client waits. ' +
    (hasDefaultTeam
      ? 'An empty cell means the default client team of your organisation.'
      : 'Must be filled in, since your organisation has no default client team.'),
  language: () => 'A language tag such as de or fr-CH (BCP 47), or the name of a language. May be empty.',
  teams: () => 'The names of existing client teams, with a semicolon between them. May be empty.',
};

const STAFF_ROLE: Rule = () => `Must be one of: ${STAFF_ROLES.join(', ')}.`;

function ruleOf(kind: ImportKind, key: ColumnKey, settings: TemplateSettings): string {
  return (kind === 'staff' && key === 'role' ? STAFF_ROLE : RULES[key])(settings);
}

const countryName = (code: string): string => new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
