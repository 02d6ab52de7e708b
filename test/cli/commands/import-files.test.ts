import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { createFolder, runCli, runTold, unwrapped } from '../cli';

const STAFF = [
  'First Name,Last Name,Email,Mobile,Role,Client Teams',
  'Mira,Stone,mira.stone@staff.example.com,+12035550190,Support,Mayfair',
].join('\n');

describe('client-import import', () => {
  const folder = createFolder();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(async () => {
    await stack.stop();
    folder.remove();
  });

  const file = (name: string, ...[count, tag, change, from]: Parameters<typeof people>): string =>
    folder.file(name, toCsv(people(count, tag, change, from)));
  const run = (args: string[], { url = stack.url, key = stack.api.key }: { url?: string; key?: string } = {}) =>
    runTold(['import', '--url', url, '--key', key, ...args]);
  const idIn = (out: string): string => /client-import%3A([\w-]{36})/.exec(out)![1]!;

  test('When everything goes well, then it ends with 0 and says what was done, progress apart from results', async () => {
    const { code, out, err } = await run([file('good.csv', 4, 'cligood')]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('good.csv: completed') as string });
    expect(out).toContain(
      'good.csv: completed. 4 lines, 4 clients created, 0 rows rejected; invited 4 by e-mail and 4 by SMS.',
    );
    expect(out).toContain('/namespaces/default/workflows/client-import%3A');
    expect(out).not.toContain('failed-rows');
  });

  test('When rows or invitations have problems, then it ends with 2 and shows line, column, code and what to do', async () => {
    const change = (_: unknown, i: number) =>
      i === 1 ? { email: 'nobody' } : i === 2 ? { email: 'sandbox-rejected.cli@example.com' } : {};
    const { code, out } = await run([
      file('good-too.csv', 2, 'clitoo', undefined, 20),
      file('bad.csv', 4, 'clibad', change, 10),
    ]);
    expect(code).toBe(2);
    expect(out).toContain('good-too.csv: completed.');
    expect(out).toMatch(/1 × email\.invalid\n +\S.*\n\n {4}Line 3, C Email, \w+ \w+: nobody\n/s);
    expect(out).toMatch(/Line 4, email, .*: sandbox-rejected\.cli@example\.com\n/);
    for (const next of ['correct \\w{8} 3 --email …', 'failed-rows \\w{8}', 'retry \\w{8} --all'])
      expect(out).toMatch(new RegExp(`client-import ${next} --url ${stack.url}`));
  });

  test('When rows come with warnings, then they are counted, and listed with what may be meant where that is asked for', async () => {
    const typo = (_: unknown, i: number) => (i === 0 ? { email: 'person.cli@gmial.com' } : {});
    const { code, out } = await run([file('typo.csv', 2, 'clitypo', typo, 40)]);
    expect(code).toBe(0);
    expect(out).toContain('; 1 warning.');
    expect(out).not.toContain('email.domain-typo');
    const status = await runTold(['status', idIn(out), '--warnings', '--url', stack.url, '--key', stack.api.key]);
    expect(status.code).toBe(0);
    expect(unwrapped(status.out)).toMatch(
      /email\.domain-typo .* Line 2, C Email, .*: person\.cli@gmial\.com Perhaps “person\.cli@gmail\.com” is meant\./,
    );
  });

  test('When something of a file should be known, then that is shown, and the file is not called rejected', async () => {
    const extra = toCsv(people(1, 'cliextra', undefined, 50)).split('\n');
    const { code, out } = await run([
      folder.file('extra.csv', `${extra[0]!.trim()},Shoe Size\n${extra[1]!.trim()},44\n`),
    ]);
    expect(code).toBe(0);
    expect(out).toContain('extra.csv: completed. 1 line, 1 client created');
    expect(out).toContain('; 1 warning.');
    expect(unwrapped(out)).toMatch(/1 × file\.[\w-]+ .*Shoe Size/);
  });

  test('When a client team has no active staff yet, then the rows are told to wait, and the command does not wait with them', async () => {
    const staff = { kind: 'staff', teamIds: 'demo:riverside' };
    await stack.db.collection('people').updateMany(staff, { $set: { active: false } });
    const waiting = (_: unknown, i: number) => (i < 2 ? { group: 'Riverside' } : {});
    const { code, out, err } = await run([file('waiting.csv', 3, 'cliwait', waiting, 60)]);
    await stack.db.collection('people').updateMany(staff, { $set: { active: true } });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('waiting.csv: waiting') as string });
    expect(out).toContain('waiting.csv: waiting. 3 lines, 1 client created, 2 waiting, 0 rows rejected');
    expect(out).toContain('2 rows waiting: each is invited as soon as its client team has an active staff member.');
  });

  test('When nobody but the example of the template is in a file, then that is said, and it is no success', async () => {
    const example = 'Jane,Example,jane.example@example.com,+447911123456,Client,Example Ltd,YourTeam\n';
    const { code, out } = await run([folder.file('example.csv', toCsv([]).trimEnd() + '\n' + example)]);
    expect({ code, out }).toEqual({
      code: 2,
      out: expect.stringContaining("only the template's example: fill in your people") as string,
    });
  });

  test('When staff are imported as clients, then the option that helps is named', async () => {
    const { code, out } = await run([folder.file('staff-as-clients.csv', STAFF)]);
    expect({ code, out }).toEqual({
      code: 2,
      out: expect.stringContaining('Members of staff: --kind staff') as string,
    });
  });

  test('When options are given, then they reach the import', async () => {
    const path = file('again.csv', 2, 'cliagain', undefined, 70);
    expect((await run([path])).code).toBe(0);
    expect(await run([path, '--on-existing', 'skip'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 lines, 0 clients created, 2 skipped, 0 rows rejected') as string,
    });
    const strict = await run([file('strict.csv', 1, 'clistrict', () => ({ lastName: ' Stone ' }), 80), '--strict']);
    expect(strict).toMatchObject({ code: 2, out: expect.stringContaining('row.not-exact') as string });
    const staff = await run([folder.file('staff.csv', STAFF), '--kind', 'staff', '--encoding', 'utf-8']);
    expect(staff).toMatchObject({ code: 0, out: expect.stringContaining('1 member of staff created') as string });
    const [import_] = await stack.db.collection('imports').find({ fileName: 'staff.csv' }).toArray();
    expect(import_!['options']).toMatchObject({ encoding: 'utf-8' });
  });

  test('When the organisation is strict, then a person can still have one file corrected', async () => {
    const { body } = await stack.api.call<{ strict: boolean }>('PATCH', '/v1/organisation', {
      body: '{"strict": true}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(body.strict).toBe(true);
    const path = file('spaces.csv', 1, 'clispaces', () => ({ lastName: ' Stone ' }), 90);
    expect((await run([path])).code).toBe(2);
    expect((await run([path, '--no-strict'])).code).toBe(0);
  });

  test('A file on the standard input is imported under its name, with nothing but data among the results', async () => {
    const input = toCsv(people(1, 'clistdin', undefined, 92));
    const args = ['import', '-', '--name', 'piped.csv', '--output', 'json', '--no-strict'];
    const { code, out } = await runTold([...args, '--url', stack.url, '--key', stack.api.key], { input });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ fileName: 'piped.csv', status: 'completed', lines: 1 }]);
  });

  test('When one of the files is too large, then it is named and the others are imported', async () => {
    const large = folder.file('large.csv', 'x'.repeat(5 * 1024 * 1024 + 1));
    const { code, out, err } = await run([large, file('beside.csv', 1, 'clibeside', undefined, 30)]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('beside.csv: completed') as string });
    expect(out).toContain('large.csv: rejected. A file may have at most 5 MB.');
    expect(out).toContain('beside.csv: completed. 1 line, 1 client created');
  });

  test('When several files have the same person, then the first has it, and one command shows and saves all of them', async () => {
    const first = file('first.csv', 2, 'clibatch', undefined, 95);
    const failing = (_: unknown, i: number) => (i === 1 ? { email: 'sandbox-rejected.clibatch@example.com' } : {});
    const { code, out } = await run([first, file('second.csv', 2, 'clibatch', failing, 95)]);
    expect({ code, out: unwrapped(out) }).toEqual({
      code: 2,
      out: expect.stringContaining('already in row 2 of “first.csv”') as string,
    });
    const id = /client-import batch (\w{8})/.exec(out)![1]!;
    const batch = (...args: string[]) => runTold(['batch', id, ...args, '--url', stack.url, '--key', stack.api.key]);
    const shown = await batch();
    expect(shown.code).toBe(2);
    expect(shown.out).toMatch(/^\nUpload of .*: needs-attention\. 2 files, 4 lines, 3 created, 1 row rejected;/);
    expect(shown.out).toContain('first.csv: completed. 2 lines');
    const report = await batch('report', '--output', '-');
    expect(report.out.split('\n').filter((line) => /^(first|second)\.csv,/.test(line))).toHaveLength(4);
    const retried = await batch('retry', '--all');
    expect(retried.out).toMatch(/first\.csv: refused\. .*\n.*second\.csv: Sending again: 1 e-mail, 0 SMS\./);
    expect(await batch('retry')).toMatchObject({ code: 1, err: expect.stringContaining('retry --all') as string });
    expect((await batch('cancel')).out).toMatch(/first\.csv: refused\. .*\n.*second\.csv: Cancelled/);
  });

  test('When a file as a whole is rejected, then it ends with 2 and says why', async () => {
    const { code, out } = await run([file('many.csv', 501, 'climany')]);
    expect(code).toBe(2);
    expect(out).toMatch(/1 × file\.too-many-rows\n.*501/);
    expect(out).toContain('nothing of it was imported');
  });

  test('When some files do not exist, then all of them are named before anything is uploaded', async () => {
    const before = await stack.db.collection('imports').countDocuments();
    const { code, out, err } = await run([folder.at('one.csv'), file('fine.csv', 1, 'clifine'), folder.at('two.csv')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/There is no file \S+one\.csv\.\nThere is no file \S+two\.csv\.\n/);
    expect(await stack.db.collection('imports').countDocuments()).toBe(before);
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'the key is wrong',
      () => run([file('x.csv', 1, 'x')], { key: 'ci_wrong-key-wrong-key-wrong-key' }),
      /not know this key.*--key/,
    ],
    ['the key has a stray sign', () => run([file('x.csv', 1, 'x')], { key: '"ci_key"' }), /Copy it again.*--key/],
    ['there is no key', () => runTold(['import', '--url', stack.url, file('x.csv', 1, 'x')]), /no API key.*--key/],
    ['the role may not', () => run([file('x.csv', 1, 'x')], { key: stack.as('support').key }), /role may not.*--key/],
    [
      'the API is away',
      () => run([file('x.csv', 1, 'x')], { url: 'http://127.0.0.1:9' }),
      /cannot be reached .*client-import up.*--url/,
    ],
    [
      'the address is invalid',
      () => run([file('x.csv', 1, 'x')], { url: 'localhost:3000' }),
      /Invalid API address "localhost:3000".*http:\/\/127/,
    ],
    ['an option is unknown to it', () => runCli(['import', 'x.csv', '--encoding', 'none']), /Use one of: utf-8/],
  ])('When %s, then it ends with 1 and one clear message', async (_what, attempt, message) => {
    const { code, out, err } = (await attempt()) as { code: number; out: string; err: string };
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/ at .*\.ts/);
  });

  test.each([
    [200, 'Welcome!', /is not the API of client-import.*--url/],
    [404, '<h1>Not found</h1>', /is not the API of client-import.*--url.*answered 404/],
    [502, '<h1>Bad gateway</h1>', /answered 502.*again/],
  ])('When something else answers there, with %i, then that is said', async (status, text, message) => {
    const other = createServer((_request, response) => response.writeHead(status).end(text)).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { code, err } = await run([file('x.csv', 1, 'x')], { url });
    other.close();
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(message) as string });
  });
});
