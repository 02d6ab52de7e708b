import type { ImportKind } from '../contract/import';
import type { ColumnKey } from './columns';

type Cells = Partial<Record<ColumnKey, string>>;

/** The example row of each template. Its address is reserved for examples, so it belongs to no person. */
export const EXAMPLE_ROWS: Readonly<Record<ImportKind, Cells>> = {
  clients: {
    firstName: 'Jane',
    lastName: 'Example',
    email: 'jane.example@example.com',
    mobile: '+447911123456',
    role: 'Client',
    company: 'Example Ltd',
    group: 'YourTeam',
  },
  staff: {
    firstName: 'John',
    lastName: 'Example',
    email: 'john.example@example.com',
    mobile: '+447911123457',
    role: 'Staff',
    teams: 'YourTeam;AnotherTeam',
  },
};

/** Whether a row is the template's own, even if its other cells were changed. It is skipped, never invited. */
export function isExampleRow(kind: ImportKind, cells: Cells): boolean {
  const example = EXAMPLE_ROWS[kind];
  return (['firstName', 'lastName', 'email'] as const).every(
    (key) => cells[key]?.trim().toLowerCase() === example[key]?.toLowerCase(),
  );
}
