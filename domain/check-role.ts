import { accept, refuse } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';

const CLIENT_ROLE = 'Client';
const STAFF_ROLES = ['System Administrator', 'User Administrator', 'Support', 'Staff'];

/** The clients template knows one role, so there is nothing to store. */
export function checkRole(cell: string): CellVerdict<true> {
  const role = cell.trim();
  if (role === '') return accept(true, cell);
  if (isSame(role, CLIENT_ROLE)) return accept(true, CLIENT_ROLE);
  const staffRole = STAFF_ROLES.find((name) => isSame(role, name));
  return refuse(cell, 'role.unknown', staffRole === undefined ? undefined : { staffRole });
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
