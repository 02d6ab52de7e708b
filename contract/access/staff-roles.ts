/** The roles of staff members in the messaging platform, as the template for staff names them. */
export const STAFF_ROLES = ['System Administrator', 'User Administrator', 'Support', 'Staff'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
/** The roles for a sentence: A, B or C. */
export const STAFF_ROLE_LIST = `${STAFF_ROLES.slice(0, -1).join(', ')} or ${STAFF_ROLES.at(-1)}`;
