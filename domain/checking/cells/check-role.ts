import { tidyCell } from '../../formula-guard';
import { createNearest } from '../../nearest/nearest';
import { STAFF_ROLE_LIST, STAFF_ROLES } from '../../../contract/access/staff-roles';
import type { StaffRole } from '../../../contract/access/staff-roles';
import { accept, reject, unplaced } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';

const CLIENT_ROLE = 'Client';
/** Other names and languages for a client. They only lead to a suggestion. */
const CLIENT_ELSEWHERE: ReadonlySet<string> = new Set([
  ...['customer', 'kunde', 'kundin', 'klient', 'klientin', 'mandant', 'mandantin'],
  ...['cliente', 'clienta', 'cliënt', 'klant', 'kund', 'asiakas'],
  ...['klientka', 'zákazník', 'ügyfél', 'müşteri', 'πελάτης', 'клиент'],
  ...['клієнт', '客户', '客戶', '顧客', '고객', 'عميل'],
]);
const nearestClientRole = createNearest([CLIENT_ROLE], 1);
const nearestStaffRole = createNearest(STAFF_ROLES, 1);
const staffRoles = new Map(STAFF_ROLES.map((role) => [roleKey(role), role]));

/** The clients template has one role, so nothing is stored. */
export function checkClientRole(cell: string): CellVerdict<null> {
  const key = roleKey(cell);
  if (key === '') return accept(null, cell);
  if (key === roleKey(CLIENT_ROLE)) return accept(null, CLIENT_ROLE);
  const details = { people: 'clients', roles: `${CLIENT_ROLE}, or an empty cell` };
  const role = staffRoles.get(key);
  if (role) return reject(cell, { code: 'role.unknown', details: { ...details, role, others: 'staff' } });
  const guess = CLIENT_ELSEWHERE.has(key) ? CLIENT_ROLE : nearestClientRole(key).lookAlike;
  return reject(cell, unplaced('role.unknown', details, guess));
}

export function checkStaffRole(cell: string): CellVerdict<StaffRole> {
  const key = roleKey(cell);
  const role = staffRoles.get(key);
  if (role) return accept(role, role);
  if (key === '') return reject(cell, { code: 'role.missing' });
  const details = { people: 'staff', roles: STAFF_ROLE_LIST };
  if (key === roleKey(CLIENT_ROLE)) {
    return reject(cell, { code: 'role.unknown', details: { ...details, role: CLIENT_ROLE, others: 'clients' } });
  }
  const { lookAlike } = nearestStaffRole(key);
  return reject(cell, unplaced('role.unknown', details, lookAlike));
}

/** Case and spaces make no difference between roles. */
function roleKey(cell: string): string {
  return tidyCell(cell).replace(/\s+/g, ' ').toLowerCase();
}
