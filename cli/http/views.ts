import type { Schemas } from '../../client/index';
import type { ImportKind, ImportMode, OnExisting } from '../../contract/import';
import type { NoticeLanguage } from '../../contract/notices/notices';
import type { Choices } from '../../contract/question';

/** The options of an upload. The organisation's settings stand in for those left out. */
export interface UploadOptions extends Choices {
  kind?: ImportKind;
  mode?: ImportMode;
  strict?: boolean;
  onExisting?: OnExisting;
  /** Who is told by e-mail once an import has ended or needs attention. */
  notify?: string;
  notifyLanguage?: NoticeLanguage;
  sendAt?: string;
  spread?: string;
}

/** When the rest of an import is sent. */
export interface ScheduleRequest {
  sendAt?: string;
  spread?: string;
  ignoreQuietHours?: boolean;
}

/** When a plan that is applied is sent. */
export type PlanTimes = Pick<ScheduleRequest, 'sendAt' | 'spread'>;

/** A file to be uploaded or checked. */
export interface UploadFile {
  name: string;
  read: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** New values for cells of one row. */
export interface RowCorrection {
  firstName?: string;
  lastName?: string;
  email?: string;
  mobile?: string;
  company?: string;
  role?: string;
  group?: string;
  teams?: string;
  language?: string;
}

/** Rows to put aside. */
export interface IgnoreSelection {
  rows?: number[];
  /** All that look like totals and remarks. */
  suggested?: true;
  reason?: string;
}

// What the commands read of the answers of the API.
type Import = Schemas['Import'];
type Row = Schemas['Row'];
export type AcceptedImport = Pick<Schemas['AcceptedUpload']['imports'][number], 'id' | 'fileName'>;
export type PlanView = Schemas['Plan'];
export type ErasedPerson = Schemas['Erasure'];
export type AuditView = Schemas['ImportAudit'];
export type UndoView = Pick<Schemas['UndoPlan'], 'status' | 'planHash' | 'outcomes' | 'messages'>;

/** A file and the files that correct it, each line counted once. */
export interface UnionView extends Pick<Schemas['Union'], 'lines' | 'waiting' | 'open'> {
  passes: Pick<Schemas['Union']['passes'][number], 'importId' | 'fileName' | 'done'>[];
}

/** One action of staff on an import. */
export interface PastActionView {
  at: string;
  action: string;
  by: { kind: string; id: string; name: string | null; role: string | null };
  facts: Record<string, string | number | boolean>;
  status: number | null;
}

export interface ImportView
  extends
    Pick<Import, 'id' | 'kind' | 'fileName' | 'status' | 'lines' | 'rows' | 'invitations'>,
    Pick<Import, 'problems' | 'questions' | 'plan'> {
  pausedBy: Pick<Import['pausedBy'][number], 'by' | 'problem'>[];
  union: UnionView | null;
  sameFileAs: SameFileView | null;
  /** Absent in the answer of an older build, as the history is. */
  deferred?: Import['deferred'];
  history?: PastActionView[];
  links: Pick<Import['links'], 'temporalUi'>;
}

/** An import as one of several. */
export type ImportSummary = Omit<ImportView, 'plan' | 'union' | 'sameFileAs' | 'history' | 'deferred'>;
/** An earlier import of the very same file; `present` counts the lines whose people it has found or left there. */
export type SameFileView = Pick<
  NonNullable<Import['sameFileAs']>,
  'id' | 'fileName' | 'createdAt' | 'lines' | 'present'
>;

export type AcceptedUpload = Schemas['AcceptedUpload'];
/** The files of one upload as one thing. */
export type BatchView = Schemas['Batch'];
/** What has become of a command, file by file. */
export interface BatchOutcome
  extends
    Pick<Controlled, 'id' | 'fileName' | 'refusal'>,
    Partial<Pick<Controlled, 'outcome'>>,
    Partial<Pick<Schemas['RetriedBatch']['imports'][number], 'retrying'>> {}
type Controlled = Schemas['ControlledBatch']['imports'][number];

export interface RowView extends Pick<Row, 'row' | 'status' | 'problems' | 'repairs'> {
  person: Pick<Row['person'], 'firstName' | 'lastName' | 'email' | 'mobile'>;
  plan: Pick<Row['plan'], 'action' | 'channels' | 'changes'>;
  invitations: Pick<Row['invitations'][number], 'channel' | 'state' | 'problem'>[];
}

/** The first page of the people who match, and the rows that have created nobody. */
export type FoundPeopleView = Schemas['FoundPeople'];
export type FoundPersonView = Schemas['FoundPerson'];
export type UnmadeRowView = Schemas['UnmadeRow'];
/** One row with everything that has happened to it. */
export type RowStoryView = Schemas['RowStory'];

/** A file from the API, under the name that the API gives it. */
export interface Download {
  name: string;
  bytes: Uint8Array;
}
