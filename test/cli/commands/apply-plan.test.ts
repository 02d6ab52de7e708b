import { rawWorkbook, rowXml } from '../../domain/reading/raw-workbook';
import { HEADER, people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { createFolder, runTold } from '../cli';
import type { Ended } from '../cli';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('Previews on the command line', () => {
  const folder = createFolder();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(async () => {
    await stack.stop();
    folder.remove();
  });

  const run = (...args: string[]): Promise<Omit<Ended, 'bytes'>> =>
    runTold(args, { sources: { url: stack.url, key: stack.api.key } });
  const preview = (
    name: string,
    ...[count, tag, change, from]: Parameters<typeof people>
  ): Promise<Omit<Ended, 'bytes'>> =>
    run('import', '--preview', folder.file(name, toCsv(people(count, tag, change, from))));
  /** The command that the preview prints, as a person would copy it. */
  const printed = (out: string): string[] => /client-import (apply \w{8} [0-9a-f]{12})$/m.exec(out)![1]!.split(' ');
  const countPeople = (tag: string): Promise<number> =>
    stack.db.collection('people').countDocuments({ emailKey: { $regex: `\\.${tag}@` } });

  test('When a file is previewed, then the plan is shown in numbers with its problems, and nothing is done', async () => {
    const { code, out, err } = await preview('plan.csv', 6, 'cliplan', (_, i) =>
      i === 2 ? { email: 'nobody' } : i === 3 ? { firstName: '李' } : {},
    );
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('plan.csv: awaiting-approval') as string });
    expect(out).toContain('plan.csv: awaiting-approval. 6 lines; nothing was created or sent yet.');
    expect(out).toMatch(/ 5 to be created\n +0 to be changed\n +0 to be left as they are\n +0 to be skipped\n/);
    expect(out).toMatch(/ 0 to wait .*\n +1 to be rejected\n +5 invitations by e-mail\n/);
    expect(Number(/5 invitations by SMS, in (\d+) segments/.exec(out)![1])).toBeGreaterThan(5);
    expect(out).toMatch(/1 × email\.invalid\n.*\n {4}Line 4, C Email, .*: nobody\n/s);
    expect(out).toMatch(/Plan [0-9a-f]{64}\n +It can be applied until \d{4}-\d\d-\d\d \d\d:\d\d UTC by:\n/);
    expect(await countPeople('cliplan')).toBe(0);
  });

  test('When the printed command is run, then exactly that plan is applied and followed to its end', async () => {
    const looked = await preview('apply.csv', 3, 'cliapply', undefined, 20);
    expect(looked.code).toBe(0);
    const { code, out, err } = await run(...printed(looked.out));
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('apply.csv: completed') as string });
    expect(out).toContain('apply.csv: completed. 3 lines, 3 clients created');
    expect(await countPeople('cliapply')).toBe(3);
    // Once more does nothing and says how it stands.
    expect(err).not.toContain('applied already');
    expect(await run(...printed(looked.out))).toMatchObject({
      code: 0,
      out,
      err: expect.stringContaining('This plan was applied already') as string,
    });
  });

  test('When an import asks something, then the question is printed, and the printed command answers it', async () => {
    const rows = people(3, 'cliasked', undefined, 60).map((person, i) =>
      rowXml(i + 2, Object.values(person)).replace('<row ', i === 1 ? '<row hidden="1" ' : '<row '),
    );
    const file = folder.file('asked.xlsx', rawWorkbook([{ rows: rowXml(1, HEADER) + rows.join('') }]));
    const asked = await run('import', file);
    expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('asked.xlsx: awaiting-approval') as string });
    expect(asked.out).toContain('Before anything is created or sent, choose:');
    expect(asked.out).toMatch(/ {2}--hidden-rows skip +Leave the hidden rows out\n/);
    expect(asked.out).not.toMatch(/It can be applied/);
    const [, id] = /apply (\w{8}) .*--hidden-rows skip\|include$/m.exec(asked.out)!;

    expect(await run('apply', id!, '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining(`client-import status ${id}`) as string,
    });
    expect(await run('apply', id!, 'f'.repeat(64), '--hidden-rows', 'skip')).toMatchObject({ code: 1 });
    const chosen = await run('apply', id!, '--hidden-rows', 'skip');
    expect(chosen).toMatchObject({ code: 0, err: '' });
    expect(chosen.out).toMatch(/ 2 to be created\n/);
    expect(await countPeople('cliasked')).toBe(0);
    expect((await run(...printed(chosen.out))).code).toBe(0);
    expect(await countPeople('cliasked')).toBe(2);
  });

  test('When no hash is given, then it explains what to do and does nothing, unless that is wished for', async () => {
    const [, id] = printed((await preview('yes.csv', 2, 'cliyes', undefined, 30)).out);
    const refused = await run('apply', id!);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(new RegExp(`client-import status ${id}.*client-import apply ${id} --yes`, 's'));
    expect(await countPeople('cliyes')).toBe(0);

    const shown = await run('status', id!);
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('2 to be created') as string });
    expect(await run('apply', id!, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 clients created') as string,
    });
  });

  test('When the data has moved since, then the plan is rejected and the way to the new one is shown', async () => {
    const looked = await preview('moved.csv', 2, 'climoved', undefined, 40);
    await stack.api.rest(await stack.api.importId(toCsv(people(1, 'climoved', undefined, 40))));
    const [, id] = printed(looked.out);
    const { code, out, err } = await run(...printed(looked.out));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`client-import status ${id}`);
    const shown = await run('status', id!);
    expect(shown.code).toBe(2);
    expect(shown.out).toMatch(/ 1 to be created\n/);
    expect(await run(...printed(shown.out))).toMatchObject({
      code: 2,
      out: expect.stringContaining('completed-with-problems. 2 lines, 1 client created, 1 row rejected') as string,
    });
  });

  test('When people are known already and are to be changed, then the plan counts them so', async () => {
    await stack.api.rest(await stack.api.importId(toCsv(people(2, 'clichange', undefined, 50))));
    const changed = toCsv(people(2, 'clichange', (_, i) => (i === 0 ? { lastName: 'Renamed' } : {}), 50));
    const { code, out } = await run(
      'import',
      '--preview',
      '--on-existing',
      'update',
      folder.file('change.csv', changed),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/ 0 to be created\n +1 to be changed\n +1 to be left as they are\n/);
    expect(out).toMatch(/ 2 +Last Name +“\w+” → “Renamed”\n/);
  });

  test('When people are known already, then the option for them is named; to be invited again, they are counted so', async () => {
    await stack.api.rest(await stack.api.importId(toCsv(people(2, 'cliknown', undefined, 80))));
    const path = folder.file('known.csv', toCsv(people(2, 'cliknown', undefined, 80)));
    const refused = await run('import', '--preview', path);
    expect(refused.code).toBe(2);
    expect(refused.out).toContain('People who are there already: --on-existing invite|update|skip');
    expect(refused.out).toContain('There is nothing to apply');
    expect(refused.out).not.toContain('It can be applied');

    const again = await run('import', '--preview', '--on-existing', 'invite', path);
    expect(again.out).toMatch(/ 2 to be invited again\n +0 to be left as they are\n/);
    expect(again.out).toContain('It can be applied');
  });

  test('When an address is probably mistyped, then a preview says so unasked', async () => {
    const { code, out } = await preview('typo.csv', 1, 'clityped', () => ({ email: 'person.typed@gmial.com' }), 90);
    expect(code).toBe(0);
    expect(out).toContain('yet; 1 warning.');
    expect(out).toContain('email.domain-typo');
    expect(out).not.toContain('--warnings');
    expect(out).not.toMatch(/\n\n\n/);
  });

  test.each([
    [
      'the import is no preview',
      async () => stack.api.importId(toCsv(people(1, 'cliplain', undefined, 60))),
      /no plan/,
    ],
    ['there is no such import', async () => UNKNOWN, new RegExp(`no import "${UNKNOWN}"`)],
    ['the id is a path', async () => '../organisation', /no import/],
  ])('When %s, then it is said that there is nothing to apply', async (_what, makeId, message) => {
    const id = await makeId();
    if (id !== UNKNOWN && !id.includes('/')) await stack.api.rest(id);
    expect(await run('apply', id, '--yes')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(message) as string,
    });
  });
});
