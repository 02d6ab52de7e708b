import { domainToASCII } from 'node:url';
import type { StaffRole } from '../contract/access/staff-roles';
import type { ImportKind } from '../contract/import';
import type { Channel } from '../contract/invitation';
import type { Standing } from './invitations/standing';

export const PERSON_KINDS = ['client', 'staff'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];
export const personKindOf = (kind: ImportKind): PersonKind => (kind === 'clients' ? 'client' : 'staff');

/**
 * `mobile` includes numbers of countries where landlines and mobiles look alike. `other` are numbers of services, such as premium and
 * toll-free ones. Only a `mobile` gets an SMS.
 */
export type MobileType = 'mobile' | 'fixed-line' | 'other';

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
  /** A client has exactly one, staff any number. */
  teamIds: string[];
  /** Of messages to the person, BCP 47; absent where no file has named one. */
  language?: string;
}

/** A person whom the organisation has already. */
export interface KnownPerson extends PersonValues, Standing {
  id: string;
  /** Whether the person has joined, so that no invitation is sent. Includes people who were deactivated since. */
  active: boolean;
  /** Whether an administrator has deactivated the person. */
  deactivated: boolean;
  /** The channels on which the person wants no more messages. */
  optedOut: readonly Channel[];
  /** The import that created the person; `null` if unknown. */
  importId: string | null;
  line: number | null;
  /** ISO day. */
  since: string;
}

/** The values alone, of an object with more fields. */
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
  // MongoDB has `null` where an undo has taken a language back.
  ...(person.language && { language: person.language }),
});

/** A domain that goes over the wire as it is written; one with `xn--` may be no form of anything. */
const PLAIN_DOMAIN = /^(?:(?!xn--)[a-z\d-]+\.)+[a-z]+$/i;

/**
 * The address as it goes over the wire: its domain in ASCII (`anna@bücher.example` as `anna@xn--bcher-kva.example`, UTS 46), since
 * no provider takes another. `undefined` if the domain has no such form.
 */
export function toAsciiDomain(address: string): string | undefined {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  if (PLAIN_DOMAIN.test(domain)) return address;
  const ascii = domainToASCII(domain.toLowerCase());
  return ascii === '' ? undefined : address.slice(0, at) + ascii;
}

/**
 * Equal for two spellings of one address: lower case, and the domain as it goes over the wire (`Zoë@MÜNCHEN.example` and
 * `zoë@xn--mnchen-3ya.example` are one address). Addresses are compared by it and stored as typed.
 */
export const emailKey = (address: string): string => (toAsciiDomain(address) ?? address).toLowerCase();
