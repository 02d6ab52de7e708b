import type { ImportStatus } from '../contract/import';
import type { Channel, InvitationState } from '../contract/invitation';
import type { CellProblem, Repair } from '../contract/problem';
import type { ProblemCode } from '../contract/problem-codes';
import type { RowStatus } from '../contract/row';
import type { ClientValues } from '../domain/check-rows';
import type { ColumnKey } from '../domain/columns';
import type { Table } from '../domain/read-table';

export type Role = 'systemAdministrator' | 'userAdministrator' | 'support';

export interface OrganisationDoc {
  _id: string;
  name: string;
  /** ISO 3166 alpha-2; with it, national mobile numbers are understood. */
  defaultCountry: string | null;
  defaultTeamId: string | null;
}

export interface ClientTeamDoc {
  _id: string;
  organisationId: string;
  name: string;
  nameKey: string;
}

export interface StaffDoc {
  _id: string;
  organisationId: string;
  name: string;
  email: string;
  emailKey: string;
  role: 'System Administrator' | 'User Administrator' | 'Support' | 'Staff';
  teamIds: string[];
  active: boolean;
}

export interface ApiKeyDoc {
  /** SHA-256 of the key, hex. The key itself is stored nowhere. */
  _id: string;
  organisationId: string;
  role: Role;
  createdAt: Date;
}

export interface ImportDoc {
  _id: string;
  organisationId: string;
  /** Files uploaded in one request share it. */
  batchId: string;
  fileName: string;
  bytes: number;
  sha256: string;
  status: ImportStatus;
  createdAt: Date;
  createdByRole: Role;
  /** The known columns as the file has them; empty until it is planned. */
  columns: Table['columns'];
  fileProblems: CellProblem[];
  /** The requests of staff that have opened invitations again. */
  retries: string[];
  /** Counts each closing and reopening, so that a step that wakes up late can tell that it is late. */
  revision: number;
  /** When a sweep last looked after it. */
  sweptAt: Date;
  /** Set once its rows are staged; from then on the rows stand, whoever plans again. */
  plannedAt?: Date;
  closedAt?: Date;
}

export interface RowDoc {
  _id: string;
  organisationId: string;
  importId: string;
  row: number;
  status: RowStatus;
  /** The person, checked and repaired; `null` for a rejected row, whose cells are kept as typed instead. */
  client: ClientValues | null;
  cells?: Partial<Record<ColumnKey, string>>;
  problems: CellProblem[];
  repairs: Repair[];
}

export interface ClientDoc extends ClientValues {
  _id: string;
  organisationId: string;
  importId: string;
  row: number;
  createdAt: Date;
}

export interface InvitationDoc {
  _id: string;
  organisationId: string;
  importId: string;
  row: number;
  channel: Channel;
  /** 1 for the first, one more for each retry by staff. */
  generation: number;
  /** True once a newer generation stands in its place. */
  superseded: boolean;
  clientId: string;
  /** Secret of the link in the message. */
  token: string;
  state: InvitationState;
  code?: ProblemCode;
  /** What the provider called the fault; for support staff. */
  providerCode?: string;
  providerId?: string;
  /** The claim under which it is, or was last, being sent; time by the database's clock. */
  attempt?: { id: string; claimedAt: Date };
  attempts: number;
  /** The staff request that opened this generation. */
  retryId?: string;
  changedAt: Date;
}

export const rowId = (importId: string, row: number): string => `${importId}:${row}`;
/** A client is made by exactly one row, so running that row again makes the same client. */
export const clientIdOf = rowId;
export const invitationId = (importId: string, row: number, channel: Channel, generation: number): string =>
  `${importId}:${row}:${channel}:${generation}`;
