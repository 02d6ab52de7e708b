import { asWritten, somebody } from '../people-fixtures';
import { createdRow, creates, declare, rejects, skippedRow, waitingRow } from '../case';
import type { CorpusCase, ExpectedProblem, ExpectedRow } from '../case';
import type { OrganisationName } from '../organisations';
import { CLIENT_HEADER, clientLine, clientsText, writeRecords } from '../writers/write-text';
import type { Cells } from '../writers/write-text';

/** What one row changes about somebody with whom nothing is wrong, and what has to come of it. */
type Change = readonly [changes: Cells, expected: (line: number, cells: Cells) => ExpectedRow];

/** A clients file in the template's own dialect, one change a row. */
export function rowByRow(
  name: string,
  about: string,
  changes: readonly Change[],
  more: { organisation?: OrganisationName } = {},
): CorpusCase {
  const people = changes.map(([change], i) => somebody(name, `p${i + 2}`, change));
  return declare(name, {
    about,
    content: clientsText(people),
    rows: changes.map(([, expected], i) => expected(i + 2, people[i]!)),
    ...more,
  });
}

type Code = ExpectedProblem['code'];
const isRefused =
  (...problems: (Code | ExpectedProblem)[]): Change[1] =>
  (line) =>
    rejects(line, ...problems);
/** Stored exactly as typed. */
const isKept: Change[1] = (line, cells) => creates(line, asWritten(cells));
const warns =
  (...problems: (Code | ExpectedProblem)[]): Change[1] =>
  (line, cells) =>
    createdRow(line, { problems, person: asWritten(cells) });

const names: CorpusCase[] = [
  rowByRow('names-of-the-world', 'has names of many scripts and forms, all of them kept as they are', [
    [{ firstName: 'María José', lastName: 'Núñez de la Peña' }, isKept],
    [{ firstName: "D'Arcy", lastName: 'O’Brien' }, isKept],
    [{ firstName: 'Anne-Marie', lastName: 'van der Berg-Šušteršič' }, isKept],
    // Composed of letters and combining marks, which stay apart.
    [{ firstName: 'Jose\u0301', lastName: 'Nu\u0303n\u0303ez' }, isKept],
    [{ firstName: 'Ngọc Ánh', lastName: 'Trần' }, isKept],
    [{ firstName: 'עמית', lastName: 'בן־עמי' }, isKept],
    // With the marks of direction that go with the script.
    [{ firstName: '\u200fفاطمة\u200e', lastName: 'الزهراء' }, isKept],
    // A non-joiner between the letters, which changes how the name reads.
    [{ firstName: 'می\u200cخواهم', lastName: 'अनुष्\u200dका' }, isKept],
    [{ firstName: '明', lastName: '王' }, isKept],
    [{ firstName: '👩🏽‍🚀', lastName: '🏳️‍🌈 Lee' }, isKept],
    [{ firstName: 'Z\u0351\u0363a\u0334\u035dl\u0321g\u031ao', lastName: '𝒜𝓃𝓃' }, isKept],
    [{ firstName: 'X', lastName: 'Æ A-12' }, isKept],
    [{ firstName: 'Null', lastName: 'Nan', company: 'NONE' }, isKept],
    [{ firstName: 'Ann "Annie"', lastName: 'St. John, Esq.' }, isKept],
    [{ firstName: '<script>alert(1)</script>', lastName: "Robert'); DROP TABLE clients;--" }, isKept],
    [{ firstName: '$where', lastName: '{"$gt":""}', company: '__proto__' }, isKept],
  ]),
  rowByRow('names-like-formulas', 'has names that a spreadsheet would take for formulas: they are data', [
    [{ firstName: '=1+1', lastName: '=cmd|"/C calc"!A0' }, isKept],
    [{ firstName: '+1', lastName: '-2+3' }, isKept],
    [{ firstName: '@SUM(A1:A9)', company: '=HYPERLINK("http://example.com","Click")' }, isKept],
    [{ firstName: '＝1+1', lastName: '﹢1' }, isKept],
  ]),
  rowByRow('names-of-programs', 'has what programs leave in place of a text, none of which is a name', [
    [{ firstName: '????' }, isRefused({ code: 'cell.lost-letters', letter: 'A', value: '????' })],
    [{ lastName: '#REF!', company: '#N/A' }, isRefused('cell.formula-error', 'cell.formula-error')],
    [{ firstName: '\\N', lastName: '(null)' }, isRefused('cell.no-value', 'cell.no-value')],
    [{ firstName: 'Ren&eacute;e' }, isRefused({ code: 'cell.escaped-letters', value: 'Ren&eacute;e' })],
    [{ firstName: '\u3164' }, isRefused('first-name.missing')],
    [
      { firstName: '="Ann"', company: 'NULL' },
      (line) =>
        createdRow(line, {
          person: { firstName: 'Ann', company: null },
          repairs: [
            ['First Name', '="Ann"', 'Ann'],
            ['Company', 'NULL', ''],
          ],
        }),
    ],
  ]),
  rowByRow('names-missing', 'lacks names, in every way in which a cell can be blank', [
    [{ firstName: '' }, isRefused({ code: 'first-name.missing', column: 'First Name', letter: 'A', value: null })],
    [{ lastName: '' }, isRefused({ code: 'last-name.missing', column: 'Last Name', letter: 'B', value: null })],
    [{ firstName: '   ' }, isRefused('first-name.missing')],
    [{ lastName: '\u00a0' }, isRefused('last-name.missing')],
    [{ firstName: '\u200b\u200d' }, isRefused('first-name.missing')],
    [{ firstName: '', lastName: ' ' }, isRefused('first-name.missing', 'last-name.missing')],
  ]),
  rowByRow('names-with-control-characters', 'has control characters in its names and companies', [
    [{ firstName: 'Ann\u0007' }, isRefused({ code: 'first-name.invalid', letter: 'A', value: 'Ann\u0007' })],
    [{ lastName: 'Le\te' }, isRefused('last-name.invalid')],
    [{ firstName: 'Ann\nMarie' }, isRefused('first-name.invalid')],
    [{ lastName: 'Lee\u2028Smith' }, isRefused('last-name.invalid')],
    [{ company: 'Lee\u001b[31m' }, isRefused({ code: 'company.invalid', letter: 'F' })],
    [{ firstName: 'A\u0085nn', lastName: 'L\u007fee' }, isRefused('first-name.invalid', 'last-name.invalid')],
  ]),
  rowByRow('names-of-every-length', 'has names and companies as long as they may be, and longer', [
    [{ firstName: 'A'.repeat(100), lastName: '🎉'.repeat(100), company: 'C'.repeat(200) }, isKept],
    [{ firstName: 'A'.repeat(101) }, isRefused({ code: 'first-name.too-long', says: ['101', '100'] })],
    [{ lastName: '🎉'.repeat(101) }, isRefused({ code: 'last-name.too-long', says: ['101', '100'] })],
    [{ company: 'C'.repeat(201) }, isRefused({ code: 'company.too-long', says: ['201', '200'] })],
    [{ firstName: 'A'.repeat(5000) }, isRefused({ code: 'first-name.too-long', says: ['5000'] })],
  ]),
];

const addresses = 'emails-good';
const emails: CorpusCase[] = [
  rowByRow(addresses, 'has addresses that look odd and are good', [
    [{ email: `ann+clients@${addresses}.example` }, isKept],
    [{ email: `Ann.LEE@${addresses.toUpperCase()}.example` }, isKept],
    [{ email: `o'brien@${addresses}.example` }, isKept],
    [{ email: `a&b=c!d#e@${addresses}.example` }, isKept],
    [{ email: 'ann@münchen-emails-good.example' }, isKept],
    [{ email: `${'x'.repeat(64)}@${addresses}.example` }, isKept],
    [{ email: `ann@sub.sub.sub.${addresses}.example` }, isKept],
    [{ email: `1@${addresses}.example` }, isKept],
  ]),
  rowByRow('emails-bad', 'has addresses to which no mail can be sent', [
    [{ email: '' }, isRefused({ code: 'email.missing', column: 'Email', letter: 'C', value: null })],
    [{ email: 'ann' }, isRefused({ code: 'email.invalid', value: 'ann' })],
    [{ email: 'ann@localhost' }, isRefused('email.invalid')],
    [{ email: '@emails-bad.example' }, isRefused('email.invalid')],
    [{ email: 'ann@' }, isRefused('email.invalid')],
    [{ email: '.ann@emails-bad.example' }, isRefused('email.invalid')],
    [{ email: 'ann@@emails-bad.example' }, isRefused('email.invalid')],
    [{ email: `${'x'.repeat(65)}@emails-bad.example` }, isRefused('email.invalid')],
    [{ email: `ann@${'x'.repeat(64)}.example` }, isRefused('email.invalid')],
    [{ email: 'ann@emails_bad.example' }, isRefused('email.invalid')],
    [{ email: 'ann@emails-bad-.example' }, isRefused('email.invalid')],
    [{ email: 'ann@emails-bad.example, bob@emails-bad.example' }, isRefused('email.invalid')],
    [{ email: '"ann lee"@emails-bad.example' }, isRefused('email.invalid')],
    [{ email: 'änn@emails-bad.example' }, isRefused('email.invalid')],
    [{ email: 'ann@emails\u200b-bad.example' }, isRefused('email.invalid')],
    [{ email: 'n/a' }, isRefused('email.invalid')],
  ]),
  rowByRow('emails-suggested', 'has addresses that can be guessed, and are not changed', [
    [
      { email: 'Ann Lee <ann@emails-suggested.example>' },
      isRefused({ code: 'email.invalid', suggestion: 'ann@emails-suggested.example' }),
    ],
    [
      { email: 'mailto:bob@emails-suggested.example' },
      isRefused({ code: 'email.invalid', suggestion: 'bob@emails-suggested.example' }),
    ],
    [
      { email: 'cy @emails-suggested.example' },
      isRefused({ code: 'email.invalid', suggestion: 'cy@emails-suggested.example' }),
    ],
    [
      { email: 'di..lee@emails-suggested.example' },
      isRefused({ code: 'email.invalid', suggestion: 'di.lee@emails-suggested.example' }),
    ],
    [
      { email: 'ed@emails-suggested.example.' },
      isRefused({ code: 'email.invalid', suggestion: 'ed@emails-suggested.example' }),
    ],
    [
      { email: 'emails-suggested@gmial.com' },
      warns({ code: 'email.domain-typo', suggestion: 'emails-suggested@gmail.com' }),
    ],
    [
      { email: 'emails-suggested@hotmial.com' },
      warns({ code: 'email.domain-typo', suggestion: 'emails-suggested@hotmail.com' }),
    ],
    [
      { email: 'emails-suggested@yahoo.con' },
      warns({ code: 'email.domain-typo', suggestion: 'emails-suggested@yahoo.com' }),
    ],
    [{ email: 'emails-suggested@gmail.com' }, isKept],
  ]),
  rowByRow('emails-twice', 'has the same addresses more than once, spelt in different ways', [
    [{ email: 'ann@emails-twice.example' }, isKept],
    [
      { email: 'ANN@EMAILS-TWICE.example' },
      isRefused({ code: 'email.duplicate-in-file', line: 3, letter: 'C', says: ['row 2'] }),
    ],
    [{ email: 'bob@zürich-emails-twice.example' }, isKept],
    [
      { email: 'bob@xn--zrich-emails-twice-m6b.example' },
      isRefused({ code: 'email.duplicate-in-file', says: ['row 4'] }),
    ],
    [
      { email: 'ann@emails-twice.example', mobile: '' },
      isRefused({ code: 'email.duplicate-in-file', says: ['row 2'] }, 'mobile.missing'),
    ],
    [{ email: 'cy@emails-twice.example', lastName: '' }, isRefused('last-name.missing')],
    [{ email: 'cy@emails-twice.example' }, isRefused({ code: 'email.duplicate-in-file', says: ['row 7'] })],
  ]),
  rowByRow('cells-swapped', 'has address and number in each other’s columns', [
    [
      { email: '+12125550123', mobile: 'ann@cells-swapped.example' },
      isRefused(
        { code: 'email.invalid', suggestion: 'ann@cells-swapped.example', says: ['Mobile'] },
        { code: 'mobile.invalid', suggestion: '+12125550123', says: ['Email'] },
      ),
    ],
    [
      { email: '07911 123456', mobile: 'bob@cells-swapped.example' },
      isRefused(
        { code: 'email.invalid', suggestion: 'bob@cells-swapped.example' },
        { code: 'mobile.invalid', suggestion: '+447911123456' },
      ),
    ],
  ]),
];

const mobiles: CorpusCase[] = [
  rowByRow('mobiles-good', 'has numbers of many countries as they should be', [
    [{ mobile: '+447911123456' }, isKept],
    [{ mobile: '+61491570156' }, isKept],
    [{ mobile: '+46701740605' }, isKept],
    [{ mobile: '+491512345678' + '9' }, isKept],
    [{ mobile: '+33612345678' }, isKept],
    [{ mobile: '+8613800138000' }, isKept],
    [{ mobile: '+919876543210' }, isKept],
  ]),
  rowByRow('mobiles-bad', 'has numbers that no phone has', [
    [{ mobile: '' }, isRefused({ code: 'mobile.missing', column: 'Mobile', letter: 'D', value: null })],
    [{ mobile: '+44' }, isRefused({ code: 'mobile.invalid', value: '+44' })],
    [{ mobile: '+4479111234' }, isRefused('mobile.invalid')],
    [{ mobile: '+4479111234567' }, isRefused('mobile.invalid')],
    [{ mobile: '+99912345678' }, isRefused('mobile.invalid')],
    [{ mobile: '+1555' }, isRefused('mobile.invalid')],
    [{ mobile: 'none' }, isRefused('mobile.invalid')],
    [{ mobile: '+447911123456 ext. 7' }, isRefused('mobile.invalid')],
    [{ mobile: '+447911123456 / +447911123457' }, isRefused('mobile.invalid')],
    [{ mobile: '+447911 12345O' }, isRefused('mobile.invalid')],
    [{ mobile: '12' }, isRefused('mobile.invalid')],
  ]),
  rowByRow('mobiles-in-scientific-notation', 'has numbers that a spreadsheet has shortened', [
    [{ mobile: '4.47911E+11' }, isRefused({ code: 'mobile.scientific-notation', letter: 'D', value: '4.47911E+11' })],
    [{ mobile: '4,47911E+11' }, isRefused('mobile.scientific-notation')],
    [{ mobile: '4.47911e11' }, isRefused('mobile.scientific-notation')],
    [{ mobile: ' +4.47911E+11 ' }, isRefused('mobile.scientific-notation')],
  ]),
  rowByRow('mobiles-as-amounts', 'is of pandas 3.1.1, whose columns of whole numbers with a gap are amounts', [
    [{ mobile: '12125550123.0' }, isRefused({ code: 'mobile.invalid', suggestion: '+12125550123' })],
    [{ mobile: '' }, isRefused('mobile.missing')],
    [{ mobile: '447911123456.0' }, isRefused({ code: 'mobile.invalid', suggestion: '+447911123456' })],
    [{ mobile: '4915123456789,00' }, isRefused({ code: 'mobile.invalid', suggestion: '+4915123456789' })],
    [{ mobile: '99912345678.0' }, isRefused({ code: 'mobile.invalid', suggestion: null })],
  ]),
  rowByRow('mobiles-landline', 'has landlines, which get no SMS', [
    [
      { mobile: '+442079460958' },
      (line) => createdRow(line, { problems: [{ code: 'mobile.landline', letter: 'D' }], channels: ['email'] }),
    ],
    [{ mobile: '+447911123456' }, (line) => createdRow(line, { channels: ['email', 'sms'] })],
    [
      { mobile: '020 7946 0958' },
      (line) =>
        createdRow(line, {
          problems: ['mobile.landline'],
          repairs: [['Mobile', '020 7946 0958', '+442079460958']],
          channels: ['email'],
        }),
    ],
  ]),
  rowByRow(
    'mobiles-landline-mail-only',
    'has a landline, which does not matter where no SMS is sent',
    [[{ mobile: '+442079460958' }, (line) => createdRow(line, { channels: ['email'] })]],
    { organisation: 'mail-only' },
  ),
  rowByRow(
    'mobiles-landline-text-only',
    'has a landline where only SMS are sent, so that the person could not be invited at all',
    [
      // Not the warning as well, which says that nothing need be done.
      [{ mobile: '+442079460958' }, isRefused({ code: 'mobile.unreachable', letter: 'D' })],
      [{}, (line) => createdRow(line, { channels: ['sms'] })],
    ],
    { organisation: 'text-only' },
  ),
  rowByRow(
    'mobiles-without-a-country',
    'has national numbers, and the organisation has no default country',
    [
      [{ mobile: '07911 123456' }, isRefused({ code: 'mobile.not-international', value: '07911 123456' })],
      [{ mobile: '7911123456' }, isRefused('mobile.not-international')],
      [
        { mobile: '447911123456' },
        (line) =>
          createdRow(line, {
            repairs: [['Mobile', '447911123456', '+447911123456']],
            person: { mobile: '+447911123456' },
          }),
      ],
      [{ mobile: '+447911123456' }, isKept],
    ],
    { organisation: 'abroad' },
  ),
  rowByRow(
    'mobiles-of-two-countries',
    'has numbers that are mobiles of two countries, or an extension that makes another number, and services',
    [
      [{ mobile: '13123894213' }, isRefused({ code: 'mobile.ambiguous', says: ['United States or China'] })],
      [{ mobile: '(479) 212-3456' }, isRefused({ code: 'mobile.not-international', suggestion: null })],
      [{ mobile: '+43 664 1234567-12' }, isRefused({ code: 'mobile.ambiguous', says: ['Austria'] })],
      [
        { mobile: '+449098790000' },
        (line) => createdRow(line, { problems: [{ code: 'mobile.not-a-mobile', letter: 'D' }], channels: ['email'] }),
      ],
    ],
    { organisation: 'abroad' },
  ),
];

const roles: CorpusCase[] = [
  rowByRow('roles', 'has roles that clients have and others', [
    [{ role: 'Client' }, isKept],
    [{ role: '' }, isKept],
    [
      { role: 'Staff' },
      isRefused({ code: 'role.unknown', column: 'Role', letter: 'E', value: 'Staff', says: ['Staff', 'staff'] }),
    ],
    [{ role: 'system administrator' }, isRefused({ code: 'role.unknown', says: ['System Administrator'] })],
    [{ role: 'Cleint' }, isRefused({ code: 'role.unknown', suggestion: 'Client' })],
    [{ role: 'King' }, isRefused({ code: 'role.unknown', suggestion: null })],
  ]),
];

const teams: CorpusCase[] = [
  rowByRow('teams', 'names client teams that there are, and others', [
    [{ group: 'Riverside' }, isKept],
    [{ group: 'Zürich_Nord' }, isKept],
    [{ group: 'MAYFAIR' }, (line) => creates(line, { teams: ['Mayfair'] })],
    // A letter and a combining mark, as a Mac may write it.
    [{ group: 'Zu\u0308rich_Nord' }, (line) => creates(line, { teams: ['Zürich_Nord'] })],
    [{ group: '' }, isRefused({ code: 'group.missing', column: 'Group Identifier', letter: 'G', value: null })],
    [
      { group: 'Mayfare' },
      isRefused({ code: 'group.unknown', value: 'Mayfare', suggestion: 'Mayfair', says: ['Mayfair'] }),
    ],
    [{ group: 'Elsewhere' }, isRefused({ code: 'group.unknown', suggestion: null })],
    [{ group: 'May fair' }, isRefused({ code: 'group.invalid-name', suggestion: 'Mayfair' })],
    [{ group: "May'fair" }, isRefused('group.invalid-name')],
    [{ group: 'Mayfair;Riverside' }, isRefused('group.invalid-name')],
    [{ group: '(Riverside)' }, isRefused({ code: 'group.invalid-name', suggestion: 'Riverside' })],
  ]),
  rowByRow('team-without-active-staff', 'names a client team whose staff has not accepted yet', [
    [
      { group: 'Empty_Quarter' },
      (line) =>
        waitingRow(line, {
          problems: [{ code: 'group.waiting', letter: 'G', says: ['Empty_Quarter'] }],
          person: { firstName: 'Ann' },
        }),
    ],
    [{}, isKept],
    [{ group: 'empty_quarter', email: 'nobody' }, isRefused('email.invalid')],
  ]),
  rowByRow(
    'default-team',
    'leaves the client team blank, and the organisation has a default team',
    [
      [{ group: '' }, (line) => creates(line, { teams: ['Riverside'] })],
      [{ group: '  ' }, (line) => creates(line, { teams: ['Riverside'] })],
      [{ group: 'Mayfair' }, isKept],
      [{ group: 'Nowhere' }, isRefused('group.unknown')],
    ],
    { organisation: 'house' },
  ),
];

const whole: CorpusCase[] = [
  rowByRow('everything-wrong', 'has rows in which all is wrong, and all of it is said', [
    [
      {
        firstName: '',
        lastName: 'Le\ne',
        email: 'nobody',
        mobile: '4.4E+11',
        role: 'King',
        company: 'a\tb',
        group: 'Nowhere',
      },
      isRefused(
        { code: 'first-name.missing', letter: 'A' },
        { code: 'last-name.invalid', letter: 'B' },
        { code: 'email.invalid', letter: 'C' },
        { code: 'mobile.scientific-notation', letter: 'D' },
        { code: 'role.unknown', letter: 'E' },
        { code: 'company.invalid', letter: 'F' },
        { code: 'group.unknown', letter: 'G' },
      ),
    ],
    [{}, isKept],
  ]),
  declare('template-example-left-in', {
    about: 'still has the example row of the template',
    content: clientsText([
      {
        firstName: 'Jane',
        lastName: 'Example',
        email: 'jane.example@example.com',
        mobile: '+447911123456',
        role: 'Client',
        company: 'Example Ltd',
        group: 'YourTeam',
      },
      somebody('template-example-left-in'),
    ]),
    rows: [skippedRow(2, { problems: ['row.template-example'] }), createdRow(3)],
  }),
  declare('total-below', {
    about: 'has a total below its client',
    content: `${clientsText([somebody('total-below')])}Total,,,,,,1\n`,
    rows: [
      createdRow(2),
      rejects(
        3,
        'row.not-a-person',
        ...(['last-name.missing', 'email.missing', 'mobile.missing', 'group.unknown'] as const),
      ),
    ],
  }),
  declare('languages', {
    about: 'has a column of languages, one of which is unknown',
    content: writeRecords([
      [...CLIENT_HEADER, 'Language'],
      ...(['de-AT', 'Klingonese', ''] as const).map((language, i) => [
        ...clientLine(somebody('languages', `p${i + 2}`)),
        language,
      ]),
    ]),
    rows: [
      createdRow(2),
      createdRow(3, { problems: [{ code: 'language.unknown', column: 'Language', letter: 'H', value: 'Klingonese' }] }),
      createdRow(4),
    ],
  }),
  declare('template-as-it-is', {
    about: 'is the template itself, with nothing filled in',
    content:
      "\ufeffFirst Name,Last Name,Email,Mobile,Role,Company,Group Identifier\r\nJane,Example,jane.example@example.com,'+447911123456,Client,Example Ltd,YourTeam\r\n",
    rows: [skippedRow(2, { problems: ['row.template-example'] })],
  }),
];

export const ROWS: readonly CorpusCase[] = [...names, ...emails, ...mobiles, ...roles, ...teams, ...whole];
