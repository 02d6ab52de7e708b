import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRows } from '../../domain/checking/check-rows';
import { codesOf, problemsOf, tableOf } from '../domain/reading/files';
import { contextWith } from '../domain/tables';

const ROOT = join(__dirname, '../..');
const example = (name: string): Buffer => readFileSync(join(ROOT, 'examples', name));
const checkExample = async (name: string) => checkRows(await tableOf(example(name)), contextWith());

describe('The examples', () => {
  it('When clients.csv is checked, then exactly the planted faults are found, in their rows', async () => {
    const rows = await checkExample('clients.csv');
    expect(rows).toHaveLength(40);
    const faults = rows.filter(({ problems }) => problems.length > 0);
    expect(Object.fromEntries(faults.map(({ line, problems }) => [line, codesOf(problems).join()]))).toEqual({
      10: 'mobile.invalid',
      14: 'mobile.scientific-notation',
      21: 'group.unknown',
      24: 'role.unknown',
      27: 'mobile.landline',
      30: 'last-name.missing',
      33: 'email.invalid',
      36: 'email.duplicate-in-file',
    });
    const repaired = rows.flatMap(({ line, repairs }) => repairs.map(({ column, after }) => [line, column, after]));
    expect(repaired).toEqual([
      [6, 'Mobile', '+46701740605'],
      [35, 'Role', 'Client'],
    ]);
  });

  it('When clients.csv is invited in the sandbox, then two people cannot be reached: one by e-mail, one by SMS', async () => {
    const clients = (await checkExample('clients.csv')).flatMap(({ person }) => (person ? [person] : []));
    expect(clients.filter(({ email }) => email.startsWith('sandbox-'))).toMatchObject([{ lastName: 'Moreno' }]);
    expect(clients.filter(({ mobile }) => mobile.startsWith('+1500555'))).toMatchObject([{ mobile: '+15005550004' }]);
  });

  it('When clean-500.csv is checked, then 500 different people are found and nothing is to be said about any', async () => {
    const rows = await checkExample('clean-500.csv');
    const clients = rows.flatMap(({ person }) => (person ? [person] : []));
    expect(rows.flatMap(({ problems, repairs }) => [...problems, ...repairs])).toEqual([]);
    for (const key of ['emailKey', 'mobile'] as const) expect(new Set(clients.map((c) => c[key])).size).toBe(500);
    expect(new Set(clients.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).size).toBe(500);
    expect(clients.every(({ mobileType }) => mobileType === 'mobile')).toBe(true);
  });

  it('When any example is read, then no mail address in it can be anybody’s', () => {
    const addresses = ['clients.csv', 'clean-500.csv', 'staff.csv'].flatMap((name) => [
      ...example(name)
        .toString()
        .matchAll(/@([^,\s]+)/g),
    ]);
    const domains = new Set(addresses.map(([, domain]) => domain));
    expect([...domains].sort()).toEqual(['example', 'example.com', 'example.net', 'example.org']);
  });

  it('When staff.csv is uploaded as clients, then it is recognised as the staff template', async () => {
    expect(codesOf(await problemsOf(example('staff.csv')))).toEqual(['file.staff-template']);
  });

  it('When clients.csv is uploaded as staff, then it is recognised as the clients template', async () => {
    const problems = await problemsOf(example('clients.csv'), { kind: 'staff' });
    expect(codesOf(problems)).toEqual(['file.clients-template']);
  });

  it('When staff.csv is uploaded as staff, then it is read', async () => {
    const { rows, warnings } = await tableOf(example('staff.csv'), { kind: 'staff' });
    expect(rows.length).toBeGreaterThan(1);
    expect(warnings).toEqual([]);
  });

  it('When the generator runs, then it writes the very files that are here', () => {
    const folder = mkdtempSync(join(tmpdir(), 'client-import-examples-'));
    try {
      for (const name of ['generate.ts', 'people.ts']) cpSync(join(ROOT, 'examples', name), join(folder, name));
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'generate.ts')], { cwd: ROOT });
      for (const name of ['clients.csv', 'clean-500.csv']) {
        expect(readFileSync(join(folder, name)).equals(example(name))).toBe(true);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
