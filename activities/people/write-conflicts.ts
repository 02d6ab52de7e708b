import type { CellProblem } from '../../contract/problem';
import { takenAddressProblem } from '../../domain/checking/decide-row';
import type { ColumnKey } from '../../domain/columns';
import type { KnownPerson } from '../../domain/person';
import type { ImportDoc } from '../../store/documents';
import type { CheckedRowDoc } from './stage-invitations';

/** Problems of rows that only showed when they were carried out. */

/** The plan saw the address free; another file took it in between. */
export const takenAddress = ({ person }: CheckedRowDoc, holder: KnownPerson, importDoc: ImportDoc): CellProblem => ({
  ...takenAddressProblem(person.kind, holder),
  ...place(importDoc, 'email'),
  value: person.email,
});

/** A member of staff would leave a client team in which nobody else is. */
export const lastMemberProblem = ({ plan }: CheckedRowDoc, team: string, importDoc: ImportDoc | null): CellProblem => ({
  code: 'group.last-member',
  ...place(importDoc, 'teams'),
  value: plan.changes?.find(({ field }) => field === 'teams')?.after ?? null,
  details: { team },
});

function place(importDoc: ImportDoc | null, key: ColumnKey): Pick<CellProblem, 'column' | 'letter'> {
  const column = importDoc?.columns.find((one) => one.key === key);
  return { column: column?.header ?? null, letter: column?.letter ?? null };
}
