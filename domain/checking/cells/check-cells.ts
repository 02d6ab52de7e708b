import type { ImportKind } from '../../../contract/import';
import type { Channel } from '../../../contract/invitation';
import type { ClientTeam } from '../../client-team';
import type { ColumnKey } from '../../columns';
import { tidyCell } from '../../formula-guard';
import { personKindOf } from '../../person';
import type { StaffRole } from '../../../contract/access/staff-roles';
import type { PersonValues } from '../../person';
import { shorten } from '../../problems/make-problem';
import type { TableRow } from '../../table';
import { acceptedValue } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';
import { checkEmail, parseEmail } from './check-email';
import type { EmailAddress } from './check-email';
import { checkMobile, looksLikeMobile } from './check-mobile';
import type { MobileNumber } from './check-mobile';
import { checkClientRole, checkStaffRole } from './check-role';
import { checkGroup, checkTeams } from './check-teams';
import { checkLanguage } from './check-language';
import { checkCompany, checkFirstName, checkLastName } from './check-text';
import type { TeamFinder } from './find-team';

/** The rules for the cells of all rows. */
export interface CellRules {
  kind: ImportKind;
  /** ISO 3166 alpha-2, such as GB. */
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
  language: CellVerdict<string | null>;
}

/** Checks each cell of a row by itself. `headerOf` gives the header of a column in the file. */
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
    language: checkLanguage(cells.language ?? ''),
  };
  warnOfNoSms(verdicts.mobile, channels);
  suggestSwap(verdicts, defaultCountry, headerOf);
  return verdicts;
}

/** The person that a row without a rejected cell describes. */
export function toPerson(kind: ImportKind, verdicts: RowVerdicts): PersonValues {
  const email = acceptedValue(verdicts.email);
  const mobile = acceptedValue(verdicts.mobile);
  const teams = verdicts.group ?? verdicts.teams;
  const language = acceptedValue(verdicts.language);
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
    ...(language !== null && { language }),
  };
}

/** A field that a row may leave blank. A blank one never empties the field of a known person. */
export type OpenField = 'company' | 'teamIds' | 'language';

/** The fields that a good row leaves blank. A blank group means the default team only for a person without a team. */
export function openFieldsOf({ cells }: TableRow, { company, teams, language }: RowVerdicts): OpenField[] {
  const fields: OpenField[] = company?.value === null ? ['company'] : [];
  if (language.value === null) fields.push('language');
  const namesNoTeam = teams ? teams.value?.length === 0 : tidyCell(cells.group ?? '') === '';
  return namesNoTeam ? [...fields, 'teamIds'] : fields;
}

function warnOfNoSms({ value, problems }: CellVerdict<MobileNumber>, channels: readonly Channel[]): void {
  // Without another channel it is an error, which `decideRow` reports.
  if (!value || value.type === 'mobile' || !channels.includes('sms') || !channels.includes('email')) return;
  problems.push({ code: value.type === 'fixed-line' ? 'mobile.landline' : 'mobile.not-a-mobile' });
}

/** Two rejected cells have probably changed places if each fits into the other. */
function suggestSwap(
  { email, mobile }: Pick<RowVerdicts, 'email' | 'mobile'>,
  defaultCountry: string | null,
  headerOf: (key: ColumnKey) => string,
): void {
  if (email.value || mobile.value) return;
  const address = parseEmail(mobile.text)?.address;
  if (address === undefined || !looksLikeMobile(email.text)) return;
  const number = checkMobile(email.text, defaultCountry).value?.number ?? shorten(email.text.trim());
  email.problems = [{ code: 'email.invalid', details: { swappedWith: headerOf('mobile') }, suggestion: address }];
  mobile.problems = [{ code: 'mobile.invalid', details: { swappedWith: headerOf('email') }, suggestion: number }];
}
