import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { createFolder, runCli } from '../cli';
import type { Ended } from '../cli';

describe('Files that the command line saves', () => {
  const folder = createFolder();
  let stack: Stack;
  let id: string;
  beforeAll(async () => {
    stack = await startStack();
    const rows = people(4, 'cliback', (_, i) => (i === 1 ? { email: 'nobody' } : {}));
    id = await stack.api.importId(toCsv(rows), 'our clients.csv');
    await stack.api.rest(id);
  });
  afterAll(async () => {
    await stack.stop();
    folder.remove();
  });

  const run = (...args: string[]): Promise<Ended> =>
    runCli(args, { cwd: folder.path, env: { CLIENT_IMPORT_URL: stack.url, CLIENT_IMPORT_KEY: stack.api.key } });
  const read = (name: string): string => readFileSync(folder.at(name), 'utf8');

  test('When the failed rows are asked for, then they are saved under the name that the API gives, and that is printed', async () => {
    const { code, out, err } = await run('failed-rows', id);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Saved .*our clients - failed rows\.csv\n$/);
    expect(read('our clients - failed rows.csv')).toMatch(/import_line.*\r?\n.*nobody.*email\.invalid/s);
  });

  test('When the failed rows are corrected and imported, then both files are added up', async () => {
    await run('failed-rows', id, '--output', 'corrected.csv');
    writeFileSync(folder.at('corrected.csv'), read('corrected.csv').replace('nobody', 'somebody.cliback@example.com'));
    const { code, out } = await run('import', 'corrected.csv');
    expect(code).toBe(0);
    expect(out).toContain('Together with its corrections: 4 lines, 3 by our clients.csv, 1 by corrected.csv, 0 open.');
  });

  test('When a report is asked for, then it holds every line', async () => {
    const { code, out } = await run('report', id, '-o', 'report.csv');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^Saved .*report\.csv\n$/) as string });
    expect(read('report.csv').trim().split('\n')).toHaveLength(5);
  });

  test('When a file of that name is there already, then it is left alone, unless it is to be replaced', async () => {
    folder.file('there.csv', 'precious');
    const refused = await run('report', id, '-o', 'there.csv');
    expect(refused).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/there\.csv exists already.*--force/) as string,
    });
    expect(read('there.csv')).toBe('precious');
    expect((await run('report', id, '-o', 'there.csv', '--force')).code).toBe(0);
    expect(read('there.csv')).toContain('Given0');
  });

  test('When a file is wanted on the standard output, then it is there byte by byte and nothing else', async () => {
    const { code, bytes, err } = await run('report', id, '-o', '-');
    await run('report', id, '-o', 'bytes.csv');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(bytes.equals(readFileSync(folder.at('bytes.csv')))).toBe(true);
    expect(existsSync(folder.at('-'))).toBe(false);
  });

  test('When an id is shortened, then the import is found by its beginning; by that of another, none is', async () => {
    const { bytes } = await run('report', id.slice(0, 8), '-o', '-');
    expect(bytes.toString()).toContain('Given0');
    const other = id.startsWith('0000') ? '1111' : '0000';
    expect(await run('status', other)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`no import whose id begins with "${other}"`) as string,
    });
  });

  test.each([
    ['clients', [], 'clients-template.csv', /^\uFEFF?First Name/],
    ['staff', [], 'staff-template.csv', /Client Teams/],
    ['clients', ['--xlsx'], 'clients-template.xlsx', /^PK/],
    ['staff', ['--xlsx'], 'staff-template.xlsx', /^PK/],
  ])('When the template for %s is asked for with %j, then it is saved as %s', async (kind, options, name, content) => {
    const { code, out } = await run('template', kind, ...options);
    expect({ code, out }).toEqual({ code: 0, out: `Saved ${folder.at(name)}\n` });
    expect(read(name)).toMatch(content);
  });

  test('When a saved template is checked as it is, then it can be read, and all that is missing are people', async () => {
    await run('template', 'clients', '--xlsx', '-o', 'unfilled.xlsx');
    expect(await run('check', 'unfilled.xlsx')).toMatchObject({
      code: 2,
      out: expect.stringContaining("unfilled.xlsx: only the template's example: fill in your people.") as string,
    });
  });

  test.each<[string, () => Promise<Ended>, RegExp]>([
    [
      'the place cannot be written to',
      () => run('report', id, '-o', 'no/such/folder.csv'),
      /cannot be written.*--output/,
    ],
    ['there is no such import', () => run('report', '00000000-0000-4000-8000-000000000000'), /no import/],
    ['there is no such template', () => run('template', 'guests'), /clients, staff/],
    [
      'the file as a whole was refused',
      async () => {
        const refused = await stack.api.importId('Name\nAnn\n');
        await stack.api.rest(refused);
        return run('failed-rows', refused);
      },
      /as a whole was rejected/,
    ],
  ])('When %s, then it ends with 1 and says so, and no file is left', async (_what, attempt, message) => {
    const { code, out, err } = await attempt();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
  });

  test('When no row has failed, then it says so, saves nothing and ends well', async () => {
    const good = await stack.api.importId(toCsv(people(1, 'cliwell', undefined, 20)), 'well.csv');
    await stack.api.rest(good);
    const { code, out, err } = await run('failed-rows', good);
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: expect.stringContaining('No row') as string });
    expect(existsSync(folder.at('well - failed rows.csv'))).toBe(false);
  });
});
