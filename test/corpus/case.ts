import type { ImportKind, ImportMode, OnExisting } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import type { Channel } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { RowStatus } from '../../contract/row';
import type { OrganisationName } from './organisations';

/** The fields of the upload form beside the file; what is left out is not sent. */
export interface UploadOptions {
  kind?: ImportKind;
  mode?: ImportMode;
  strict?: boolean;
  onExisting?: OnExisting;
  encoding?: string;
  hiddenRows?: 'skip' | 'include';
}

/** A problem, or what of it is worth pinning beside its code. */
export interface ExpectedProblem {
  code: ProblemCode;
  line?: number | null;
  column?: string | null;
  letter?: string | null;
  value?: string | null;
  suggestion?: string | null;
  /** What the three sentences have to name, one way or another. */
  says?: readonly string[];
}

/** The person as the row's answer shows them, and the client teams as the directory has them. */
export interface ExpectedPerson {
  firstName?: string;
  lastName?: string;
  email?: string;
  mobile?: string;
  company?: string | null;
  /** Names of client teams. */
  teams?: readonly string[];
  role?: string | null;
}

export type ExpectedRepair = readonly [column: string, before: string, after: string];

export interface ExpectedRow {
  line: number;
  status: RowStatus;
  /** All problems, warnings included, in the order of the file's columns. */
  problems: readonly ExpectedProblem[];
  /** All repairs, in the same order; not compared where they are left out. */
  repairs?: readonly ExpectedRepair[] | undefined;
  person?: ExpectedPerson;
  /** On which channels the person is invited. */
  channels?: readonly Channel[];
  /** Of a row that changes somebody: field, before, after. */
  changes?: readonly (readonly [field: string, before: string, after: string])[];
}

export interface ExpectedImport {
  status: ImportStatus;
  /** Errors of the file as a whole and warnings about it. */
  file: readonly ExpectedProblem[];
  rows: readonly ExpectedRow[];
}

/** What an upload that is refused at the door is answered with. */
export interface ExpectedRefusal {
  httpStatus: number;
  code: string;
}

/** One file of the corpus: what is in it, how it is uploaded, and what has to come of it. */
export interface CorpusCase {
  /** Also the stem of the file's name, and the mail domain that keeps its people apart from those of other files. */
  name: string;
  /** One sentence without its beginning: “The file …”. */
  about: string;
  /** Of the uploaded file's name; its content is what decides. */
  extension: string;
  content: () => Uint8Array | Promise<Uint8Array>;
  /** Too big to be committed, so it is made whenever it is needed. */
  isMadeAtRunTime?: boolean;
  upload: UploadOptions;
  organisation: OrganisationName;
  expected: ExpectedImport | ExpectedRefusal;
}

export const isRefusal = (expected: CorpusCase['expected']): expected is ExpectedRefusal => 'httpStatus' in expected;

interface Declaration {
  about: string;
  content: Uint8Array | string | (() => Uint8Array | Promise<Uint8Array>);
  extension?: string;
  isMadeAtRunTime?: boolean;
  upload?: UploadOptions;
  organisation?: OrganisationName;
  /** Warnings about the file, or with no `rows` the reasons why it is refused. */
  file?: readonly (ProblemCode | ExpectedProblem)[];
  /** Absent if and only if the file as a whole is refused. */
  rows?: readonly ExpectedRow[];
  refusal?: ExpectedRefusal;
  status?: ImportStatus;
}

/** A case, with what goes without saying filled in. */
export function declare(name: string, declaration: Declaration): CorpusCase {
  const { about, content, extension = 'csv', isMadeAtRunTime, upload = {}, organisation = 'plain' } = declaration;
  return {
    name,
    about,
    extension,
    content:
      typeof content === 'function' ? content : () => (typeof content === 'string' ? Buffer.from(content) : content),
    ...(isMadeAtRunTime && { isMadeAtRunTime }),
    upload,
    organisation,
    expected: declaration.refusal ?? expectedImport(declaration),
  };
}

function expectedImport({ rows, file = [], status, upload }: Declaration): ExpectedImport {
  return {
    status: status ?? statusFor(rows, upload?.mode),
    file: inFull(file),
    rows: rows ?? [],
  };
}

/** By section 4 of the design, where nothing goes wrong with an invitation. */
function statusFor(rows: readonly ExpectedRow[] | undefined, mode: ImportMode | undefined): ImportStatus {
  if (!rows) return 'failed';
  if (mode === 'preview') return 'awaiting-approval';
  if (rows.some(({ status }) => status === 'waiting')) return 'waiting';
  return rows.some(({ status }) => status === 'rejected') ? 'completed-with-problems' : 'completed';
}

type RowDetails = Partial<Omit<ExpectedRow, 'line' | 'status' | 'problems'>> & {
  problems?: readonly (ProblemCode | ExpectedProblem)[];
};

const row =
  (status: RowStatus) =>
  (line: number, { problems = [], repairs = [], ...others }: RowDetails = {}): ExpectedRow => ({
    line,
    status,
    problems: inFull(problems),
    repairs,
    ...others,
  });

const inFull = (problems: readonly (ProblemCode | ExpectedProblem)[]): ExpectedProblem[] =>
  problems.map((problem) => (typeof problem === 'string' ? { code: problem } : problem));

export const createdRow = row('created');
export const pendingRow = row('pending');
export const waitingRow = row('waiting');
export const updatedRow = row('updated');
export const unchangedRow = row('unchanged');
export const skippedRow = row('skipped');

/** A row that makes this person, with nothing to say about it. */
export const creates = (line: number, person: ExpectedPerson): ExpectedRow => createdRow(line, { person });

/** The same in a preview, for files of which nothing but the reading is at stake. */
export const plans = (line: number, person: ExpectedPerson): ExpectedRow =>
  pendingRow(line, { person, channels: ['email', 'sms'] });

/** A row that makes a person after these repairs. */
export const repaired = (line: number, repairs: readonly ExpectedRepair[], person: ExpectedPerson): ExpectedRow =>
  createdRow(line, { repairs, person });

/** A row that is refused for exactly these reasons. */
export const rejects = (line: number, ...problems: (ProblemCode | ExpectedProblem)[]): ExpectedRow => ({
  line,
  status: 'rejected',
  problems: inFull(problems),
});
