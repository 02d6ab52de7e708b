import type { ImportKind } from '../contract/import';
import type { MobileType } from './checking/cells/check-mobile';

export const PERSON_KINDS = ['client', 'staff'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];
export const personKindOf = (kind: ImportKind): PersonKind => (kind === 'clients' ? 'client' : 'staff');

export const STAFF_ROLES = ['System Administrator', 'User Administrator', 'Support', 'Staff'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
/** The roles as a sentence names them. */
export const STAFF_ROLE_LIST = `${STAFF_ROLES.slice(0, -1).join(', ')} or ${STAFF_ROLES.at(-1)}`;

/** A person as a checked row describes one. Clients and staff differ in the last three fields only. */
export interface PersonValues {
  kind: PersonKind;
  firstName: string;
  lastName: string;
  /** As typed, without outer spaces. */
  email: string;
  emailKey: string;
  /** E.164. */
  mobile: string;
  mobileType: MobileType;
  /** `null` for staff. */
  company: string | null;
  /** `null` for clients. */
  role: StaffRole | null;
  /** Of a client exactly one, of staff any number. */
  teamIds: string[];
}

/** Somebody whom the organisation has already. */
export interface KnownPerson extends PersonValues {
  id: string;
  /** Whether the person has accepted an invitation or was activated. Who was deactivated counts as well: not to be invited. */
  active: boolean;
  /** Where the person came from. What is not known is `null`. */
  importId: string | null;
  line: number | null;
  /** ISO day. */
  since: string;
}

/** The values alone, of whatever carries more than them. */
export const valuesOf = (person: PersonValues): PersonValues => ({
  kind: person.kind,
  firstName: person.firstName,
  lastName: person.lastName,
  email: person.email,
  emailKey: person.emailKey,
  mobile: person.mobile,
  mobileType: person.mobileType,
  company: person.company,
  role: person.role,
  teamIds: person.teamIds,
});
