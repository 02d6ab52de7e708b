import type { ColumnKey } from './columns';
import type { PersonValues } from './person';

/** Separates the names of several client teams in one cell. */
const TEAM_SEPARATOR = '; ';

/** Formats a person as the cells of a row. */
export function cellsOf(
  person: PersonValues,
  teamNames: ReadonlyMap<string, string>,
): Partial<Record<ColumnKey, string>> {
  const { kind, firstName, lastName, email, mobile, company, role, teamIds, language } = person;
  const teams = teamIds.map((id) => teamNames.get(id) ?? id).join(TEAM_SEPARATOR);
  const common = { firstName, lastName, email, mobile, ...(language && { language }) };
  return kind === 'staff'
    ? { ...common, role: role ?? '', teams }
    : { ...common, company: company ?? '', group: teams };
}
