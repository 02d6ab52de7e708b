import type { ImportKind } from '../../contract/import';
import type { ColumnKey } from '../columns';
import type { HeaderAliases } from '../reading/header/header-aliases';
import { STAFF_ROLES } from '../person';

/** What a template says that depends on the installation and the organisation. */
export interface TemplateSettings {
  maxRows: number;
  /** ISO 3166 alpha-2. */
  defaultCountry: string | null;
  hasDefaultTeam: boolean;
  /** Of the organisation's own files. */
  headerAliases: HeaderAliases;
}

type Rule = (settings: TemplateSettings) => string;

const NAME: Rule = () => 'Must be filled in. Up to 100 characters of any script, in one line.';

const RULES: Readonly<Record<ColumnKey, Rule>> = {
  firstName: NAME,
  lastName: NAME,
  email: () =>
    'Must be filled in: one address, such as name@example.com. Each person needs an address of their own; ' +
    'capital letters make no difference.',
  mobile: ({ defaultCountry }) =>
    'Must be filled in: a mobile number with + and the country code, without spaces, such as +447911123456.' +
    (defaultCountry === null
      ? ''
      : ` A number without a country code is taken for one of ${countryName(defaultCountry)}.`),
  role: () => 'Client, or an empty cell.',
  company: () => 'May be empty. Up to 200 characters, in one line.',
  group: ({ hasDefaultTeam }) =>
    'The name of a client team that exists already, of which somebody of the staff is active; until then the client waits. ' +
    (hasDefaultTeam
      ? 'An empty cell stands for the default client team of your organisation.'
      : 'Must be filled in, since your organisation has no default client team.'),
  teams: () => 'The names of client teams that exist already, with a semicolon between them. May be empty.',
};

const STAFF_ROLE: Rule = () => `Must be one of: ${STAFF_ROLES.join(', ')}.`;

/** What a cell of this column may hold. */
export function ruleOf(kind: ImportKind, key: ColumnKey, settings: TemplateSettings): string {
  return (kind === 'staff' && key === 'role' ? STAFF_ROLE : RULES[key])(settings);
}

const countryName = (code: string): string => new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
