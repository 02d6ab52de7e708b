/** What a caller may do, the mightiest first. */
export const ROLES = ['systemAdministrator', 'userAdministrator', 'support'] as const;
export type Role = (typeof ROLES)[number];

/** What a caller may do beside their role. `unmask`: see whole addresses and numbers where the role has them masked. */
export const RIGHTS = ['unmask'] as const;
export type Right = (typeof RIGHTS)[number];
