import { asWritten, colleague, somebody } from '../people-fixtures';
import { createdRow, creates, declare, rejects, skippedRow } from '../case';
import type { CorpusCase, ExpectedRow } from '../case';
import { clientsText, staffText, writeRecords } from '../writers/write-text';
import type { Cells } from '../writers/write-text';

const file = (name: string, people: readonly Cells[], rows: readonly ExpectedRow[], about: string): CorpusCase =>
  declare(name, { about, content: staffText(people), upload: { kind: 'staff' }, rows });

export const STAFF: readonly CorpusCase[] = [
  file(
    'staff-good',
    [
      colleague('staff-good', 'a', { role: 'System Administrator', teams: '' }),
      colleague('staff-good', 'b', { role: 'User Administrator', teams: 'Mayfair' }),
      colleague('staff-good', 'c', { role: 'Support', teams: 'Mayfair;Riverside;Empty_Quarter' }),
      colleague('staff-good', 'd', { role: 'Staff', teams: ' riverside , MAYFAIR ' }),
      colleague('staff-good', 'e', { role: 'Staff', teams: 'Mayfair; mayfair;' }),
    ],
    [
      createdRow(2, { person: { role: 'System Administrator', teams: [] } }),
      createdRow(3, { person: { role: 'User Administrator', teams: ['Mayfair'] } }),
      createdRow(4, { person: { role: 'Support', teams: ['Mayfair', 'Riverside', 'Empty_Quarter'] } }),
      createdRow(5, {
        repairs: [['Client Teams', ' riverside , MAYFAIR ', 'riverside , MAYFAIR']],
        person: { role: 'Staff', teams: ['Riverside', 'Mayfair'] },
      }),
      createdRow(6, { person: { role: 'Staff', teams: ['Mayfair'] } }),
    ],
    'has staff of every role, in none, one and several teams, whoever is active there',
  ),
  file(
    'staff-bad',
    [
      colleague('staff-bad', 'a', { role: '' }),
      colleague('staff-bad', 'b', { role: 'Client' }),
      colleague('staff-bad', 'c', { role: 'Suport' }),
      colleague('staff-bad', 'd', { teams: 'Mayfair;Mayfare;Nowhere' }),
      colleague('staff-bad', 'e', { teams: 'May fair' }),
      colleague('staff-bad', 'a'),
      colleague('staff-bad', 'f', { firstName: '', mobile: '4.4E+11', role: 'King', teams: 'Nowhere' }),
    ],
    [
      rejects(2, { code: 'role.missing', column: 'Role', letter: 'E', value: null, says: ['User Administrator'] }),
      rejects(3, { code: 'role.unknown', value: 'Client', says: ['Client', 'clients'] }),
      rejects(4, { code: 'role.unknown', suggestion: 'Support' }),
      rejects(
        5,
        { code: 'group.unknown', column: 'Client Teams', letter: 'F', value: 'Mayfare', suggestion: 'Mayfair' },
        { code: 'group.unknown', value: 'Nowhere' },
      ),
      rejects(6, { code: 'group.invalid-name', value: 'May fair', suggestion: 'Mayfair' }),
      rejects(7, { code: 'email.duplicate-in-file', says: ['row 2'] }),
      rejects(8, 'first-name.missing', 'mobile.scientific-notation', 'role.unknown', 'group.unknown'),
    ],
    'has staff without a role, with a wrong one, and in teams that do not exist',
  ),
  declare('staff-template-as-it-is', {
    about: 'is the staff template itself, with one member of staff below the example',
    content: staffText([
      {
        firstName: 'John',
        lastName: 'Example',
        email: 'john.example@example.com',
        mobile: "'+447911123457",
        role: 'Staff',
        teams: 'YourTeam;AnotherTeam',
      },
      colleague('staff-template-as-it-is'),
    ]),
    upload: { kind: 'staff' },
    rows: [skippedRow(2, { problems: ['row.template-example'] }), createdRow(3)],
  }),
  declare('staff-without-teams-column', {
    about: 'has no column of client teams',
    content: writeRecords([
      ['Vorname', 'Nachname', 'E-Mail', 'Mobil', 'Rolle'],
      ['Sam', 'Stone', 'sam@staff-without-teams-column.example', '+12125550124', 'Staff'],
    ]),
    upload: { kind: 'staff' },
    rows: [createdRow(2, { person: { role: 'Staff', teams: [] } })],
  }),
  declare('staff-without-role-column', {
    about: 'has no column of roles',
    content: writeRecords([
      ['First Name', 'Last Name', 'Email', 'Mobile', 'Client Teams'],
      ['Sam', 'Stone', 'sam@staff-without-role-column.example', '+12125550124', 'Mayfair'],
    ]),
    upload: { kind: 'staff' },
    file: [{ code: 'file.missing-column', column: 'Role' }],
  }),
];

const id = '00000000-0000-4000-8000-000000000000';
const OURS = ['import_line', 'import_status', 'import_code', 'import_message', 'import_id'];

/** Files that were given back, corrected and uploaded again. */
export const CORRECTIONS: readonly CorpusCase[] = [
  declare('corrected-file', {
    about: 'is a corrected file of failed rows, whose guards are undone and whose added columns are ignored',
    content: writeRecords([
      ['First Name', 'Last Name', 'Email', 'Mobile', 'Group Identifier', 'Notes', ...OURS],
      [
        'Ann',
        'Lee',
        'ann@corrected-file.example',
        "'+12125550123",
        'Mayfair',
        "'=note",
        '17',
        'rejected',
        'group.unknown',
        'There is no client team of this name.',
        id,
      ],
      [
        "'=1+1",
        "''+2",
        'bob@corrected-file.example',
        "'+12125550124",
        'Mayfair',
        '',
        '23',
        'rejected',
        'mobile.invalid',
        "'=x",
        id,
      ],
      ['Cy', 'Lee', 'cy@corrected-file.example', 'none', 'Mayfair', '', '24', 'rejected', 'mobile.invalid', '', id],
    ]),
    file: [{ code: 'file.unknown-column', says: ['Notes'] }],
    rows: [
      creates(2, { firstName: 'Ann', mobile: '+12125550123' }),
      // Of the second cell the guard was doubled, since the admin's own file had one already.
      createdRow(3, { person: { firstName: '=1+1', lastName: '+2' }, repairs: [['Last Name', "'+2", '+2']] }),
      rejects(4, { code: 'mobile.invalid', letter: 'D', value: 'none' }),
    ],
  }),
  declare('corrected-file-shuffled', {
    about: 'is a corrected file whose added columns were moved to the front and partly deleted',
    content: writeRecords(
      [
        ['import_message', 'IMPORT_LINE', 'Email', 'Surname', 'Given name', 'Mobile', 'Group'],
        ['wrong', '9', 'ann@corrected-file-shuffled.example', 'Lee', 'Ann', "'+12125550123", 'Mayfair'],
        ['wrong', '11', '', '', '', '', ''],
      ],
      { delimiter: ';' },
    ),
    rows: [creates(2, { firstName: 'Ann', mobile: '+12125550123' })],
  }),
  declare('corrected-file-other-columns', {
    about: 'has a column that begins like ours, which is ignored without a word',
    content: clientsText([somebody('corrected-file-other-columns')])
      .replace(/\r\n/g, ',x\r\n')
      .replace(',x', ',import_note'),
    rows: [creates(2, asWritten(somebody('corrected-file-other-columns')))],
  }),
];
