import type { ImportKind, ImportMode, ImportStatus, OnExisting } from '../contract/import';
import type { Channel, InvitationState } from '../contract/invitation';
import type { CellProblem, Repair } from '../contract/problem';
import type { ProblemCode } from '../contract/problem-codes';
import type { RowStatus } from '../contract/row';
import type { RowPlan } from '../contract/row-plan';
import type { ColumnKey } from '../domain/columns';
import type { HeaderAliases } from '../domain/reading/header-aliases';
import type { PersonKind, PersonValues } from '../domain/person';
import type { Layout, TableColumn } from '../domain/table';

export type Role = 'systemAdministrator' | 'userAdministrator' | 'support';

/** What an organisation decides for itself; how each is used is told in `docs/organisation.md`. */
export interface OrganisationSettings {
  /** ISO 3166 alpha-2; with it, national mobile numbers are understood. */
  defaultCountry: string | null;
  /** The client team of rows that name none. */
  defaultTeamId: string | null;
  /** The channels on which people are invited. */
  channels: Channel[];
  /** Whether imports refuse what they could repair, unless an upload says otherwise. */
  strict: boolean;
  /** How long rows wait for active staff in their team before they are given back. */
  waitingDays: number;
  /** How long the link of an invitation works. */
  invitationDays: number;
  /** Headers of the organisation's own files, beside those that everybody may use. */
  headerAliases: HeaderAliases;
}

export interface OrganisationDoc extends OrganisationSettings {
  _id: string;
  name: string;
}

export interface ClientTeamDoc {
  _id: string;
  organisationId: string;
  name: string;
  /** Compared instead of the name; unique in the organisation. */
  nameKey: string;
  /** Counts the changes that lean on the team as it is, so that two at once meet in it. */
  revision?: number;
}

export interface ApiKeyDoc {
  /** SHA-256 of the key, hex. The key itself is stored nowhere. */
  _id: string;
  organisationId: string;
  role: Role;
  createdAt: Date;
}

export interface ImportOptions {
  mode: ImportMode;
  strict: boolean;
  onExisting: OnExisting;
  /** As the upload named it; `null` to find out. */
  encoding: string | null;
}

export interface ImportDoc {
  _id: string;
  organisationId: string;
  /** Files uploaded in one request share it. */
  batchId: string;
  kind: ImportKind;
  /** One person invited by hand is a file of one row. */
  source: 'file' | 'by-hand';
  options: ImportOptions;
  fileName: string;
  bytes: number;
  sha256: string;
  status: ImportStatus;
  createdAt: Date;
  createdByRole: Role;
  /** The known columns as the file has them; empty until it is planned. */
  columns: TableColumn[];
  /** `null` until it is planned, and where the file cannot be read. */
  layout: Layout | null;
  /** Errors of the file as a whole, and warnings about it. */
  fileProblems: CellProblem[];
  /** Of the plan as it stands; with another the plan is another. */
  planHash?: string;
  /** When the plan of a preview was approved. */
  approvedAt?: Date;
  /** The import whose failed rows this file corrects, and the first in that line. */
  corrects?: { importId: string; rootId: string };
  /** The requests of staff that have opened invitations again. */
  retries: string[];
  /** Counts each closing and reopening, so that a step that wakes up late can tell that it is late. */
  revision: number;
  /** When a sweep last looked after it. */
  sweptAt: Date;
  /** Set once its rows are staged; from then on the rows stand, whoever plans again. */
  plannedAt?: Date;
  closedAt?: Date;
  /** When it was last told to look at its waiting rows by the sweep. */
  wokenAt?: Date;
}

export interface RowDoc {
  _id: string;
  organisationId: string;
  importId: string;
  row: number;
  status: RowStatus;
  /** Checked and repaired; `null` for a rejected row, whose cells are kept as typed instead. */
  person: PersonValues | null;
  cells?: Partial<Record<ColumnKey, string>>;
  plan: RowPlan;
  /** Of the SMS that the plan would send; absent where it sends none. */
  smsSegments?: number;
  problems: CellProblem[];
  repairs: Repair[];
  /** The line of the first import that this row corrects, over however many files. */
  origin?: number;
}

/** Clients and staff in one collection: a person is one or the other in an organisation, never both. */
export interface PersonDoc extends PersonValues {
  _id: string;
  organisationId: string;
  /** The row that made the person; `null` where it was none. */
  importId: string | null;
  row: number | null;
  createdAt: Date;
  /** Whether the person has accepted an invitation, or was activated by an administrator. */
  active: boolean;
  activeSince?: Date;
  /** Set as long as an administrator has ended the person's activity: until it is begun again, no link works. */
  deactivatedAt?: Date;
  /** The row that changed the person last. */
  updatedBy?: { importId: string; row: number };
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
  personId: string;
  personKind: PersonKind;
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
  createdAt: Date;
  changedAt: Date;
}

export const rowId = (importId: string, row: number): string => `${importId}:${row}`;
/** A person is made by exactly one row, so running that row again makes the same person. */
export const personIdOf = rowId;
export const invitationId = (importId: string, row: number, channel: Channel, generation: number): string =>
  `${importId}:${row}:${channel}:${generation}`;
