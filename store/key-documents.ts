import type { Right, Role } from '../contract/access/roles';
import type { SecretTimes } from '../domain/access/key-secrets';

export interface KeySecret extends SecretTimes {
  /** SHA-256 of the secret, hex; the secret itself is not stored. */
  hash: string;
  /** Exact to a minute; absent for never. */
  lastUsedAt?: Date;
}

/** One key under one name, whose secrets change with its rotations. */
export interface ApiKeyDoc {
  /** A UUID, by which the key is named to people. Unrelated to its secrets. */
  _id: string;
  organisationId: string;
  name: string;
  /** The name in lower case while the key is not revoked; unique in the organisation. */
  nameKey?: string;
  role: Role;
  rights: Right[];
  createdAt: Date;
  expiresAt?: Date;
  revokedAt?: Date;
  /** Those that work or did lately, the newest last. */
  secrets: KeySecret[];
}

/** A key of an older build, in a collection of its own. */
export interface OlderApiKeyDoc {
  /** SHA-256 of the key, hex. */
  _id: string;
  organisationId: string;
  role: Role;
  createdAt: Date;
}

/** Somebody who has signed in to the page. */
export interface SessionDoc {
  /** SHA-256 of the cookie's value, hex; the value itself is not stored. */
  _id: string;
  /** Who, as the API knew them then. The role and rights of a key are those of now. */
  caller: object;
  /** What they were let in by: the session ends with it. */
  credential: { hash?: string; expiresAt: Date | null };
  createdAt: Date;
  /** Unless something is done before, and then later. */
  endsAt: Date;
}
