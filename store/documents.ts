import type { Collection, Db } from 'mongodb';
import type { PausedBy, ImportKind, ImportMode, OnExisting } from '../contract/import';
import type { ImportStatus } from '../contract/import-status';
import type { Channel, InvitationState } from '../contract/invitation';
import type { CellProblem, Repair } from '../contract/problem';
import type { ProblemCode } from '../contract/problem-codes';
import type { RowStatus } from '../contract/row';
import type { RowPlan } from '../contract/row-plan';
import type { ColumnKey } from '../domain/columns';
import type { OptOutFields } from '../domain/invitations/opt-outs';
import type { ReportedFields } from '../domain/invitations/reduce-reports';
import type { PersonKind, PersonValues } from '../domain/person';
import type { Layout, TableColumn } from '../domain/table';
import type { OrganisationSettings } from './organisation-settings';

export type Role = 'systemAdministrator' | 'userAdministrator' | 'support';

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
  appliedAt?: Date;
  /** The import whose failed rows this file corrects, and the first in that line. */
  corrects?: { importId: string; rootId: string };
  /** What pauses its sends, and since when. */
  pausedBy?: Partial<Record<PausedBy, PauseReason>>;
  /** The requests of staff that have opened invitations again. */
  retries: string[];
  /** Counts each change of its counts or status, so that a step that wakes up late can tell that it is late. */
  revision: number;
  /** When its workflow is to be signalled, because something has changed outside of it. */
  wakeAt?: Date;
  /** When to see again that its workflow runs; absent once it has ended. */
  checkAt?: Date;
  /** Set once its rows are staged; from then on the rows stand, whoever plans again. */
  plannedAt?: Date;
  closedAt?: Date;
}

export interface PauseReason {
  at: Date;
  /** Staff have asked to cancel the import. */
  cancels?: boolean;
  /** Why a provider has paused it, in our code and in the provider's. */
  code?: ProblemCode;
  providerCode?: string;
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
  /** How often it was corrected by hand; with one correction it is no longer as the file has it. */
  corrections?: number;
}

/** Clients and staff in one collection: a person is one or the other in an organisation, never both. */
export interface PersonDoc extends PersonValues, OptOutFields {
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

export interface InvitationDoc extends ReportedFields {
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
  /** The claim under which it is, or was last, being sent; time by the database's clock. */
  attempt?: { id: string; claimedAt: Date };
  attempts: number;
  /** The staff request that opened this generation. */
  retryId?: string;
  /** How many reminders the person was sent up to this one; absent for none. */
  reminders?: number;
  /** When a reminder was due and something else than time was found to be in its way. */
  reminderSkippedAt?: Date;
  /** When the person was given another address than it was sent to. */
  readdressedAt?: Date;
  /** Each state that it has been in, in order; time by the database's clock. */
  trail: { state: InvitationState; at: Date }[];
  createdAt: Date;
  changedAt: Date;
}

/** A provider that is down, by its channel. Nothing is written down of one that is up. */
export interface ProviderHealthDoc {
  _id: Channel;
  openedAt: Date;
  /** From when on the next message may be sent, to see whether the provider is back. */
  nextProbeAt: Date;
}

/** A request that came with an `Idempotency-Key` and made imports: what it was, and what is answered when it comes again. */
export interface IdempotencyKeyDoc {
  /** The organisation and the hash of its key. */
  _id: string;
  /** Of all that the request asked for. */
  fingerprint: string;
  batchId: string;
  imports: { id: string; fileName: string }[];
  /** It is forgotten a week later. */
  usedAt: Date;
}

/** An upload that is not an import yet. One that stays here was left behind by a request that died. */
export interface PendingUploadDoc {
  /** Of the import that it is for. */
  _id: string;
  begunAt: Date;
  /** It is being removed and can become no import any more. */
  discarded?: true;
}

export const rowId = (importId: string, row: number): string => `${importId}:${row}`;
/** A person is made by exactly one row, so running that row again makes the same person. */
export const personIdOf = rowId;
/** The person that a row is about: the one it makes, unless it is about somebody who was there before. */
export const personIdFor = ({ importId, row, plan }: RowDoc): string => plan.personId ?? personIdOf(importId, row);
export const invitationId = (importId: string, row: number, channel: Channel, generation: number): string =>
  `${importId}:${row}:${channel}:${generation}`;

export interface Collections {
  organisations: Collection<OrganisationDoc>;
  clientTeams: Collection<ClientTeamDoc>;
  apiKeys: Collection<ApiKeyDoc>;
  imports: Collection<ImportDoc>;
  pendingUploads: Collection<PendingUploadDoc>;
  idempotencyKeys: Collection<IdempotencyKeyDoc>;
  rows: Collection<RowDoc>;
  people: Collection<PersonDoc>;
  invitations: Collection<InvitationDoc>;
  providerHealth: Collection<ProviderHealthDoc>;
}

export const collectionsOf = (db: Db): Collections => ({
  organisations: db.collection('organisations'),
  clientTeams: db.collection('client_teams'),
  apiKeys: db.collection('api_keys'),
  imports: db.collection('imports'),
  pendingUploads: db.collection('pending_uploads'),
  idempotencyKeys: db.collection('idempotency_keys'),
  rows: db.collection('rows'),
  people: db.collection('people'),
  invitations: db.collection('invitations'),
  providerHealth: db.collection('provider_health'),
});
