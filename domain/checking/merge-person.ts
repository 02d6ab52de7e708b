import type { FieldChange } from '../../contract/row-plan';
import type { ClientTeam } from '../client-team';
import type { ColumnKey } from '../columns';
import { valuesOf } from '../person';
import type { PersonKind, PersonValues } from '../person';
import type { OpenField } from './cells/check-cells';

export interface MergedPerson {
  values: PersonValues;
  /** In the order of the template, by the keys of its columns. Teams are given by name. */
  changes: FieldChange[];
}

const FIELDS: Readonly<Record<PersonKind, readonly ColumnKey[]>> = {
  client: ['firstName', 'lastName', 'email', 'mobile', 'company', 'group', 'language'],
  staff: ['firstName', 'lastName', 'email', 'mobile', 'role', 'teams', 'language'],
};

/** Merges a row into a known person. The person's own values stay in the open fields of the row. */
export function mergePerson(
  known: PersonValues,
  row: PersonValues,
  open: readonly OpenField[],
  teams: ReadonlyMap<string, ClientTeam>,
): MergedPerson {
  const keepsTeams = open.includes('teamIds') || isSameSet(row.teamIds, known.teamIds);
  const { language, ...others } = row;
  const spoken = open.includes('language') ? known.language : language;
  const values = valuesOf({
    ...others,
    ...(spoken && { language: spoken }),
    company: open.includes('company') ? known.company : row.company,
    teamIds: keepsTeams ? known.teamIds : row.teamIds,
  });
  const changes = FIELDS[row.kind].map((field) => ({
    field,
    before: shownField(known, field, teams),
    after: shownField(values, field, teams),
  }));
  return { values, changes: changes.filter(({ before, after }) => before !== after) };
}

function shownField(person: PersonValues, field: ColumnKey, teams: ReadonlyMap<string, ClientTeam>): string {
  if (field === 'group' || field === 'teams') {
    return person.teamIds.map((id) => teams.get(id)?.name ?? id).join('; ');
  }
  return person[field] ?? '';
}

const isSameSet = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));
