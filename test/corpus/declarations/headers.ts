import { asWritten, colleague, somebody } from '../people-fixtures';
import { creates, declare, plans, rejects } from '../case';
import type { CorpusCase, ExpectedProblem } from '../case';
import { CLIENT_HEADER, clientLine, clientsText, STAFF_HEADER, staffLine, writeRecords } from '../writers/write-text';
import type { OrganisationName } from '../organisations';

/** Columns of which another column of the file may be meant, so that the file asks. */
const unclear = (...says: string[]): ExpectedProblem => ({ code: 'file.columns-unclear', says });

/** One warning names all columns that are not read. */
const unread = (...says: string[]): ExpectedProblem => ({ code: 'file.unknown-column', says });

/** The template's columns under other names and nothing else is different. */
function underNames(
  name: string,
  about: string,
  header: readonly string[],
  more: { organisation?: OrganisationName; file?: readonly ExpectedProblem[] } = {},
): CorpusCase {
  const person = somebody(name, 'ann', { role: 'Client' });
  return declare(name, {
    about,
    content: writeRecords([header, clientLine(person)]),
    upload: { mode: 'preview' },
    rows: [plans(2, asWritten(person))],
    ...more,
  });
}

const spellings: CorpusCase[] = [
  underNames(
    'header-lower-case',
    'has its header in small letters',
    CLIENT_HEADER.map((name) => name.toLowerCase()),
  ),
  underNames(
    'header-upper-case',
    'has its header in capitals',
    CLIENT_HEADER.map((name) => name.toUpperCase()),
  ),
  underNames('header-snake-case', 'has a header as a database writes it', [
    ...['first_name', 'last_name', 'email', 'mobile', 'role', 'company', 'group_identifier'],
  ]),
  underNames('header-camel-case', 'has a header as a program writes it', [
    ...['firstName', 'lastName', 'email', 'mobile', 'role', 'company', 'groupIdentifier'],
  ]),
  underNames('header-spaces', 'has spaces around and inside its headers, some of them non-breaking', [
    ...['  First   Name ', '\u00a0Last\u00a0Name', 'Email ', ' Mobile', 'Role\t', 'Company', 'Group  Identifier'],
  ]),
  underNames('header-punctuation', 'has colons, stars and remarks in its headers', [
    ...[
      'First Name*',
      'Last Name *',
      'E-mail:',
      'Mobile.',
      'Role (optional)',
      'Company?',
      'Group-Identifier (required)',
    ],
  ]),
  underNames('header-full-width', 'has its headers in full width', [
    ...[
      'Ｆｉｒｓｔ Ｎａｍｅ',
      'Ｌａｓｔ Ｎａｍｅ',
      'Ｅｍａｉｌ',
      'Ｍｏｂｉｌｅ',
      'Role',
      'Company',
      'Group Identifier',
    ],
  ]),
  underNames('aliases-english', 'has the headers of an address book', [
    ...['Given name', 'Surname', 'E-mail', 'Mobile number', 'Role', 'Organisation', 'Client team'],
  ]),
  underNames('aliases-english-more', 'has the headers of another address book', [
    ...['Forename', 'Family Name', 'E-mail Address', 'Phone', 'User role', 'Company Name', 'Group'],
  ]),
  underNames('aliases-american', 'has the headers of an American file', [
    ...['First name', 'Last name', 'Email address', 'Cell phone', 'Role', 'Organization', 'Team'],
  ]),
  underNames('aliases-german', 'has German headers', [
    ...['Vorname', 'Nachname', 'E-Mail-Adresse', 'Handynummer', 'Rolle', 'Firma', 'Kundenteam'],
  ]),
  underNames('aliases-french', 'has French headers', [
    ...['Prénom', 'Nom de famille', 'Courriel', 'Téléphone portable', 'Rôle', 'Société', 'Équipe'],
  ]),
  underNames('aliases-spanish', 'has Spanish headers', [
    ...['Nombre', 'Apellidos', 'Correo electrónico', 'Teléfono móvil', 'Rol', 'Empresa', 'Grupo'],
  ]),
  underNames('aliases-italian', 'has Italian headers', [
    ...['Nome', 'Cognome', 'Indirizzo e-mail', 'Cellulare', 'Ruolo', 'Azienda', 'Gruppo'],
  ]),
  underNames('aliases-dutch', 'has Dutch headers', [
    ...['Voornaam', 'Achternaam', 'E-mailadres', 'Mobiel nummer', 'Rol', 'Bedrijf', 'Groep'],
  ]),
  underNames('aliases-google-contacts', 'has the headers that matter of an export of Google Contacts', [
    ...['First Name', 'Last Name', 'E-mail 1 - Value', 'Phone 1 - Value', 'Role', 'Organization Name', 'Group'],
  ]),
  underNames('aliases-google-contacts-before', 'has the headers of an export of Google Contacts before 2024', [
    ...['Given Name', 'Family Name', 'E-mail 1 - Value', 'Phone 1 - Value', 'Role', 'Organization 1 - Name', 'Group'],
  ]),
  underNames('aliases-pipedrive', 'has the headers of people exported by Pipedrive', [
    ...['Person - First name', 'Person - Last name', 'Person - Email - Work', 'Person - Phone - Mobile', 'Role'],
    ...['Person - Organization', 'Group'],
  ]),
  underNames('aliases-clio', 'has the headers of contacts exported by Clio', [
    ...['First Name', 'Last Name', 'Primary Email Address', 'Primary Phone Number', 'Role', 'Company', 'Group'],
  ]),
  underNames('aliases-salesforce', 'has the headers of contacts exported by Salesforce or Zoho', [
    ...['First Name', 'Last Name', 'Email', 'Mobile', 'Role', 'Account Name', 'Group'],
  ]),
  underNames('aliases-highlevel', 'has the headers of contacts exported by HighLevel', [
    ...['First Name', 'Last Name', 'Email', 'Phone', 'Role', 'Business Name', 'Group'],
  ]),
  underNames('aliases-brevo', 'has the headers of contacts exported by Brevo', [
    ...['FIRSTNAME', 'LASTNAME', 'EMAIL', 'SMS', 'Role', 'Company', 'Group'],
  ]),
  underNames('aliases-short', 'has short headers', ['First', 'Last', 'Email', 'Cell', 'Role', 'Company', 'Group']),
  declare('labels-beside-values', {
    about: 'has a label beside each address and number, as Google Contacts writes them, and more than one of each',
    content: writeRecords([
      [
        'First Name',
        'Last Name',
        'E-mail 1 - Label',
        'E-mail 1 - Value',
        'E-mail 2 - Label',
        'E-mail 2 - Value',
      ].concat([...['Phone 1 - Label', 'Phone 1 - Value', 'Phone 2 - Label', 'Phone 2 - Value', 'Group']]),
      ['Ann', 'Lee', 'Home', 'ann@labels-beside-values.example', 'Work', 'lee@labels-beside-values.example'].concat([
        ...['Mobile', '+12125550123', 'Work', '+442079460958', 'Riverside'],
      ]),
      ['Bob', 'Lee', 'Home', 'bob@labels-beside-values.example ::: b@labels-beside-values.example', '', ''].concat([
        ...['Mobile', '+12125550123', '', '', 'Riverside'],
      ]),
    ]),
    upload: { mode: 'preview' },
    file: [unread('E-mail 1 - Label', 'E-mail 2 - Value', 'Phone 2 - Value')],
    rows: [
      plans(2, { email: 'ann@labels-beside-values.example', mobile: '+12125550123' }),
      rejects(3, 'email.invalid'),
    ],
  }),
  underNames(
    'aliases-own',
    'has headers that only its organisation uses',
    ['Rufname', 'Nachname', 'Email', 'NATEL', 'Role', 'Company', 'betreut von'],
    { organisation: 'own-words' },
  ),
  declare('aliases-own-first', {
    about: 'has a header that everybody else understands otherwise',
    content: writeRecords([
      ['First Name', 'Last Name', 'Email', 'Natel', 'Phone'],
      ['Ann', 'Lee', 'ann@aliases-own-first.example', '+12125550123', 'Riverside'],
    ]),
    organisation: 'own-words',
    rows: [creates(2, { mobile: '+12125550123', teams: ['Riverside'] })],
  }),
  declare('aliases-of-others', {
    about: 'has a header of another organisation',
    content: writeRecords([
      ['First Name', 'Last Name', 'Email', 'Natel', 'Group'],
      ['Ann', 'Lee', 'ann@aliases-of-others.example', '+12125550123', 'Riverside'],
    ]),
    file: [unclear('Mobile')],
    status: 'awaiting-approval',
  }),
];

const orders: CorpusCase[] = [
  declare('columns-reversed', {
    about: 'has its columns from right to left',
    content: writeRecords([[...CLIENT_HEADER].reverse(), [...clientLine(somebody('columns-reversed'))].reverse()]),
    rows: [creates(2, asWritten(somebody('columns-reversed')))],
  }),
  declare('columns-among-others', {
    about: 'has the columns that matter among others, one of them without a header',
    content: writeRecords([
      ['Id', 'Group', 'Phone', '', 'Notes', 'E-mail', 'Surname', 'First Name', 'Birthday'],
      ['7', 'mayfair', '+12125550123', 'x', 'VIP', 'ann@columns-among-others.example', 'Lee', 'Ann', '1.2.1980'],
      ['8', 'Nowhere', '12', '', '', 'ann@columns-among-others', 'Lee', '', ''],
    ]),
    file: [unread('Id', 'column D', 'Notes', 'Birthday')],
    rows: [
      creates(2, { firstName: 'Ann', lastName: 'Lee', mobile: '+12125550123', company: null, teams: ['Mayfair'] }),
      rejects(
        3,
        { code: 'group.unknown', column: 'Group', letter: 'B', value: 'Nowhere' },
        { code: 'mobile.invalid', column: 'Phone', letter: 'C', value: '12' },
        { code: 'email.invalid', column: 'E-mail', letter: 'F', value: 'ann@columns-among-others' },
        { code: 'first-name.missing', column: 'First Name', letter: 'H', value: null },
      ),
    ],
  }),
  declare('columns-optional-absent', {
    about: 'lacks the columns that may be left out',
    content:
      'First Name,Last Name,Email,Mobile,Group Identifier\nAnn,Lee,ann@columns-optional-absent.example,+12125550123,Mayfair\n',
    rows: [creates(2, { company: null, teams: ['Mayfair'] })],
  }),
  declare('group-column-absent', {
    about: 'lacks the column of the client team, and the organisation has a default team',
    content: 'First Name,Last Name,Email,Mobile\nAnn,Lee,ann@group-column-absent.example,+12125550123\n',
    organisation: 'house',
    rows: [creates(2, { teams: ['Riverside'] })],
  }),
  declare('column-far-right', {
    about: 'has its last column far to the right',
    content: writeRecords([
      [...CLIENT_HEADER.slice(0, 6), ...Array<string>(30).fill(''), 'Group Identifier'],
      [...clientLine(somebody('column-far-right')).slice(0, 6), ...Array<string>(30).fill(''), 'Nowhere'],
    ]),
    rows: [rejects(2, { code: 'group.unknown', column: 'Group Identifier', letter: 'AK', value: 'Nowhere' })],
  }),
  declare('column-said-better', {
    about: 'has a telephone column beside the mobile one, and only the mobile is meant',
    content: writeRecords([
      ['First Name', 'Last Name', 'Email', 'Phone', 'Mobile', 'Group'],
      ['Ann', 'Lee', 'ann@column-said-better.example', '020 7946 0958', '+12125550123', 'Mayfair'],
    ]),
    file: [{ code: 'file.second-column', column: 'Phone', letter: 'D', says: ['Phone', 'Mobile'] }],
    rows: [creates(2, { mobile: '+12125550123' })],
  }),
];

const missing = (column: string, ...says: string[]): ExpectedProblem => ({
  code: 'file.missing-column',
  column,
  says: [column, ...says],
});

/** The template without one of its columns, or with another header on it. */
function withHeader(
  name: string,
  about: string,
  header: readonly string[],
  file: readonly ExpectedProblem[],
): CorpusCase {
  const line = header.map((_, i) => clientLine(somebody(name))[i] ?? 'x');
  const isAsked = file.some(({ code }) => code === 'file.columns-unclear');
  const status = isAsked ? ({ status: 'awaiting-approval' } as const) : {};
  return declare(name, { about, content: writeRecords([header, line]), file, ...status });
}

const faults: CorpusCase[] = [
  ...['First Name', 'Last Name', 'Email', 'Mobile', 'Group Identifier'].map((column) => {
    const name = `missing-${column.toLowerCase().replace(' ', '-')}`;
    const header = CLIENT_HEADER.filter((other) => other !== column);
    return withHeader(name, `lacks the column “${column}”`, header, [missing(column)]);
  }),
  withHeader(
    'header-mistyped',
    'has two headers with a slip in them',
    ['Frist Name', 'Last Name', 'Email', 'Moblie', 'Role', 'Company', 'Group Identifier'],
    [unclear('First Name', 'Mobile')],
  ),
  withHeader(
    'header-with-more-words',
    'has a header with more words around the one that is meant',
    ['First Name', 'Last Name', 'Primary email of the client', 'Mobile', 'Role', 'Company', 'Group Identifier'],
    [unclear('Email')],
  ),
  withHeader(
    'whole-name',
    'has the whole name in one column',
    ['Name', 'Email', 'Mobile', 'Group'],
    [{ code: 'file.whole-name', column: 'Name', letter: 'A', says: ['First Name', 'Last Name'] }],
  ),
  withHeader('duplicate-column', 'has a column twice', [...CLIENT_HEADER, 'Email'], [unclear('Email')]),
  withHeader(
    'duplicate-column-by-alias',
    'has two columns that mean the same',
    ['First Name', 'Surname', 'Email', 'Mobile', 'Family name', 'Company', 'Group Identifier'],
    [unclear('Last Name')],
  ),
  withHeader(
    'all-that-is-wrong',
    'has a column twice and lacks another, which is said in one go',
    ['First Name', 'First Name', 'Email', 'Mobile', 'Role', 'Company', 'Group Identifier'],
    [unclear('First Name', 'Last Name')],
  ),
  declare('duplicate-and-missing', {
    about: 'has a column twice and lacks more columns than there are others, so that nothing can be chosen',
    content: 'Email,Email,Group\nann@duplicate-and-missing.example,x,Mayfair\n',
    file: [
      { code: 'file.duplicate-column', letter: 'B' },
      missing('First Name'),
      missing('Last Name'),
      missing('Mobile'),
    ],
  }),
  declare('title-above-header', {
    about: 'has a title above its header',
    content: `Our clients in 2026\n${clientsText([somebody('title-above-header')])}`,
    file: [{ code: 'file.title-above-header', says: ['row 2'] }],
    rows: [creates(3, asWritten(somebody('title-above-header')))],
  }),
  declare('no-header', {
    about: 'begins with its first client, of whom nothing may show in the reasons',
    content: writeRecords([clientLine(somebody('no-header')), clientLine(somebody('no-header', 'bob'))]),
    file: [{ code: 'file.no-header', line: 1 }],
  }),
  declare('staff-file-as-clients', {
    about: 'is the staff template, uploaded for clients',
    content: writeRecords([STAFF_HEADER, staffLine(colleague('staff-file-as-clients'))]),
    file: [{ code: 'file.staff-template', column: 'Client Teams', letter: 'F' }],
  }),
  declare('clients-file-as-staff', {
    about: 'is the clients template, uploaded for staff',
    content: clientsText([somebody('clients-file-as-staff')]),
    upload: { kind: 'staff' },
    file: [{ code: 'file.clients-template', column: 'Group Identifier', letter: 'G' }],
  }),
];

export const HEADERS: readonly CorpusCase[] = [...spellings, ...orders, ...faults];
