import { runHere } from '../cli';
import { startFakeApi } from '../fake-api';
import type { FakeApi } from '../fake-api';
import { displayWidth } from '../../../cli/output/text';
import { toTable } from '../../../cli/data/formats';
import type { Column } from '../../../cli/data/formats';

const team = (name: string, ready: boolean) => ({
  ...{ id: `demo:${name}`, name, ready, clients: 3 },
  staff: [{ id: 's', firstName: 'Ines', lastName: '=Almeida', active: ready }],
});

describe('A list on the command line', () => {
  let api: FakeApi;
  beforeAll(async () => {
    api = await startFakeApi({
      '/v1/client-teams': { data: [team('Mayfair', true), team('Harbour', false)], next: null },
      '/v1/clients': { data: [], next: null },
      '/v1/imports': { data: [], next: null },
    });
  });
  afterAll(() => api.close());
  const run = (...args: string[]) => runHere([...args, '--url', api.url, '--key', 'k']);

  test('is a table for people', async () => {
    expect(await run('teams')).toEqual({
      code: 0,
      err: '',
      out: [
        '  NAME     READY                            CLIENTS  STAFF          ID',
        '  Mayfair  yes                              3        Ines =Almeida  demo:Mayfair',
        '  Harbour  no, none of its staff is active  3        Ines =Almeida  demo:Harbour',
        '',
      ].join('\n'),
    });
  });

  test('is JSON as the API gives it', async () => {
    expect(JSON.parse((await run('teams', '--output', 'json')).out)).toEqual([
      team('Mayfair', true),
      team('Harbour', false),
    ]);
  });

  test('is CSV with a header, whose cells no spreadsheet program runs as formulas', async () => {
    expect((await run('teams', '--output', 'csv')).out.split('\r\n').slice(0, 2)).toEqual([
      'name,ready,clients,staff,id',
      'Mayfair,true,3,Ines =Almeida,demo:Mayfair',
    ]);
  });

  test('of imports asks for those with a problem', async () => {
    await run('list', '--code', 'email.invalid', '--kind', 'clients');
    expect(api.requests.at(-1)!.path).toMatch(/^\/v1\/imports\?kind=clients&code=email\.invalid&/);
  });

  test('says beside the results that there are more, or none', async () => {
    const { out, err } = await run('teams', '--limit', '1');
    expect(out).not.toContain('Harbour');
    expect(err).toContain('--limit all');
    expect(await run('clients', '--output', 'json')).toEqual({
      code: 0,
      out: '[]\n',
      err: 'There is nothing to list.\n',
    });
  });

  test('passes its filters on to the API', async () => {
    await run('clients', '--team', 'Mayfair', '--inactive', '--opted-out', 'sms', '--since', '2026-11-01');
    const { searchParams } = new URL(api.requests.at(-1)!.path, api.url);
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{
        team: 'Mayfair',
        active: 'false',
        optedOut: 'sms',
        since: new Date('2026-11-01T00:00').toISOString(),
        limit: '100',
      },
    });
  });
});

describe('A table that is wider than the terminal', () => {
  const columns: Column<string[]>[] = [
    { heading: 'id', of: ([id]) => id!, whole: true },
    { heading: 'name', of: ([, name]) => name! },
    { heading: 'company', of: ([, , company]) => company! },
  ];
  const items = [
    ['9ad6ec35', '田中 '.repeat(30), 'Jose\u0301 & Söhne '.repeat(6)],
    ['0a1b2c3d', 'Ann', 'Short'],
  ];

  test.each([100, 120, 200])('is cut to %i columns, its ids never', (width) => {
    const lines = toTable(items, columns, width).trimEnd().split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
    expect(lines[1]).toContain('9ad6ec35');
    expect(lines[1]).toContain('…');
    const companies = lines.map((line) => displayWidth(line.slice(0, line.search(/COMPANY|Jos|Short/))));
    expect(new Set(companies).size).toBe(1);
  });

  test.each([40, 60, 80, 99])(
    'has each item over several lines in %i columns, and cuts no more than has to be',
    (width) => {
      const stacked = toTable(items, columns, width).trimEnd();
      const lines = stacked.split('\n');
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      expect(lines[0]).toBe('  9ad6ec35');
      expect(lines.find((line) => line.startsWith('    name: 田中'))).toContain('…');
      expect(lines.at(-1)).toBe('  0a1b2c3d  Ann  Short');
      expect(toTable([['9ad6ec35', '李小龍', '']], columns, width)).toBe(
        '  ID        NAME    COMPANY\n  9ad6ec35  李小龍\n',
      );
    },
  );

  test('an empty cell takes no room, and one behind its heading is whole', () => {
    const wide = [
      ['9ad6ec35', 'Ada Byron of the engine and the poem', ''],
      ['0a1b2c3d', '', 'A company'],
    ];
    expect(toTable(wide, columns, 36)).toBe(
      '  9ad6ec35\n    name: Ada Byron of the engine a…\n  0a1b2c3d  company: A company\n',
    );
  });

  test('is not cut where it is no terminal', () => {
    expect(toTable(items, columns, Infinity)).not.toContain('…');
  });
});
