import type { ImportKind } from '../../../contract/import';
import type { Channel } from '../../../contract/invitation';
import { acceptedValue } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';
import { checkEmail, parseEmail } from './check-email';
import type { EmailAddress } from './check-email';
import { checkGroup } from './check-team-cells';
import { checkMobile, looksLikeMobile } from './check-mobile';
import type { MobileNumber } from './check-mobile';
import { checkClientRole, checkStaffRole } from './check-role';
import { checkTeams } from './check-teams';
import { checkCompany, checkFirstName, checkLastName } from './check-text';
import type { ColumnKey } from '../../columns';
import type { ClientTeam, TeamFinder } from './find-team';
import { shorten } from '../../problems/make-problem';
import type { OpenField } from '../merge-person';
import { personKindOf } from '../../person';
import type { PersonValues, StaffRole } from '../../person';
import type { TableRow } from '../../table';
import { tidyCell } from './tidy-cell';

/** What the cells of all rows are judged by. */
export interface CellRules {
  kind: ImportKind;
  defaultCountry: string | null;
  findTeam: TeamFinder;
  defaultTeam: ClientTeam | undefined;
  channels: readonly Channel[];
}

/** The verdicts on a row by column; `null` for a column that is not in the template of its kind. */
export interface RowVerdicts {
  firstName: CellVerdict<string>;
  lastName: CellVerdict<string>;
  email: CellVerdict<EmailAddress>;
  mobile: CellVerdict<MobileNumber>;
  role: CellVerdict<StaffRole | null>;
  company: CellVerdict<string | null> | null;
  group: CellVerdict<string[]> | null;
  teams: CellVerdict<string[]> | null;
}

/** Judges each cell of a row by itself. `headerOf` tells how a column is called in the file. */
export function checkCells({ cells }: TableRow, rules: CellRules, headerOf: (key: ColumnKey) => string): RowVerdicts {
  const { kind, defaultCountry, defaultTeam, findTeam, channels } = rules;
  const isStaff = kind === 'staff';
  const verdicts: RowVerdicts = {
    firstName: checkFirstName(cells.firstName ?? ''),
    lastName: checkLastName(cells.lastName ?? ''),
    email: checkEmail(cells.email ?? ''),
    mobile: checkMobile(cells.mobile ?? '', defaultCountry),
    role: isStaff ? checkStaffRole(cells.role ?? '') : checkClientRole(cells.role ?? ''),
    company: isStaff ? null : checkCompany(cells.company ?? ''),
    group: isStaff ? null : checkGroup(cells.group ?? '', findTeam, defaultTeam),
    teams: isStaff ? checkTeams(cells.teams ?? '', findTeam) : null,
  };
  noticeLandline(verdicts.mobile, channels);
  noticeSwap(verdicts, defaultCountry, headerOf);
  return verdicts;
}

/** The person that a row describes in which no cell is refused. */
export function toPerson(kind: ImportKind, verdicts: RowVerdicts): PersonValues {
  const email = acceptedValue(verdicts.email);
  const mobile = acceptedValue(verdicts.mobile);
  const teams = verdicts.group ?? verdicts.teams;
  return {
    kind: personKindOf(kind),
    firstName: acceptedValue(verdicts.firstName),
    lastName: acceptedValue(verdicts.lastName),
    email: email.address,
    emailKey: email.key,
    mobile: mobile.number,
    mobileType: mobile.type,
    company: verdicts.company ? acceptedValue(verdicts.company) : null,
    role: acceptedValue(verdicts.role),
    teamIds: teams ? acceptedValue(teams) : [],
  };
}

/** What a good row says nothing about. A blank group stands for the default team only where there is no team yet. */
export function openFieldsOf({ cells }: TableRow, { company, teams }: RowVerdicts): OpenField[] {
  const fields: OpenField[] = company?.value === null ? ['company'] : [];
  const namesNoTeam = teams ? teams.value?.length === 0 : tidyCell(cells.group ?? '') === '';
  return namesNoTeam ? [...fields, 'teamIds'] : fields;
}

function noticeLandline({ value, findings }: CellVerdict<MobileNumber>, channels: readonly Channel[]): void {
  // Where there is no other channel it is no remark but a reason to refuse the row, which is decided later.
  if (value?.type !== 'fixed-line' || !channels.includes('sms') || !channels.includes('email')) return;
  findings.push({ code: 'mobile.landline' });
}

/** Two refused cells of which each holds what belongs into the other have probably changed places. */
function noticeSwap(
  { email, mobile }: Pick<RowVerdicts, 'email' | 'mobile'>,
  defaultCountry: string | null,
  headerOf: (key: ColumnKey) => string,
): void {
  if (email.value || mobile.value) return;
  const address = parseEmail(mobile.text)?.address;
  if (address === undefined || !looksLikeMobile(email.text)) return;
  const number = checkMobile(email.text, defaultCountry).value?.number ?? shorten(email.text.trim());
  email.findings = [{ code: 'email.invalid', details: { swappedWith: headerOf('mobile') }, suggestion: address }];
  mobile.findings = [{ code: 'mobile.invalid', details: { swappedWith: headerOf('email') }, suggestion: number }];
}
