import type { StagingFields } from './plans/staging-fields';
import type { Collection, Db } from 'mongodb';
import type { Role } from '../contract/access/roles';
import type { PausedBy, ImportKind } from '../contract/import';
import type { ImportStatus } from '../contract/import-status';
import type { CellProblem, Repair } from '../contract/problem';
import type { ProblemCode } from '../contract/problem-codes';
import type { Question } from '../contract/question';
import type { Failover } from '../contract/sending/failover';
import type { RowStatus } from '../contract/row';
import type { PlanTotals, RowPlan } from '../contract/row-plan';
import type { Ignored, RowEdit } from '../domain/checking/row-edits';
import type { ColumnKey } from '../domain/columns';
import type { OptOutFields } from '../domain/invitations/opt-outs';
import type { PersonValues } from '../domain/person';
import type { Schedule } from '../domain/sending-times/sending-times';
import type { Layout, TableColumn } from '../domain/table';
import type { AuditEntryDoc, AuditHeadDoc, AuditIntentDoc } from './audit-log/audit-documents';
import type { NoticeDoc } from './notices/notice-doc';
import type { ErasedRow, ErasureDoc, RemovedFields } from './erasure/erasure-documents';
import type { ApiKeyDoc, OlderApiKeyDoc, SessionDoc } from './key-documents';
import type { ClientTeamDoc, OrganisationDoc } from './organisation-settings';
import type { EventTicketDoc } from './access/event-ticket-doc';
import type { MessageTextDoc } from './message-texts/message-text-doc';
import type { WatermarkDoc } from './restore/watermark-doc';
import type { FirstSendsDoc, InvitationDoc, ProviderHealthDoc, SendRateDoc } from './send-documents';
import type { OverwrittenFields, UndoneFields, UndoRequestFields } from './undo/undo-documents';
import type { BatchDoc, IdempotencyKeyDoc, ImportOptions, PendingUploadDoc } from './upload-documents';
import type { AnnouncedFields, WebhookDeliveryDoc, WebhookEndpointDoc } from './webhooks/documents';

export type { Role } from '../contract/access/roles';
export type { ClientTeamDoc, OrganisationDoc } from './organisation-settings';
export type { InvitationDoc } from './send-documents';
export { firstSendsId, idsOf, invitationId, personIdFor, personIdOf, rowId } from './ids';

export interface ImportDoc extends AnnouncedFields, StagingFields, RemovedFields, UndoRequestFields {
  _id: string;
  organisationId: string;
  /** Files uploaded in one request share it. */
  batchId: string;
  /** Its place in the order of an upload of several files, from 0; absent for a file that came alone. */
  positionInBatch?: number;
  kind: ImportKind;
  /** A person invited by hand is a file of one row. */
  source: 'file' | 'by-hand';
  options: ImportOptions;
  fileName: string;
  bytes: number;
  sha256: string;
  /** Of a file of text: about as many as it has lines. */
  lineBreaks?: number;
  status: ImportStatus;
  createdAt: Date;
  createdByRole: Role;
  /** The known columns as the file has them; empty until it is planned. */
  columns: TableColumn[];
  /** `null` until it is planned, and where the file cannot be read. */
  layout: Layout | null;
  /** Errors of the file as a whole, and warnings about it. */
  fileProblems: CellProblem[];
  /** What an administrator must choose before the plan can be applied. */
  questions?: Question[];
  /** Hash of the current plan. */
  planHash?: string;
  /** How many rows it has. An older build has noted none, and had 500 at most. */
  rowCount?: number;
  /** When the plan of a preview was applied. */
  appliedAt?: Date;
  /** What was approved then. Rows change since, by corrections and by people who join meanwhile. */
  approvedPlan?: PlanTotals;
  /** The import whose failed rows this file corrects, and the first import of that lineage. */
  corrects?: { importId: string; rootId: string };
  /** The reason of each pause of its sends. */
  pausedBy?: Partial<Record<PausedBy, PauseReason>>;
  /** Ids of the requests that have opened invitations again. */
  retries: string[];
  /** Ids of the pauses, resumptions and cancellations by messages to its workflow, which a reset repeats; the newest 500. */
  commands?: string[];
  /** When it was last resumed: an older pause that arrives later has no effect. */
  resumedAt?: Date;
  /** The plan that an administrator wants applied, until it is applied or refused. */
  applyRequest?: {
    planHash: string;
    at: Date;
    /** When it is to send from then on; absent for as it was chosen. */
    schedule?: Omit<Schedule, 'version'>;
  };
  /** Counts the changes of its counts or status, so that a step can tell that its read is stale. */
  revision: number;
  /** Counts the changes of its counts that concern no step: by reports, acceptances and corrections. */
  countsRevision?: number;
  /** When to signal its workflow about a change from outside. */
  wakeAt?: Date;
  /** When that was due at first, once the outbox has taken it; `wakeAt` is then the end of its lease. */
  wakeDueAt?: Date;
  /** When to check again that its workflow runs; absent once it has ended. */
  checkAt?: Date;
  /** Set once its rows are staged; they are not staged again. */
  plannedAt?: Date;
  closedAt?: Date;
  /** The channel that is tried first, as its organisation had it when it was planned; absent where both are used at once. */
  failover?: Failover;
  /** When it may send; absent while nobody has chosen anything. */
  schedule?: Schedule;
  /** When MongoDB was restored from a backup of before its end: what it sends for the first time may have been sent. */
  restoredAt?: Date;
  /** When to look for due reminders of its invitations; absent while none can become due. */
  remindAt?: Date;
}

export interface PauseReason {
  at: Date;
  /** The messages to its workflow to which the command belongs, if its time is not exactly known. */
  line?: string;
  /** Staff have asked to cancel the import. */
  cancels?: boolean;
  /** The reason of a provider's pause, in our code and in the provider's. */
  code?: ProblemCode;
  providerCode?: string;
}

/** Staff have asked to cancel it. Its workflow may have ended it by now. */
export const isCancelling = ({ pausedBy }: { pausedBy?: ImportDoc['pausedBy'] | undefined }): boolean =>
  pausedBy?.staff?.cancels === true;

export interface RowDoc extends UndoneFields {
  _id: string;
  organisationId: string;
  importId: string;
  row: number;
  status: RowStatus;
  /** Checked and repaired; `null` for a rejected row, whose cells are kept as typed instead, and for an erased one. */
  person: PersonValues | null;
  cells?: Partial<Record<ColumnKey, string>>;
  plan: RowPlan;
  /** Segments of the planned SMS; absent without an SMS. */
  smsSegments?: number;
  problems: CellProblem[];
  repairs: Repair[];
  /** The line of the first import of the lineage that this row corrects. */
  origin?: number;
  /** How often it was corrected by hand, so that it differs from the file. */
  corrections?: number;
  /** Of a preview: the cells that were typed in place of the file's, with which it is planned each time. */
  typed?: RowEdit['typed'];
  /** Since when it is put aside, and why. */
  ignored?: Ignored;
  erased?: ErasedRow;
}

/** Clients and staff in one collection: a person is one or the other in an organisation, never both. */
export interface PersonDoc extends PersonValues, OptOutFields, OverwrittenFields {
  _id: string;
  organisationId: string;
  /** The row that created the person; `null` without one. */
  importId: string | null;
  row: number | null;
  createdAt: Date;
  /** When what identity providers see of the person was changed last; absent if it never was. */
  changedAt?: Date;
  /** Whether the person has accepted an invitation, or was activated by an administrator. */
  active: boolean;
  activeSince?: Date;
  /** Set while the person is deactivated by an administrator: no link works meanwhile. */
  deactivatedAt?: Date;
  /** Counts the decisions whether to invite the person, so that concurrent ones conflict. */
  invitationRevision?: number;
  /** What an identity provider calls the person; `userNameKey` is the name without case. */
  provisioning?: { externalId?: string; userName?: string; userNameKey?: string };
  /** The row that changed the person last. */
  updatedBy?: { importId: string; row: number };
}

export interface Collections {
  organisations: Collection<OrganisationDoc>;
  clientTeams: Collection<ClientTeamDoc>;
  apiKeys: Collection<ApiKeyDoc>;
  olderApiKeys: Collection<OlderApiKeyDoc>;
  imports: Collection<ImportDoc>;
  pendingUploads: Collection<PendingUploadDoc>;
  idempotencyKeys: Collection<IdempotencyKeyDoc>;
  batches: Collection<BatchDoc>;
  rows: Collection<RowDoc>;
  people: Collection<PersonDoc>;
  invitations: Collection<InvitationDoc>;
  firstSends: Collection<FirstSendsDoc>;
  providerHealth: Collection<ProviderHealthDoc>;
  sendRates: Collection<SendRateDoc>;
  eventTickets: Collection<EventTicketDoc>;
  sessions: Collection<SessionDoc>;
  webhookEndpoints: Collection<WebhookEndpointDoc>;
  webhookDeliveries: Collection<WebhookDeliveryDoc>;
  auditEntries: Collection<AuditEntryDoc>;
  auditIntents: Collection<AuditIntentDoc>;
  auditHeads: Collection<AuditHeadDoc>;
  erasures: Collection<ErasureDoc>;
  notices: Collection<NoticeDoc>;
  messageTexts: Collection<MessageTextDoc>;
  watermarks: Collection<WatermarkDoc>;
}

export const collectionsOf = (db: Db): Collections => ({
  organisations: db.collection('organisations'),
  clientTeams: db.collection('client_teams'),
  apiKeys: db.collection('access_keys'),
  olderApiKeys: db.collection('api_keys'),
  imports: db.collection('imports'),
  pendingUploads: db.collection('pending_uploads'),
  idempotencyKeys: db.collection('idempotency_keys'),
  batches: db.collection('batches'),
  rows: db.collection('rows'),
  people: db.collection('people'),
  invitations: db.collection('invitations'),
  firstSends: db.collection('first_sends'),
  providerHealth: db.collection('provider_health'),
  sendRates: db.collection('send_rates'),
  eventTickets: db.collection('event_tickets'),
  sessions: db.collection('sessions'),
  webhookEndpoints: db.collection('webhook_endpoints'),
  webhookDeliveries: db.collection('webhook_deliveries'),
  auditEntries: db.collection('audit_entries'),
  auditIntents: db.collection('audit_intents'),
  auditHeads: db.collection('audit_heads'),
  erasures: db.collection('erasures'),
  notices: db.collection('notices'),
  messageTexts: db.collection('message_texts'),
  watermarks: db.collection('watermarks'),
});
