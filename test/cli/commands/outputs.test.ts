import { parse } from 'csv-parse/sync';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { runHere } from '../cli';
import { startFakeApi } from '../fake-api';
import type { FakeApi } from '../fake-api';
import { importView } from '../output/import-view';

type Record_ = Record<string, string>;
const recordsOf = (csv: string): Record_[] => parse(csv, { columns: true, bom: true });

describe('Commands that change something write data for another program, and nothing else, to the standard output', () => {
  const id = '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11';
  const view = importView({ id, status: 'completed' });
  const outcome = { id, fileName: 'a.csv', refusal: null, outcome: 'in-effect', retrying: { email: 1, sms: 0 } };
  const batch = { id, status: 'completed', imports: [view], rejected: [], rows: view.rows };
  let api: FakeApi;
  beforeAll(async () => {
    const commands = ['pause', 'cancel', 'resume', 'retries', 'reminders', 'ignored-rows'];
    const answer = { retrying: { email: 1, sms: 2 }, reminding: { email: 1, sms: 2 }, ignored: [4] };
    api = await startFakeApi({
      [`/v1/imports/${id}`]: view,
      ...Object.fromEntries(commands.map((name) => [`/v1/imports/${id}/${name}`, answer])),
      [`/v1/batches/${id}`]: batch,
      ...Object.fromEntries(commands.map((name) => [`/v1/batches/${id}/${name}`, { imports: [outcome] }])),
      [`/v1/clients/${id}/personal-data`]: {
        ...{ id, kind: 'client', status: 'erased', removed: { rows: 2, files: 1, invitations: 3 } },
      },
    });
  });
  afterAll(() => api.close());
  const run = (...args: string[]) => runHere([...args, '--url', api.url, '--key', 'k']);

  const COMMANDS: [string, string[]][] = [
    ['pause', ['pause', id]],
    ['cancel', ['cancel', id]],
    ['resume', ['resume', id]],
    ['retry', ['retry', id, '--all']],
    ['remind', ['remind', id, '--all']],
    ['ignore', ['ignore', id, '--rows', '4']],
  ];

  test.each(COMMANDS)('%s writes the imports as they are then', async (_name, args) => {
    const json = await run(...args, '--output', 'json');
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toEqual([view]);
    expect(json.err).not.toBe('');
    expect(recordsOf((await run(...args, '--output', 'csv')).out)).toEqual([
      expect.objectContaining({ id, file: 'a.csv', status: 'completed' }),
    ]);
    expect(() => JSON.parse(json.err) as unknown).toThrow();
  });

  test.each([['pause'], ['cancel'], ['resume'], ['retry', '--all']])(
    'batch %s writes the upload',
    async (...action) => {
      const { code, out, err } = await run('batch', id, ...action, '--output', 'json');
      expect({ code, batch: JSON.parse(out) as unknown }).toEqual({ code: 0, batch });
      expect(err).toContain('a.csv: ');
      expect(recordsOf((await run('batch', id, ...action, '--output', 'csv')).out)).toMatchObject([{ id }]);
    },
  );

  test('erase writes the counts', async () => {
    const args = ['erase', id, '--yes', '--output'];
    expect(JSON.parse((await run(...args, 'json')).out)).toMatchObject({ id, removed: { rows: 2 } });
    expect(recordsOf((await run(...args, 'csv')).out)).toEqual([
      { id, kind: 'client', status: 'erased', rows: '2', files: '1', invitations: '3' },
    ]);
    expect((await run(...args, 'table')).out).toContain('2 rows, 1 file, 3 invitations');
  });

  test('A form that there is not is refused, with how a file is saved', async () => {
    await expect(run('batch', id, 'pause', '--output', 'pause.csv')).rejects.toThrow(
      /report or failed-rows.*table, json, csv/,
    );
    await expect(run('events', '--output', 'log.csv')).rejects.toThrow(
      /--format ndjson or --format csv.*table, json, csv/,
    );
  });
});

describe('On the real stack', () => {
  let stack: Stack;
  let id: string;
  beforeAll(async () => {
    stack = await startStack();
    const file = people(2, 'outputs', (_, i) => (i === 1 ? { email: 'sandbox-rejected.outputs@example.com' } : {}));
    id = await stack.api.importId(toCsv(file));
    await stack.api.rest(id);
  });
  afterAll(() => stack.stop());
  const run = (...args: string[]) => runHere([...args, '--url', stack.url, '--key', stack.api.key]);

  test('correct writes the row, retry the import, with the exit codes of people', async () => {
    const corrected = await run('correct', id, '2', '--company', 'Lee & Sons', '--output', 'json');
    expect(corrected.code).toBe(0);
    expect(JSON.parse(corrected.out)).toMatchObject({ row: 2, person: { company: 'Lee & Sons' } });
    const retried = await run('retry', id, '--all', '--output', 'csv');
    expect(retried.code).toBe(2);
    expect(recordsOf(retried.out)).toMatchObject([{ id, status: 'needs-attention', 'email failed': '1' }]);
    const row = await run('correct', id, '2', '--company', 'Lee & Sons', '--output', 'csv');
    expect(recordsOf(row.out)).toMatchObject([{ line: '2', status: 'created', 'by e-mail': 'sent' }]);
  });

  test('events lists who did what, for one import or one operation, in each form', async () => {
    const table = await run('events', '--import', id.slice(0, 8));
    expect(table.out).toMatch(/^ {2}NO\. +WHEN +WHO +ROLE +ACTION +ON +ENDED +FACTS +FROM\n/);
    expect(table.out).toContain(`import ${id}`);
    const json = JSON.parse((await run('events', '--action', 'correctImportRow', '--output', 'json')).out) as object[];
    expect(json.length).toBeGreaterThan(0);
    expect(new Set(json.map((entry) => (entry as { action: string }).action))).toEqual(new Set(['correctImportRow']));
    const [first] = recordsOf((await run('events', '--output', 'csv', '--limit', '1')).out);
    expect(first).toMatchObject({ role: 'systemAdministrator', 'no.': expect.stringMatching(/^\d+$/) as string });
    expect((await run('events', '--limit', '1')).err).toBe('There are more. For all of them: --limit all\n');
  });

  test('events --format saves the whole log as before, and takes no filter', async () => {
    const { out } = await run('events', '--format', 'ndjson', '--output', '-');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object)[0],
    ).toMatchObject({ sequence: 1 });
    await expect(run('events', '--format', 'csv', '--action', 'correctImportRow')).rejects.toThrow('takes no filter');
  });

  test('audit of all imports is a table', async () => {
    const { code, out } = await run('audit');
    expect(out).toMatch(/^ {2}ID +FILE +STATUS +OK +BROKEN +NOT JUDGED\n|: no rule is broken\./);
    expect({ code, all: out.trim().split('\n').at(-1) }).toEqual({ code: 0, all: '1 audited, 0 with broken rules.' });
  });
});
