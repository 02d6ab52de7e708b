import { asWritten, colleague, somebody } from '../people-fixtures';
import { createdRow, creates, declare, rejects, repaired } from '../case';
import type { CorpusCase, ExpectedPerson, ExpectedProblem, ExpectedRepair } from '../case';
import type { OrganisationName } from '../organisations';
import { clientsText, staffText } from '../writers/write-text';
import type { Cells } from '../writers/write-text';

interface Mended {
  changes: Cells;
  repairs: readonly ExpectedRepair[];
  person: ExpectedPerson;
}

const NUMBER = '+447911123456';

const mobile = (before: string, after = NUMBER): Mended => ({
  changes: { mobile: before },
  repairs: [['Mobile', before, after]],
  person: { mobile: after },
});

const MENDED = {
  mobiles: [
    mobile('+44 7911 123456'),
    mobile('+44 (0) 7911-123.456'),
    mobile('(+44) 7911 123456'),
    mobile('00447911123456'),
    mobile('00 44 7911 123456'),
    mobile('447911123456'),
    mobile('07911 123456'),
    mobile('07911/123456'),
    mobile("'+447911123456"),
    mobile('’+447911123456'),
    mobile(' +447911123456 '),
    mobile('+44\u00a07911\u00a0123456'),
    mobile('\u202a+447911123456\u202c'),
    mobile('＋４４７９１１１２３４５６'),
    mobile('+44 7911–123–456'),
    mobile('+٤٤٧٩١١١٢٣٤٥٦'),
    mobile('+46 (0)70-174 06 05', '+46701740605'),
    mobile('001 212 555 0123', '+12125550123'),
  ],
  texts: [
    { changes: { firstName: '  Ann' }, repairs: [['First Name', '  Ann', 'Ann']], person: { firstName: 'Ann' } },
    { changes: { lastName: 'Lee\u00a0' }, repairs: [['Last Name', 'Lee\u00a0', 'Lee']], person: { lastName: 'Lee' } },
    {
      changes: { company: '\tLee & Co ' },
      repairs: [['Company', '\tLee & Co ', 'Lee & Co']],
      person: { company: 'Lee & Co' },
    },
    {
      changes: { group: ' Mayfair ' },
      repairs: [['Group Identifier', ' Mayfair ', 'Mayfair']],
      person: { teams: ['Mayfair'] },
    },
    { changes: { firstName: "'=1+1" }, repairs: [['First Name', "'=1+1", '=1+1']], person: { firstName: '=1+1' } },
    { changes: { company: "'@home" }, repairs: [['Company', "'@home", '@home']], person: { company: '@home' } },
    { changes: { lastName: "'t Hart" }, repairs: [], person: { lastName: "'t Hart" } },
    { changes: { firstName: 'Mary  Ann' }, repairs: [], person: { firstName: 'Mary  Ann' } },
    { changes: { role: 'client' }, repairs: [['Role', 'client', 'Client']], person: {} },
    { changes: { role: ' CLIENT ' }, repairs: [['Role', ' CLIENT ', 'Client']], person: {} },
  ],
} satisfies Record<string, Mended[]>;

const peopleOf = (name: string, mended: readonly Mended[]): Cells[] =>
  mended.map(({ changes }, i) => somebody(name, `p${i + 2}`, changes));

const all = (name: string, about: string, mended: readonly Mended[]): CorpusCase =>
  declare(name, {
    about,
    content: clientsText(peopleOf(name, mended)),
    rows: mended.map(({ repairs, person }, i) => repaired(i + 2, repairs, person)),
  });

/** The same cells where nothing may be repaired: each is refused with what it would have become. */
const strictly = (
  name: string,
  about: string,
  mended: readonly Mended[],
  more: { upload?: { strict: boolean }; organisation?: OrganisationName },
): CorpusCase =>
  declare(name, {
    about,
    content: clientsText(peopleOf(name, mended)),
    ...more,
    rows: mended.map(({ repairs, person }, i) =>
      repairs.length === 0
        ? creates(i + 2, person)
        : rejects(
            i + 2,
            ...repairs.map(([column, before, after]): ExpectedProblem => ({
              code: 'row.not-exact',
              column,
              value: before,
              suggestion: after,
            })),
          ),
    ),
  });

const email = 'repairs-emails';

export const REPAIRS: readonly CorpusCase[] = [
  all('repairs-mobiles', 'has mobile numbers in every way in which people write them', MENDED.mobiles),
  all('repairs-texts', 'has spaces, guards and capitals that are put right, and others that are left', MENDED.texts),
  declare('repairs-emails', {
    about: 'has spaces around addresses, and capitals that stay',
    content: clientsText([
      somebody(email, 'x', { email: ` ann@${email}.example ` }),
      somebody(email, 'x', { email: `\u00a0Bob@${email}.example` }),
    ]),
    rows: [
      repaired(2, [['Email', ` ann@${email}.example `, `ann@${email}.example`]], { email: `ann@${email}.example` }),
      repaired(3, [['Email', `\u00a0Bob@${email}.example`, `Bob@${email}.example`]], { email: `Bob@${email}.example` }),
    ],
  }),
  declare('repairs-several-in-a-row', {
    about: 'has several cells of one row to be put right, under headers of its own',
    content:
      'Surname;Given name;Phone;E-mail;Role;Group\n Lee ;Ann ;07911 123 456; ann@repairs-several-in-a-row.example;CLIENT;mayfair \n',
    rows: [
      repaired(
        2,
        [
          ['Surname', ' Lee ', 'Lee'],
          ['Given name', 'Ann ', 'Ann'],
          ['Phone', '07911 123 456', NUMBER],
          ['E-mail', ' ann@repairs-several-in-a-row.example', 'ann@repairs-several-in-a-row.example'],
          ['Role', 'CLIENT', 'Client'],
          ['Group', 'mayfair ', 'mayfair'],
        ],
        { firstName: 'Ann', lastName: 'Lee', mobile: NUMBER, teams: ['Mayfair'] },
      ),
    ],
  }),
  declare('repairs-staff-roles', {
    about: 'has roles of staff in other letters and with a space too many, the help page’s own example',
    content: staffText([
      colleague('repairs-staff-roles', 'a', { role: 'system administrator' }),
      colleague('repairs-staff-roles', 'b', { role: 'User  Administrator ' }),
      colleague('repairs-staff-roles', 'c', { role: 'SUPPORT' }),
      colleague('repairs-staff-roles', 'd', { role: 'Staff' }),
    ]),
    upload: { kind: 'staff' },
    rows: [
      repaired(2, [['Role', 'system administrator', 'System Administrator']], { role: 'System Administrator' }),
      repaired(3, [['Role', 'User  Administrator ', 'User Administrator']], { role: 'User Administrator' }),
      repaired(4, [['Role', 'SUPPORT', 'Support']], { role: 'Support' }),
      createdRow(5, { person: { role: 'Staff' } }),
    ],
  }),
  strictly('strict-mobiles', 'has mobile numbers that are not exact, and may not be repaired', MENDED.mobiles, {
    upload: { strict: true },
  }),
  strictly('strict-texts', 'has other cells that are not exact, and may not be repaired', MENDED.texts, {
    upload: { strict: true },
  }),
  strictly('strict-organisation', 'belongs to an organisation that repairs nothing', MENDED.texts, {
    organisation: 'exact',
  }),
  declare('strict-organisation-overruled', {
    about: 'belongs to an organisation that repairs nothing, and the upload says otherwise',
    content: clientsText(peopleOf('strict-organisation-overruled', [mobile('07911 123456')])),
    organisation: 'exact',
    upload: { strict: false },
    rows: [repaired(2, [['Mobile', '07911 123456', NUMBER]], { mobile: NUMBER })],
  }),
  declare('strict-clean', {
    about: 'has nothing to repair where nothing may be repaired',
    content: clientsText([somebody('strict-clean'), somebody('strict-clean', 'bob', { mobile: 'none' })]),
    upload: { strict: true },
    rows: [creates(2, asWritten(somebody('strict-clean'))), rejects(3, 'mobile.invalid')],
  }),
];
