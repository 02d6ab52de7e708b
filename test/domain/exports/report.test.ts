import { describeResult, REPORT_HEADER, reportRecord } from '../../../domain/exports/report';
import type { ReportRow } from '../../../domain/exports/report';
import { ROW_STATUSES } from '../../../contract/row';
import { PLANNED_ACTIONS } from '../../../contract/row-plan';
import type { PersonValues } from '../../../domain/person';

const MESSAGES = 'Problems and fixes';
const ANN: PersonValues = {
  kind: 'client',
  firstName: 'Ann',
  lastName: 'Lee',
  email: 'ann.lee@example.com',
  emailKey: 'ann.lee@example.com',
  mobile: '+447911123456',
  mobileType: 'mobile',
  company: null,
  role: null,
  teamIds: ['team-1'],
};
const CREATED: ReportRow = {
  row: 2,
  status: 'created',
  person: ANN,
  plan: { action: 'create', channels: ['email', 'sms'] },
  problems: [],
  invitations: [
    { channel: 'sms', state: 'failed', code: 'invitation.not-reachable' },
    { channel: 'email', state: 'sent' },
  ],
};
const REFUSED: ReportRow = {
  row: 3,
  status: 'rejected',
  person: null,
  cells: { firstName: 'Zoë', lastName: '', email: 'zoe@gmial.com', mobile: '0791', group: 'Mayfare' },
  plan: { action: 'reject', channels: [] },
  problems: [
    { code: 'last-name.missing', column: 'Surname', letter: 'B', value: null },
    { code: 'email.invalid', column: 'Email', letter: 'C', value: 'zoe@gmial.com', suggestion: 'zoe@gmail.com' },
  ],
  invitations: [],
};

const record = (row: ReportRow, masked = false): Record<string, string> => {
  const cells = reportRecord(row, { teamNames: new Map([['team-1', 'Mayfair']]), masked });
  expect(cells).toHaveLength(REPORT_HEADER.length);
  return Object.fromEntries(REPORT_HEADER.map((name, i) => [name, cells[i]!]));
};

describe('A line of the report', () => {
  it('When somebody was created, then it tells who, in which team, and where each invitation stands and why', () => {
    expect(record(CREATED)).toMatchObject({
      Line: '2',
      Status: 'created',
      'First name': 'Ann',
      'Last name': 'Lee',
      'E-mail': 'ann.lee@example.com',
      Mobile: '+447911123456',
      'Client team': 'Mayfair',
      Result: 'Created',
      'Invitation by e-mail': 'sent',
      'Invitation by SMS': 'failed',
      Codes: 'invitation.not-reachable',
    });
    expect(record(CREATED)[MESSAGES]).toMatch(/\w\. \w/);
  });

  it('When a row was refused, then it shows the cells as typed, and every problem with its place and what to do', () => {
    const line = record(REFUSED);
    expect(line).toMatchObject({
      Status: 'rejected',
      'First name': 'Zoë',
      'Last name': '',
      Mobile: '0791',
      'Client team': 'Mayfare',
      'Invitation by e-mail': '',
      'Invitation by SMS': '',
      Codes: 'last-name.missing email.invalid',
    });
    const message = line[MESSAGES]!;
    expect(message).toContain('Surname (column B): The last name is missing. Fill in the last name');
    expect(message).toContain('Perhaps “zoe@gmail.com” is meant.');
    expect(message).not.toMatch(/[\r\n]/);
  });

  it('When support reads it, then no address and no number is whole, in no column and in no suggestion', () => {
    expect(record(CREATED, true)).toMatchObject({
      'First name': 'Ann',
      'E-mail': 'a•••@•••.com',
      Mobile: '+44•••56',
      'Client team': 'Mayfair',
    });
    expect(JSON.stringify(record(REFUSED, true))).not.toMatch(/zoe|gmail|gmial/);
    const slipped = { ...REFUSED, cells: { firstName: 'ann@example.com', lastName: '+447911123456' } };
    expect(JSON.stringify(record(slipped, true))).not.toMatch(/ann@example|7911123456/);
    expect(record(slipped, true)).toMatchObject({ 'E-mail': '', Mobile: '' });
  });

  it('When an invitation was not sent for a reason, then the reason names its channel', () => {
    const code = 'invitation.account-stopped' as const;
    const both = record({
      ...CREATED,
      invitations: [
        { channel: 'email', state: 'failed', code },
        { channel: 'sms', state: 'failed', code },
      ],
    });
    expect(both.Codes).toBe(code);
    const [byEmail, bySms] = both[MESSAGES]!.split(' / ');
    expect(byEmail).toMatch(/^Invitation by e-mail: [A-Z]/);
    expect(bySms).toBe(byEmail!.replace('e-mail', 'SMS'));
  });

  it('When the check of the row has given the reason already, then it is told once', () => {
    const landline = record({
      ...CREATED,
      problems: [{ code: 'mobile.landline', column: 'Mobile', letter: 'D', value: '+442079460000' }],
      invitations: [{ channel: 'sms', state: 'suppressed', code: 'mobile.landline' }],
    });
    expect(landline).toMatchObject({ Codes: 'mobile.landline', 'Invitation by SMS': 'suppressed' });
    expect(landline[MESSAGES]).toMatch(/^Mobile \(column D\): /);
    expect(landline[MESSAGES]).not.toContain(' / ');
  });

  it('When somebody of the staff is in several teams, then all are named', () => {
    const teamNames = new Map([
      ['a', 'Mayfair'],
      ['b', 'Riverside'],
    ]);
    const cells = reportRecord({ ...CREATED, person: { ...ANN, teamIds: ['a', 'b'] } }, { teamNames, masked: false });
    expect(cells[6]).toBe('Mayfair; Riverside');
  });
});

describe('The result of a row that an undo has come to', () => {
  test.each([
    ['created', 'joined', 'Created. Kept: the person has joined'],
    ['created', 'other-import', 'Created. Kept: another import has changed or invited the person'],
    ['undone', 'undone', 'Undone: the person was removed, or has the former values again'],
  ] as const)('Of one that is %s with the outcome %s it is: %s', (status, outcome, result) => {
    expect(record({ ...CREATED, status, undo: { outcome } })['Result']).toBe(result);
  });
});

describe('The result of a row', () => {
  it.each([
    [
      { status: 'updated', plan: { action: 'update', channels: [], changes: [change('mobile'), change('group')] } },
      'Changed: mobile, client team',
    ],
    [
      { status: 'unchanged', plan: { action: 'unchanged', personId: 'p', channels: ['email'] } },
      'Known already; invited again',
    ],
    [
      { status: 'unchanged', plan: { action: 'unchanged', personId: 'p', channels: [] } },
      'Known already; left unchanged',
    ],
    [{ status: 'skipped', plan: { action: 'skip', personId: 'p', channels: [] } }, 'Skipped: known already'],
    [{ status: 'skipped', plan: { action: 'skip', channels: [] } }, 'Skipped: the example row of the template'],
    [{ status: 'pending', plan: { action: 'create', channels: [] } }, 'To be created'],
  ] as [Parameters<typeof describeResult>[0], string][])('When a row is %j, then it reads: %s', (row, text) => {
    expect(describeResult(row)).toBe(text);
  });

  it('When a row is in any state by any plan, then there is a sentence for it', () => {
    for (const status of ROW_STATUSES)
      for (const action of PLANNED_ACTIONS)
        expect(describeResult({ status, plan: { action, channels: [] } })).toMatch(/^[A-Z]/);
  });
});

function change(field: string) {
  return { field, before: 'a', after: 'b' };
}
