import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { CellProblem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import type { RowStatus } from '../../contract/row';
import type { PlannedAction, RowPlan } from '../../contract/row-plan';
import type { LineUndo } from '../../contract/undo/undo';
import type { Ignored } from '../checking/row-edits';
import type { ColumnKey } from '../columns';
import type { PersonValues } from '../person';
import { maskEmail, maskIfContact, maskMobile } from '../problems/mask';
import { undoSentence } from '../undo/undo-texts';
import { joinCodes, joinSentences, sentenceOf } from '../problems/problem-sentences';

const INVITATION_HEADERS = {
  email: 'Invitation by e-mail',
  sms: 'Invitation by SMS',
} as const satisfies Record<Channel, string>;

export const REPORT_HEADER = [
  'Line',
  'Status',
  'First name',
  'Last name',
  'E-mail',
  'Mobile',
  'Client team',
  'Result',
  INVITATION_HEADERS.email,
  INVITATION_HEADERS.sms,
  'Codes',
  'Problems and fixes',
] as const;

/** A row of an import with everything that came of it. */
export interface ReportRow {
  row: number;
  status: RowStatus;
  /** `null` for a rejected row, which has `cells` instead. */
  person: PersonValues | null;
  cells?: Partial<Record<ColumnKey, string>>;
  plan: RowPlan;
  ignored?: Pick<Ignored, 'reason'>;
  /** What the undo of the import has done about it. */
  undo?: Pick<LineUndo, 'outcome'>;
  problems: readonly CellProblem[];
  /** At most one a channel. */
  invitations: readonly { channel: Channel; state: InvitationState; code?: ProblemCode }[];
}

export interface ReportOptions {
  /** Names of the organisation's client teams by their ids. */
  teamNames: ReadonlyMap<string, string>;
  /** Whether addresses and numbers are hidden from the reader. */
  masked: boolean;
}

/** One line of the report, with the cells of `REPORT_HEADER`. */
export function reportRecord(row: ReportRow, options: ReportOptions): string[] {
  const { firstName, lastName, email, mobile, teams } = identityOf(row, options);
  const problems = [...row.problems, ...problemsOfInvitations(row)];
  const sentences = problems.map((problem) => sentenceOf(problem, row.row, { withSuggestion: !options.masked }));
  return [
    `${row.row}`,
    row.status,
    firstName,
    lastName,
    email,
    mobile,
    teams,
    `${describeResult(row)}${keptByUndo(row)}`,
    ...CHANNELS.map((channel) => row.invitations.find((invitation) => invitation.channel === channel)?.state ?? ''),
    joinCodes(problems),
    joinSentences(sentences),
  ];
}

/** Why invitations did not go out, unless the check of the row gave the same reason already. */
function problemsOfInvitations({ problems, invitations }: ReportRow): CellProblem[] {
  return invitations.flatMap(({ channel, code }) => {
    if (code === undefined || problems.some((problem) => problem.code === code)) return [];
    return [{ code, column: INVITATION_HEADERS[channel], letter: null, value: null }];
  });
}

function identityOf({ person, cells = {} }: ReportRow, { teamNames, masked }: ReportOptions) {
  const { firstName = '', lastName = '', email = '', mobile = '' } = person ?? cells;
  const named = person?.teamIds.map((id) => teamNames.get(id) ?? id).join('; ');
  const teams = named ?? cells.group ?? cells.teams ?? '';
  if (!masked) return { firstName, lastName, email, mobile, teams };
  // If cells have slipped to another column, an address may stand in the column of a name.
  return {
    firstName: maskIfContact(firstName),
    lastName: maskIfContact(lastName),
    email: email && maskEmail(email),
    mobile: mobile && maskMobile(mobile),
    teams: maskIfContact(teams),
  };
}

/** Why the undo of the import has not undone a row; one that it has undone says so itself. */
const keptByUndo = ({ status, undo }: Pick<ReportRow, 'status' | 'undo'>): string =>
  undo && status !== 'undone' ? `. ${undoSentence(undo.outcome, true)}` : '';

const NOT_READY = 'until a staff member of the client team is active';

/** The result of a row, or its plan, for an office worker. */
export function describeResult({
  status,
  plan,
  ignored,
  problems = [],
}: Pick<ReportRow, 'status' | 'plan' | 'ignored'> & Partial<Pick<ReportRow, 'problems'>>): string {
  switch (status) {
    case 'pending':
      return PLANNED[plan.action];
    case 'waiting':
      return `Waiting ${NOT_READY}`;
    case 'rejected':
      return 'Rejected; nothing was created or sent';
    case 'created':
      return 'Created';
    case 'updated':
      return `Changed: ${changedFieldNames(plan)}`;
    case 'unchanged':
      return plan.channels.length > 0 ? 'Known already; invited again' : 'Known already; left unchanged';
    case 'skipped':
      if (problems.some(({ code }) => code === 'person.erased')) return 'Skipped: the person was erased';
      return plan.personId === undefined ? 'Skipped: the example row of the template' : 'Skipped: known already';
    case 'ignored':
      return ['Put aside, as no person', ignored?.reason].filter(Boolean).join(': ');
    case 'undone':
      return 'Undone: the person was removed, or has the former values again';
    case 'cancelled':
      return 'Cancelled in time; nothing was created or sent';
  }
}

const PLANNED: Readonly<Record<PlannedAction, string>> = {
  create: 'To be created',
  update: 'To be changed',
  unchanged: 'Known already; to be left unchanged',
  skip: 'To be skipped',
  ignore: 'To be put aside',
  wait: `To wait ${NOT_READY}`,
  reject: 'To be rejected',
};

const changedFieldNames = ({ changes = [] }: RowPlan): string =>
  changes.map(({ field }) => FIELD_NAMES[field] ?? field).join(', ');

export const FIELD_NAMES: Readonly<Record<string, string>> = {
  firstName: 'first name',
  lastName: 'last name',
  email: 'e-mail',
  mobile: 'mobile',
  company: 'company',
  role: 'role',
  group: 'client team',
  teams: 'client teams',
};
