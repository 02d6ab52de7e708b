import { parse } from 'csv-parse/sync';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { runHere, unwrapped } from '../cli';

describe('Looking up from the command line', () => {
  let stack: Stack;
  let id: string;
  beforeAll(async () => {
    stack = await startStack();
    const flaws = [
      { firstName: 'Ann', lastName: 'Lee', email: 'sandbox-rejected.looked@example.com', mobile: '07911 123456' },
      { firstName: 'Cleo', lastName: 'Lee', email: 'nobody' },
    ];
    id = await stack.api.importId(toCsv(people(2, 'looked', (_, i) => flaws[i]!)));
    await stack.api.rest(id);
  });
  afterAll(() => stack.stop());

  const run = (...args: string[]) => runHere([...args, '--url', stack.url, '--key', stack.api.key]);

  test('A person is shown with rows and messages, and a row that has created nobody with its problem', async () => {
    const { code, out, err } = await run('find', 'lee', 'a');
    expect(code).toBe(0);
    const text = unwrapped(out);
    expect(text).toContain('Ann Lee, client: sandbox-rejected.looked@example.com, +447911123456; has not accepted.');
    expect(text).toMatch(
      new RegExp(`Id: ${id}:2 .*clients\\.csv ${id.slice(0, 8)} 2 created .* UTC e-mail failed: The provider`),
    );
    expect(text).not.toContain('Cleo');
    expect(unwrapped((await run('find', 'cleo')).out)).toMatch(
      /Rows that have created nobody: .* 3 rejected Cleo Lee, nobody: /,
    );
    expect(err).toContain('client-import row ID LINE');
  });

  test('Who is not found is said, and so is a query that is none', async () => {
    expect(await run('find', 'Nemo')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Nobody') as string,
    });
    await expect(run('find', 'x')).rejects.toThrow(/at least 2 letters or digits/);
  });

  test('A row is shown with its cells, its problems and what has happened to it', async () => {
    const { code, out } = await run('row', id, '2');
    expect(code).toBe(0);
    const text = unwrapped(out);
    expect(text).toContain('Row 2: created.');
    expect(text).toContain('Mobile “07911 123456” “+447911123456”');
    expect(text).toContain('invitation.address-refused');
    expect(text).toMatch(/uploaded by .* the file was read .* e-mail pending .* e-mail sending .* e-mail failed: /);
  });

  test('A line that is not there is an error', async () => {
    await expect(run('row', id, '99')).rejects.toThrow(/There is no row "99"/);
  });

  test('Programs get the answers of the API', async () => {
    const found = JSON.parse((await run('find', 'Ann Lee', '--output', 'json')).out) as { data: object[] };
    expect(found.data).toMatchObject([{ firstName: 'Ann', rows: [{ line: 2 }] }]);
    expect(JSON.parse((await run('row', id, '3', '--output', 'json')).out)).toMatchObject({
      row: 3,
      status: 'rejected',
    });
  });

  test('As CSV a person has a record for each message', async () => {
    const { code, out } = await run('find', 'Ann Lee', '--output', 'csv');
    expect(code).toBe(0);
    const records = parse<Record<string, string>>(out, { columns: true, bom: true });
    expect(records.map(({ name, line, channel }) => [name, line, channel]).sort()).toEqual([
      ['Ann Lee', '2', 'email'],
      ['Ann Lee', '2', 'sms'],
    ]);
  });

  test('A default team is set by its name, told, and given up again', async () => {
    const organisation = async () => (await stack.api.get<{ defaultTeam: object | null }>('/v1/organisation')).body;
    const set = await run('organisation', '--default-team', 'mayfair');
    expect(set).toMatchObject({ code: 0, err: 'Rows that name no client team go to Mayfair.\n' });
    expect((await organisation()).defaultTeam).toMatchObject({ name: 'Mayfair' });
    expect((await run('organisation', '--default-team', 'none')).err).toBe(
      'Rows that name no client team are rejected.\n',
    );
    expect((await organisation()).defaultTeam).toBeNull();
    await expect(run('organisation', '--default-team', 'nowhere')).rejects.toThrow(/nowhere/);
  });
});
