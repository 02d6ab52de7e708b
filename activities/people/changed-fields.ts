import type { RowPlan } from '../../contract/row-plan';
import type { PersonValues } from '../../domain/person';

/** The fields of a person that each column of the template stands for. Teams are changed apart, where they are staff's. */
const FIELDS: Readonly<Record<string, readonly (keyof PersonValues)[]>> = {
  firstName: ['firstName'],
  lastName: ['lastName'],
  email: ['email'],
  mobile: ['mobile', 'mobileType'],
  role: ['role'],
  company: ['company'],
  group: ['teamIds'],
};

/** What a planned update writes: what it has listed as changed, so that nothing else is taken back to how it was. */
export function changedFields({ changes = [] }: RowPlan, person: PersonValues): Partial<PersonValues> {
  const names = changes.flatMap(({ field }) => FIELDS[field] ?? []);
  return Object.fromEntries(names.map((name) => [name, person[name]]));
}
