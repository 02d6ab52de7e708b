import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentDone } from '../../cli/progress-bars';
import { formatAttention } from '../../cli/report';
import { emptyProgress } from '../../contract/progress';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

describe('client-import import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-import-cli-'));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  async function run(files: string[], options: { url?: string; key?: string } = {}) {
    const { url = stack.url, key = stack.api.key } = options;
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      join('cli', 'main.ts'),
      'import',
      '--url',
      url,
      '--key',
      key,
      ...files,
    ]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    const [code] = (await once(child, 'close')) as [number];
    return { code, out, err };
  }

  test('When everything goes well, then it ends with 0 and says what was done, progress apart from results', async () => {
    const { code, out, err } = await run([file('good.csv', toCsv(people(4, 'cligood')))]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('good.csv: completed') as string });
    expect(out).toContain(
      'good.csv: completed. 4 lines, 4 clients created, 0 rows refused; invited 4 by e-mail and 4 by SMS.',
    );
    expect(out).toContain('/namespaces/default/workflows/client-import%3A');
  });

  test('When rows or invitations have problems, then it ends with 2 and shows line, column, code and what to do', async () => {
    const rows = people(
      4,
      'clibad',
      (_, i) => (i === 1 ? { email: 'nobody' } : i === 2 ? { email: 'sandbox-refused.cli@example.com' } : {}),
      10,
    );
    const { code, out } = await run([
      file('good-too.csv', toCsv(people(2, 'clitoo', () => ({}), 20))),
      file('bad.csv', toCsv(rows)),
    ]);
    expect(code).toBe(2);
    expect(out).toContain('good-too.csv: completed.');
    expect(out).toMatch(/ {2}3 +C Email +email\.invalid +\S+/);
    expect(out).toMatch(/ {2}4 +email +invitation\.address-refused +\S+/);
  });

  test('When one of the files is too large, then it is named and the others are imported', async () => {
    const large = file('large.csv', 'x'.repeat(5 * 1024 * 1024 + 1));
    const { code, out, err } = await run([large, file('beside.csv', toCsv(people(1, 'clibeside', () => ({}), 30)))]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('beside.csv: completed') as string });
    expect(out).toContain('large.csv: refused. A file may have at most 5 MB.');
    expect(out).toContain('beside.csv: completed. 1 line, 1 client created');
  });

  test('When a file as a whole is refused, then it ends with 2 and says why', async () => {
    const { code, out } = await run([file('many.csv', toCsv(people(501, 'climany')))]);
    expect(code).toBe(2);
    expect(out).toMatch(/- +file\.too-many-rows .*501/);
  });

  test.each([
    ['a file is missing', () => run([join(folder, 'nowhere.csv')]), /nowhere\.csv/],
    ['the key is wrong', () => run([file('x.csv', 'x')], { key: 'ci_wrong-key-wrong-key-wrong-key' }), /valid key/],
    [
      'the API is away',
      () => run([file('x.csv', 'x')], { url: 'http://127.0.0.1:9' }),
      /cannot be reached .*npm start/s,
    ],
  ])('When %s, then it ends with 1 and one clear message', async (_what, attempt, message) => {
    const { code, out, err } = await attempt();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/ at .*\.ts/);
  });

  test('When a sentence is longer than the terminal is wide, then it goes on below its own column', () => {
    const table = formatAttention(
      [
        {
          line: 7,
          where: 'D Mobile',
          code: 'mobile.invalid',
          text: 'one two three four five six seven eight nine ten',
        },
      ],
      60,
    );
    const [head, ...rest] = table.split('\n');
    expect(head).toContain('LINE  COLUMN    CODE');
    const column = rest[0]!.indexOf('one');
    expect(rest.slice(1).every((line) => line.search(/\S/) === column)).toBe(true);
    expect(rest.map((line) => line.slice(column)).join(' ')).toBe('one two three four five six seven eight nine ten');
  });

  test('When an import goes on, then its bar moves from 0 to 100 with rows and invitations', () => {
    const view = (rows: object, sms: object, status = 'inviting' as const) => {
      const progress = emptyProgress('import', status);
      return {
        ...progress,
        id: 'import',
        fileName: '',
        problems: [],
        links: { temporalUi: '' },
        lines: 10,
        rows: { ...progress.rows, ...rows },
        invitations: { ...progress.invitations, sms: { ...progress.invitations.sms, ...sms } },
      };
    };
    expect(percentDone(view({ pending: 10 }, {}))).toBe(0);
    expect(percentDone(view({ created: 10 }, { pending: 10 }))).toBe(66);
    expect(percentDone(view({ created: 10 }, { sent: 10 }))).toBe(100);
    expect(percentDone({ ...view({}, {}), lines: 0 })).toBe(0);
  });
});
