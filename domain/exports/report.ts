import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { CellProblem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import type { RowStatus } from '../../contract/row';
import type { RowPlan } from '../../contract/row-plan';
import type { ColumnKey } from '../columns';
import { maskEmail, maskIfContact, maskMobile } from '../problems/mask';
import type { PersonValues } from '../person';
import { joinCodes, joinSentences, sentenceOf } from '../problems/problem-sentences';
import { describeResult } from './applied-changes';

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
  'What was done',
  INVITATION_HEADERS.email,
  INVITATION_HEADERS.sms,
  'Codes',
  'What is to be known, and what to do',
] as const;

/** A row of an import with all that came of it. */
export interface ReportRow {
  row: number;
  status: RowStatus;
  /** `null` for a row that was refused; its cells are there instead. */
  person: PersonValues | null;
  cells?: Partial<Record<ColumnKey, string>>;
  plan: RowPlan;
  problems: readonly CellProblem[];
  /** At most one for each channel. */
  invitations: readonly { channel: Channel; state: InvitationState; code?: ProblemCode }[];
}

export interface ReportOptions {
  /** Names of the organisation's client teams by their ids. */
  teamNames: ReadonlyMap<string, string>;
  /** Whether the reader may not see whole addresses and numbers. */
  masked: boolean;
}

/** One line of the report, cell by cell as `REPORT_HEADER` names them. */
export function reportRecord(row: ReportRow, options: ReportOptions): string[] {
  const { firstName, lastName, email, mobile, teams } = whoIsIn(row, options);
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
    describeResult(row),
    ...CHANNELS.map((channel) => row.invitations.find((invitation) => invitation.channel === channel)?.state ?? ''),
    joinCodes(problems),
    joinSentences(sentences),
  ];
}

/** Why invitations did not go out, but for what the check of the row has said already. */
function problemsOfInvitations({ problems, invitations }: ReportRow): CellProblem[] {
  return invitations.flatMap(({ channel, code }) => {
    if (code === undefined || problems.some((problem) => problem.code === code)) return [];
    return [{ code, column: INVITATION_HEADERS[channel], letter: null, value: null }];
  });
}

function whoIsIn({ person, cells = {} }: ReportRow, { teamNames, masked }: ReportOptions) {
  const { firstName = '', lastName = '', email = '', mobile = '' } = person ?? cells;
  const named = person?.teamIds.map((id) => teamNames.get(id) ?? id).join('; ');
  const teams = named ?? cells.group ?? cells.teams ?? '';
  if (!masked) return { firstName, lastName, email, mobile, teams };
  // In a row that has slipped, addresses stand in the columns of names.
  return {
    firstName: maskIfContact(firstName),
    lastName: maskIfContact(lastName),
    email: email && maskEmail(email),
    mobile: mobile && maskMobile(mobile),
    teams: maskIfContact(teams),
  };
}
