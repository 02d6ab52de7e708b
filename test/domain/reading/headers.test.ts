import type { ImportKind } from '../../../contract/import';
import { CLIENT_COLUMNS, columnsOf } from '../../../domain/columns';
import { createHeaderLookup, namesOf, normaliseHeader } from '../../../domain/reading/header/header-meaning';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { codesOf, GOOD_CELLS, GOOD_LINE, HEADER, HEADER_LINE, problemsOf, STAFF_HEADER_LINE, tableOf } from './files';
import { workedSince } from '../../corpus-tools/timed';

const KEYS = CLIENT_COLUMNS.map(({ key }) => key);
const keysOf = async (header: string, options?: Parameters<typeof tableOf>[1]): Promise<string[]> =>
  (await tableOf(`${header}\n${GOOD_LINE}`, options)).columns.map(({ key }) => key);
const sentencesOf = async (content: string, options?: Parameters<typeof problemsOf>[1]): Promise<string[]> =>
  (await problemsOf(content, options)).map((problem) => describeProblem(problem, null).message);

describe('Headers that are understood', () => {
  it.each([
    'first name,LAST_NAME,e-mail,MOBILE,role,company,group-identifier',
    ' First  Name ,LastName,EMAIL:,Mobile.,Role,Company,GroupIdentifier',
    'Ｆｉｒｓｔ Name,Last Name,Email,Mobile,Role,Company,Group Identifier',
    'First Name*,Last Name (required),Email [mandatory],Mobile,Role (optional),Company?,Group Identifier',
    'Given name,Surname,E-mail address,Mobile number,User role,Organisation,Client team',
    'Forename,Family name,Mail,Phone,Role,Employer,Team',
    'First names,Last names,Email ID,Cell,Role,Firm,Group ID',
    'Vorname,Nachname,E-Mail-Adresse,Handy-Nr.,Rolle,Firma,Gruppe',
    'Prénom,Nom,Courriel,Téléphone portable,Rôle,Société,Équipe',
    'PRENOM,NOM,COURRIEL,TELEPHONE PORTABLE,ROLE,SOCIETE,EQUIPE',
    'Nombre,Apellidos,Correo electrónico,Móvil,Rol,Empresa,Grupo',
    'Nome,Cognome,Indirizzo e-mail,Cellulare,Ruolo,Azienda,Gruppo',
    'Voornaam,Achternaam,E-mailadres,Mobiel nummer,Rol,Bedrijf,Groep',
  ])('When the header is %s, then it is understood and kept as it reads', async (header) => {
    const { columns, warnings } = await tableOf(`${header}\n${GOOD_LINE}`);
    expect(columns.map(({ key }) => key)).toEqual(KEYS);
    expect(columns.map((column) => column.header)).toEqual(header.split(',').map((name) => name.trim()));
    expect(warnings).toEqual([]);
  });

  it.each(['Client Teams', 'Teams', 'Client team', 'Team'])(
    'When a staff file has the column %s, then it is that of the client teams',
    async (header) => {
      const content = `First Name,Surname,Email,Phone,Role,${header}\nAnn,Lee,ann@example.com,+1,Staff,X`;
      expect((await tableOf(content, { kind: 'staff' })).columns.at(-1)!.key).toBe('teams');
    },
  );

  it('When columns are in another order, and some are unknown, then each is found in its place', async () => {
    const header = 'Notes,Group Identifier,Mobile,,Email,Last Name,First Name';
    const { columns, rows } = await tableOf(`${header}\nVIP,Mayfair,+12025550123,x,ann@example.com,Lee,Ann`);
    expect(columns.map(({ key, letter }) => `${letter} ${key}`)).toEqual([
      ...['B group', 'C mobile', 'E email', 'F lastName', 'G firstName'],
    ]);
    const cells = { group: 'Mayfair', mobile: '+12025550123', email: 'ann@example.com', lastName: 'Lee' };
    expect(rows).toMatchObject([{ line: 2, cells: { ...cells, firstName: 'Ann' } }]);
  });

  it.each<ImportKind>(['clients', 'staff'])(
    'When %s have a name for a column, then it means no other column',
    (kind) => {
      const lookup = createHeaderLookup(kind);
      const seen = new Map<string, string>();
      for (const { key } of columnsOf(kind)) {
        for (const name of namesOf(kind, key)) {
          expect(`${name}: ${lookup(name)?.key}`).toBe(`${name}: ${key}`);
          expect(`${name}: ${seen.get(normaliseHeader(name)) ?? 'once'}`).toBe(`${name}: once`);
          seen.set(normaliseHeader(name), key);
        }
      }
    },
  );
});

describe('Headers of the organisation’s own', () => {
  it('When one is configured, then it is understood, however it is written', async () => {
    const headerAliases = { mobile: ['NATEL'], group: ['Betreut von'] };
    const header = 'First Name,Last Name,Email,Natel-,Role,Company,betreut VON';
    expect(await keysOf(header, { headerAliases })).toEqual(KEYS);
    expect(codesOf(await problemsOf(`${header}\n${GOOD_LINE}`))).toEqual([
      'file.missing-column',
      'file.missing-column',
    ]);
  });

  it('When one means something else to everybody, then the organisation’s meaning counts', async () => {
    const { columns } = await tableOf('First Name,Last Name,Email,Natel,Phone\nAnn,Lee,a@example.com,+1,Mayfair', {
      headerAliases: { mobile: ['Natel'], group: ['Phone'] },
    });
    expect(columns.map(({ key, header }) => `${header} ${key}`).slice(3)).toEqual(['Natel mobile', 'Phone group']);
  });

  it('When one is the template’s header of another column, then the template counts', async () => {
    const headerAliases = { company: ['Mobile'] };
    expect(await keysOf(HEADER_LINE, { headerAliases })).toEqual(KEYS);
  });

  it('When one decides between two columns, then it is not the other that is read', async () => {
    const content = `${HEADER_LINE.replace('Mobile', 'Cell')},Natel\n${GOOD_LINE},+44`;
    const { rows, warnings } = await tableOf(content, { headerAliases: { mobile: ['Natel'] } });
    expect(rows[0]!.cells.mobile).toBe('+44');
    expect(warnings).toMatchObject([{ code: 'file.second-column', column: 'Cell', letter: 'D' }]);
  });
});

describe('Two columns for one thing', () => {
  it.each([
    ['Mobile', 'Phone', 'A'],
    ['Phone', 'Mobile', 'B'],
    ['Mobile number', 'Telephone', 'A'],
    ['Tel', 'Cell phone', 'B'],
    ['Mobile number', 'Mobile', 'B'],
  ])('When they are %s and %s, then the one that says it best is read, and the other is named', async (a, b, best) => {
    const header = `${a},${b},${HEADER.filter((name) => name !== 'Mobile').join(',')}`;
    const { columns, warnings } = await tableOf(`${header}\n1,2,Ann,Lee,a@example.com,,,Mayfair`);
    expect(columns.find(({ key }) => key === 'mobile')!.letter).toBe(best);
    expect(warnings).toMatchObject([{ code: 'file.second-column', letter: best === 'A' ? 'B' : 'A' }]);
    const { message } = describeProblem(warnings[0]!, null);
    for (const said of [a, b, `column ${best}`, 'Mobile']) expect(message).toContain(said);
  });

  it('When both say it equally well, then both places are named', async () => {
    const problems = await problemsOf(`${HEADER_LINE},Notes,e-mail\n${GOOD_LINE}`);
    expect(problems).toMatchObject([{ code: 'file.duplicate-column', column: 'e-mail', letter: 'I' }]);
    expect(describeProblem(problems[0]!, null).message).toBe(
      'Column C (“Email”) and column I (“e-mail”) could both be the Email.',
    );
  });

  it('When two aliases say it equally well, then it is left to the administrator', async () => {
    const content = 'First Name,Surname,Family name,Email,Mobile,Group\nAnn,Lee,Ray,a@example.com,+1,Mayfair';
    expect(await problemsOf(content)).toMatchObject([
      { code: 'file.duplicate-column', column: 'Family name', letter: 'C' },
    ]);
  });
});

describe('Columns that are not read', () => {
  it('When there are some, then one warning names them all, one without a header by its letter', async () => {
    const { warnings } = await tableOf(`Notes,,${HEADER_LINE},,Birthday\nx,y,${GOOD_LINE},,1.2.1980`);
    expect(warnings).toMatchObject([{ code: 'file.unknown-column', column: null, letter: null, value: null }]);
    expect(warnings[0]!.details).toEqual({ names: 'Notes, Birthday, column B (without a header)' });
  });

  it('When one looks like an address or a number, then it is not repeated', async () => {
    const { warnings } = await tableOf(`ann@example.com,+442079460958,Notes,${HEADER_LINE}\n1,2,3,${GOOD_LINE}`);
    expect(warnings.map(({ details }) => details)).toEqual([{ names: '…, …, Notes' }]);
  });

  it('When columns without a header hold nothing, then there is nothing to say', async () => {
    expect((await tableOf(`,${HEADER_LINE},,\n ,${GOOD_LINE},,`)).warnings).toEqual([]);
  });

  it('When there are hundreds, then the warning is still short', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `Column ${i}`).join(',');
    const { warnings } = await tableOf(`${HEADER_LINE},${many}\n${GOOD_LINE}`);
    expect(String(warnings[0]!.details!['names'])).toMatch(/^Column 0, .{50,200}, …$/);
  });
});

describe('Columns that are missing', () => {
  it('When required ones are, then each is named with its header, and so is what was found', async () => {
    const problems = await problemsOf('First Name,Foo,Email,Bar\nAnn,Lee,ann@example.com,1');
    expect(problems.map(({ code, column }) => [code, column])).toEqual([
      ['file.missing-column', 'Last Name'],
      ['file.missing-column', 'Mobile'],
      ['file.missing-column', 'Group Identifier'],
    ]);
    expect(describeProblem(problems[0]!, null).message).toContain('First Name, Foo, Email, Bar');
  });

  it.each([
    ['Frist Name', 'First Name'],
    ['FirstNam', 'First Name'],
    ['Surename', 'Last Name'],
    ['Emial', 'Email'],
    ['Private email', 'Email'],
    ['Moblie', 'Mobile'],
    ['Mobile number 1', 'Mobile'],
    ['Group Identifer', 'Group Identifier'],
    ['Vornahme', 'First Name'],
  ])('When %s stands where %s was meant, then it is asked whether it was', async (found, expected) => {
    const meant = (header: string): boolean => header === expected;
    const header = HEADER.map((name) => (meant(name) ? found : name));
    const letter = 'ABCDEFG'[HEADER.findIndex(meant)];
    const [problem, ...others] = await problemsOf(`${header.join(',')}\n${GOOD_LINE}`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      ...{ code: 'file.missing-column', column: expected, letter: null, value: found, suggestion: expected },
      details: { similar: found, similarLetter: letter },
    });
    const { message, fix } = describeProblem(problem!, null);
    expect(message).toContain(`similar name “${found}”: column ${letter}.`);
    expect(fix).toContain(`write “${expected}” in place of “${found}”`);
  });

  it.each(['Notes', 'Name', 'Date', 'Fax', 'Status', 'ann.email@example.com'])(
    'When only %s is left, then it is not taken for the one that is missing',
    async (header) => {
      const [problem] = await problemsOf(`First Name,Last Name,${header},Mobile,Group\na,b,c,d,e`);
      expect(problem).toMatchObject({ column: 'Email', letter: null, value: null });
      expect(problem).not.toHaveProperty('suggestion');
      expect(problem!.details).not.toHaveProperty('similar');
    },
  );

  it.each(['Name', 'Full name', 'CLIENT NAME', 'Vor- und Nachname'])(
    'When %s stands where both names were meant, then it is asked to divide that column, once',
    async (header) => {
      const [problem, ...others] = await problemsOf(`${header},Email,Mobile,Group\nAnn Lee,b,c,d`);
      expect(problem).toMatchObject({ code: 'file.whole-name', column: header, letter: 'A', value: header });
      expect(others).toEqual([]);
      expect(describeProblem(problem!, null).fix).toContain('into two columns called “First Name” and “Last Name”');
    },
  );

  it('When a column Name stands beside first and last names, then it is ignored like any other', async () => {
    expect(await keysOf('Name,First Name,Last Name,Email,Mobile,Group')).toHaveLength(5);
  });

  it('When a header holds several names that cannot be told apart, then it is suggested for none', async () => {
    const problems = await problemsOf('Email,"Frist Name, Surename"\na,b');
    expect(problems.filter(({ suggestion }) => suggestion !== undefined)).toEqual([]);
  });

  it('When the columns Role and Company are absent, then nothing is missing', async () => {
    expect(await keysOf('First Name,Last Name,Email,Mobile,Group Identifier')).toHaveLength(5);
  });

  it('When the client team is absent and there is a default team, then nothing is missing', async () => {
    const header = 'First Name,Last Name,Email,Mobile';
    expect(await keysOf(header, { hasDefaultTeam: true })).toEqual(['firstName', 'lastName', 'email', 'mobile']);
    expect(codesOf(await problemsOf(`${header}\n${GOOD_LINE}`))).toEqual(['file.missing-column']);
  });

  it('When a staff file has no role, then that is missing, and its teams may be', async () => {
    const options = { kind: 'staff' } as const;
    const problems = await problemsOf('First Name,Last Name,Email,Mobile\na,b,c,d', options);
    expect(problems.map(({ column }) => column)).toEqual(['Role']);
    expect(await keysOf('First Name,Last Name,Email,Mobile,Role', options)).toHaveLength(5);
  });

  it('When the header is a thousand columns wide and all wrong, then that is told at once', async () => {
    const before = process.cpuUsage();
    const header = Array.from({ length: 1000 }, (_, i) => `A rather long header number ${i}`).join(',');
    expect(await problemsOf(`${header}\n${GOOD_LINE}`)).toHaveLength(5);
    expect(workedSince(before)).toBeLessThan(1000);
  });
});

describe('A first row that is no header', () => {
  const withPlus = Object.values(GOOD_CELLS);
  it.each([
    ['a client', GOOD_LINE],
    ['a client divided by semicolons', withPlus.join(';')],
    ['somebody without a number', 'Ann,Lee,ann@example.com'],
    ['somebody without an address', 'Ann,Lee,,07911 123456,,,Mayfair'],
    ['somebody at an address of words', 'Ann,Lee,"Ann Lee <ann@example.com>",,,,Team'],
  ])('When it is %s, then one problem says that the header is missing, and nothing of the person', async (_, line) => {
    const problems = await problemsOf(`\n${line}\n${GOOD_LINE}`);
    expect(problems).toMatchObject([{ code: 'file.no-header', value: null, details: { line: 2 } }]);
    const said = JSON.stringify([problems, describeProblem(problems[0]!, null)]);
    for (const cell of ['Ann', 'Lee', 'example.com', '2025550123', '07911']) expect(said).not.toContain(cell);
    expect(said).toContain('First Name, Last Name, Email, Mobile, Role, Company, Group Identifier');
  });

  it('When a header has an address in it, then it is a header all the same', async () => {
    const { warnings } = await tableOf(`${HEADER_LINE},ann@example.com\n${GOOD_LINE},x`);
    expect(codesOf(warnings)).toEqual(['file.unknown-column']);
  });
});

describe('Files of the other kind', () => {
  it('When staff are uploaded as clients, then it says that and nothing else', async () => {
    const problems = await problemsOf(`${STAFF_HEADER_LINE}\nAnn,Lee,a@example.com,+1,Staff,X`);
    expect(problems).toMatchObject([{ code: 'file.staff-template', column: 'Client Teams', letter: 'F' }]);
    expect(describeProblem(problems[0]!, null).fix).toContain('kind “staff”');
  });

  it.each([
    [HEADER_LINE, 'Group Identifier', 'G'],
    ['Surname,First Name,Client group,Email,Phone,Role', 'Client group', 'C'],
    ['First Name,Last Name,Email,Mobile,Company', 'Company', 'E'],
  ])('When clients with the header %s are uploaded as staff, then it says so', async (header, column, letter) => {
    const problems = await problemsOf(`${header}\n${GOOD_LINE}`, { kind: 'staff' });
    expect(problems).toMatchObject([{ code: 'file.clients-template', column, letter }]);
    expect(describeProblem(problems[0]!, null).fix).toContain('kind “clients”');
  });

  it('When clients have a column of that name beside the client team, then it is only not read', async () => {
    const { warnings } = await tableOf(`${HEADER_LINE},Client Teams\n${GOOD_LINE},x`);
    expect(warnings.map(({ details }) => details)).toEqual([{ names: 'Client Teams' }]);
  });

  it('When staff have a company beside their role, then it is only not read', async () => {
    const content = 'First Name,Last Name,Email,Mobile,Role,Company\nAnn,Lee,a@example.com,+1,Staff,Us';
    const { warnings } = await tableOf(content, { kind: 'staff' });
    expect(warnings.map(({ details }) => details)).toEqual([{ names: 'Company' }]);
  });

  it('When rows above the header are blank, then the row of the header is still found', async () => {
    expect(await sentencesOf(`\n\n${STAFF_HEADER_LINE}\nx`)).toEqual([expect.stringContaining('members of staff')]);
  });
});
