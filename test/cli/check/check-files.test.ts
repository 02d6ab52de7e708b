import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { people, toCsv } from '../../support/people';
import { createFolder, runCli, runHere, unwrapped } from '../cli';

const STAFF_HEADER = 'First Name,Last Name,Email,Mobile,Role,Client Teams';
const staff = (i: number, teams: string, role = 'Staff'): string =>
  `Given${i},Family${i},person${i}.staff@example.com,+1203555010${i},${role},${teams}`;

describe('client-import check', () => {
  const folder = createFolder();
  afterAll(() => folder.remove());

  const file = (name: string, change?: Parameters<typeof people>[2], count = 4): string =>
    folder.file(name, toCsv(people(count, 'check', change)));
  const check = (...args: string[]) => runHere(['check', ...args]);

  test('When everything is good, then it ends with 0, and no server and no key are needed', async () => {
    // Nothing listens there, so whatever asked a server for something would fail.
    const env = { CLIENT_IMPORT_URL: 'http://127.0.0.1:9' };
    const { code, out, err } = await runCli(['check', file('good.csv')], { env });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('good.csv: 4 lines, 4 good, 0 to be rejected.');
    expect(out).toContain('Nothing was uploaded.');
  });

  test('When rows have problems, then it ends with 2 and shows line, column, code, what to do and what may be meant', async () => {
    const bad = file('bad.csv', (_, i) =>
      i === 1 ? { email: 'nobody', lastName: '' } : i === 2 ? { email: 'x@gmail.con' } : {},
    );
    const { code, out } = await check(bad, folder.file('good-too.csv', toCsv(people(4, 'checktoo'))));
    expect(code).toBe(2);
    expect(out).toContain('bad.csv: 4 lines, 3 good, 1 to be rejected, 1 warning.');
    expect(out).toMatch(/1 × last-name\.missing\n +\S.*\n\n {4}Line 3, B Last Name, Given1\n/);
    expect(out).toMatch(/1 × email\.invalid\n +\S.*\n {4}Line 3, C Email, Given1: nobody\n/s);
    expect(out).not.toContain('email.domain-typo');
    expect(out).toContain('check again with --warnings');
    expect(out).toContain('good-too.csv: 4 lines, 4 good');

    const listed = await check(bad, '--warnings');
    expect(listed.out).toMatch(/1 × email\.domain-typo\n.*\n {4}Line 4, C Email, Given2 Family2: x@gmail\.con\n/s);
    expect(listed.out).not.toContain('--warnings');
    expect(unwrapped(listed.out)).toContain('Perhaps “x@gmail.com” is meant.');
  });

  test('When data are asked for, then JSON is one document of all files, and CSV has a record for each problem', async () => {
    const bad = file('data.csv', (_, i) => (i === 1 ? { email: 'nobody' } : {}));
    const good = folder.file('data-too.csv', toCsv(people(2, 'datatoo')));
    const json = await check(bad, good, '--output', 'json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject([
      {
        fileName: 'data.csv',
        wouldBeRejected: false,
        rows: { good: 3, rejected: 1 },
        problems: [{ line: 3, code: 'email.invalid', column: 'C Email', value: 'nobody' }],
      },
      { fileName: 'data-too.csv', rows: { good: 2, rejected: 0 }, problems: [] },
    ]);
    const csv = await check(bad, good, '--output', 'csv');
    expect(csv.code).toBe(2);
    expect(parse(csv.out, { columns: true, bom: true })).toEqual([
      expect.objectContaining({ file: 'data.csv', line: '3', code: 'email.invalid', value: 'nobody' }),
    ]);
  });

  test('When several files have the same person, then the later one names the file and the line of the first', async () => {
    const { code, out } = await check(file('first.csv', undefined, 2), file('second.csv', undefined, 3));
    expect(code).toBe(2);
    expect(out).toContain('second.csv: 3 lines, 1 good, 2 to be rejected.');
    expect(unwrapped(out)).toContain('already in row 2 of “first.csv”, which the upload has before this file.');
  });

  test('When a file as a whole cannot be imported, then it ends with 2 and says why', async () => {
    const { code, out } = await check(
      file('many.csv', undefined, 501),
      folder.file('picture.csv', '\x89PNG\r\n\x1a\n'),
    );
    expect(code).toBe(2);
    expect(out).toContain('many.csv: the file as a whole would be rejected.');
    expect(out).toMatch(/1 × file\.too-many-rows\n.*501/);
    expect(out).toContain('picture.csv: the file as a whole would be rejected.');
    expect((await check(folder.at('many.csv'), '--max-rows', '501')).code).toBe(0);
  });

  test('When a file can be read but something of it should be known, then that is shown without being asked for', async () => {
    const named = people(1, 'check', () => ({ lastName: 'Müller Böhm Köhler' }));
    const { code, out } = await check(
      folder.file('legacy.csv', iconv.encode(toCsv(named), 'windows-1252')),
      ...['--country', 'DE'],
    );
    expect(code).toBe(0);
    expect(out).toContain('legacy.csv: 1 line, 1 good, 0 to be rejected, 1 warning.');
    expect(out).toMatch(/1 × file\.encoding-guessed\n.*\n {4}Line 2: Müller\n/s);
    expect(unwrapped(out)).toContain('windows-1252');

    const told = await check(folder.at('legacy.csv'), '--encoding', 'windows-1252');
    expect(told.out).not.toContain('file.');
  });

  test('When no teams are named, then any name will do that a team can have, and it is said that they were not compared', async () => {
    const path = file('teams.csv', (_, i) => ({ group: ['Nowhere', 'NoWhere', 'Two words', ''][i]! }));
    const { code, out } = await check(path);
    expect(code).toBe(2);
    expect(out).not.toContain('group.unknown');
    expect(out).toMatch(/1 × group\.invalid-name\n.*\n {4}Line 4, G Group Identifier, Given2 Family2: Two words\n/s);
    expect(out).not.toContain('Names that exist');
    expect(out).toMatch(/1 × group\.missing\n.*\n {4}Line 5, G Group Identifier, Given3 Family3\n/s);
    expect(out).toContain('--teams');
    expect(out).toContain('--default-team');
  });

  test('When the teams are named, then others are rejected with the one that may be meant, and blanks have the default', async () => {
    const path = file('named.csv', (_, i) => ({ group: ['mayfair', 'Mayfiar', '', 'Harbour'][i]! }));
    const { code, out } = await check(path, '--teams', 'Mayfair, Riverside', '--default-team', 'Harbour');
    expect(code).toBe(2);
    expect(out).toContain('named.csv: 4 lines, 3 good, 1 to be rejected.');
    expect(unwrapped(out)).toContain('Perhaps “Mayfair” is meant.');
    expect(out).not.toContain('--teams');
  });

  test('When a member of staff has more unknown teams than are told of at once, then none of them is taken for a mistake', async () => {
    const names = Array.from({ length: 35 }, (_, i) => `Team${i}`).join(';');
    const path = folder.file('staff.csv', [STAFF_HEADER, staff(1, names), staff(2, '')].join('\n'));
    const { code, out } = await check('--kind', 'staff', path);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('2 lines, 2 good') as string });
  });

  test('When staff are checked as clients, then the file is rejected; as staff, their roles are judged', async () => {
    const path = folder.file('roles.csv', [STAFF_HEADER, staff(1, 'A'), staff(2, 'A', 'Boss')].join('\n'));
    const asClients = await check(path);
    expect(asClients.out).toContain('the file as a whole would be rejected');
    expect(asClients.out).toContain('--kind staff');
    const { code, out } = await check('--kind', 'staff', path);
    expect(code).toBe(2);
    expect(out).toMatch(/1 × role\.unknown\n.*\n {4}Line 3, E Role, Given2 Family2: Boss\n/s);
  });

  test('When a number has no country code, then a default country makes it good', async () => {
    const path = file('national.csv', () => ({ mobile: '07911 123456' }), 1);
    const without = await check(path);
    expect(without).toMatchObject({ code: 2, out: expect.stringContaining('mobile.not-international') as string });
    expect(without.out).toContain('--country');
    expect((await check(path, '--country', 'gb')).code).toBe(0);
    expect((await check(path, '--country', 'gb', '--strict')).code).toBe(2);
  });

  test('When the example row of a template is still there, then it is skipped', async () => {
    const example = 'Jane,Example,jane.example@example.com,+447911123456,Client,Example Ltd,YourTeam\n';
    const { code, out } = await check(folder.file('template.csv', toCsv(people(1, 'check')) + example));
    expect(code).toBe(0);
    expect(out).toContain('template.csv: 2 lines, 1 good, 1 to be skipped, 0 to be rejected');

    const alone = await check(folder.file('untouched.csv', `${toCsv([]).trimEnd()}\n${example}`));
    expect(alone.code).toBe(2);
    expect(alone.out).toContain("untouched.csv: only the template's example: fill in your people.");
  });

  test.each<[string, () => string[], RegExp]>([
    ['files are missing', () => [folder.at('one.csv'), file('there.csv'), folder.at('two.csv')], /one\.csv.*two\.csv/s],
    ['a folder is named', () => [folder.path], /is a folder/],
    ['no file is named', () => [], /^Missing required argument 'files'\. See: client-import check --help\n$/],
    [
      'the country is invalid',
      () => [file('c.csv'), '--country', 'Britain'],
      /Invalid country "Britain" in --country.*GB/,
    ],
    ['a team cannot be called so', () => [file('t.csv'), '--teams', 'One,Two words'], /"Two words".*letters/],
    ['the encoding is invalid', () => [file('e.csv'), '--encoding', 'base64'], /encoding.*utf-8/is],
    ['the kind is invalid', () => [file('k.csv'), '--kind', 'guests'], /clients, staff/],
    ['the limit is invalid', () => [file('l.csv'), '--max-rows', 'many'], /whole number/],
  ])('When %s, then it ends with 1 and one clear message, and nothing is checked', async (_what, args, message) => {
    const { code, out, err } = await runCli(['check', ...args()]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/ at .*\.ts/);
  });

  const mayReadAnything = process.getuid?.() === 0;
  (mayReadAnything ? test.skip : test)('When a file may not be read, then it is named', async () => {
    const path = file('secret.csv');
    chmodSync(path, 0);
    expect(await runCli(['check', path])).toMatchObject({ code: 1, err: expect.stringContaining('EACCES') as string });
  });

  test('When it is run by npm from another folder, then files are found from there', async () => {
    folder.file('sub/here.csv', toCsv(people(1, 'check')));
    const env = { npm_lifecycle_event: 'cli', INIT_CWD: join(folder.path, 'sub') };
    expect((await runCli(['check', 'here.csv'], { env })).out).toContain('here.csv: 1 line, 1 good');
  });
});
