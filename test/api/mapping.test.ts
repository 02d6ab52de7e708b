import { collectionsOf } from '../../store/documents';
import { rawWorkbook, rowXml } from '../domain/reading/raw-workbook';
import type { ImportAnswer } from '../support/api-caller';
import { download } from '../support/download';
import { HEADER, people } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

const HEADINGS = ['Etunimi', 'Sukunimi', 'Kontakt', 'Mobil number', 'Rooli', 'Yritys', 'Tiimi'];
const MAPPING = { firstName: 'Etunimi', lastName: 'B', email: 'Kontakt', mobile: 'Mobil number', group: 'Tiimi' };

/** A file that only its owner understands. */
const foreign = (rows: readonly Person[], headings: readonly string[] = HEADINGS): string =>
  [headings, ...rows.map((row) => Object.values(row) as string[])].map((cells) => `${cells.join(';')}\n`).join('');

describe('Columns and sheets that only an administrator knows', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  let from = 0;
  const some = (count = 2, change: (row: Person, i: number) => Partial<Person> = () => ({})): Person[] => {
    from += 10;
    return people(count, `map${from}`, change, from);
  };
  const rest = async (content: string | Uint8Array<ArrayBuffer>, options: Record<string, string> = {}) => {
    const id = await stack.api.importIdWith(options, content, typeof content === 'string' ? 'a.csv' : 'a.xlsx');
    return stack.api.rest(id);
  };
  const invited = async (rows: readonly Person[]): Promise<number> => {
    const sent = (await stack.sandbox.messages()).map(({ to }) => to);
    return rows.filter(({ email, mobile }) => sent.includes(email) || sent.includes(mobile)).length;
  };
  const kindsOf = ({ questions }: ImportAnswer): string[] => questions.map(({ kind }) => kind);

  test('When no heading is known, then the import waits, shows likely columns, and is carried out once they are mapped', async () => {
    const rows = some();
    const asked = await rest(foreign(rows));
    expect(asked).toMatchObject({ status: 'awaiting-approval', lines: 0, plan: null, rows: { rejected: 0 } });
    expect(asked.problems).toMatchObject([{ code: 'file.columns-unclear', severity: 'warning' }]);
    const [question] = asked.questions;
    expect(question).toMatchObject({
      kind: 'columns',
      option: 'mapping',
      mapping: { email: 'Kontakt', mobile: 'Mobil number' },
    });
    expect(question!.columns![2]).toMatchObject({
      letter: 'C',
      samples: rows.map(({ email }) => email),
      likely: { why: 'values' },
    });
    expect(await stack.api.apply(asked.id, '0'.repeat(64))).toMatchObject({
      status: 409,
      body: { code: 'choices-missing' },
    });
    expect(await stack.api.call('GET', `/v1/imports/${asked.id}/report.csv`)).toMatchObject({
      status: 409,
      body: { code: 'choices-missing' },
    });

    const support = await stack.as('support').find(asked.id);
    expect(JSON.stringify(support)).not.toContain(rows[0]!.email);
    expect(JSON.stringify(support)).not.toContain(rows[0]!.mobile.slice(3));

    const wrong = await stack.api.choose(asked.id, { mapping: { ...MAPPING, group: 'Team of clients' } });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'choice-rejected' } });
    expect(await stack.api.find(asked.id)).toEqual(asked);

    const chosen = await stack.as('userAdministrator').choose(asked.id, { mapping: MAPPING });
    expect(chosen).toMatchObject({ status: 200, body: { questions: [], lines: 2, plan: { actions: { create: 2 } } } });
    expect(await invited(rows)).toBe(0);
    expect((await stack.api.apply(asked.id, chosen.body.plan!.hash)).status).toBe(202);
    expect(await stack.api.rest(asked.id)).toMatchObject({ status: 'completed', rows: { created: 2 } });
    expect(await invited(rows)).toBe(2);
  });

  test('When the mapping comes with the upload, then nothing is asked, and neither of its failed rows', async () => {
    const rows = some(2, (_, i) => (i === 1 ? { email: 'nobody' } : {}));
    const done = await rest(foreign(rows), { mapping: JSON.stringify(MAPPING) });
    expect(done).toMatchObject({ status: 'completed-with-problems', rows: { created: 1, rejected: 1 } });
    const failed = await download(stack, `/v1/imports/${done.id}/failed-rows.csv`);
    const corrected = Buffer.from(failed.bytes).toString().replace('nobody', `again${from}@example.com`);
    expect(corrected).toContain('Etunimi');
    expect(await rest(corrected)).toMatchObject({ status: 'completed', corrects: done.id, rows: { created: 1 } });
  });

  test('When the upload maps a column that the file has not, then it waits instead of guessing', async () => {
    const rows = some();
    const mapping = JSON.stringify({ ...MAPPING, mobile: 'Puhelin' });
    const asked = await rest(foreign(rows), { mapping });
    expect(asked).toMatchObject({ status: 'awaiting-approval', options: { mapping: { mobile: 'Puhelin' } } });
    expect(asked.problems.map(({ code }) => code)).toEqual(['file.columns-unclear', 'file.mapping-unusable']);
    expect(asked.problems[1]!.message).toContain('Puhelin');
    expect((await stack.api.choose(asked.id, { mapping: MAPPING })).body.questions).toEqual([]);
  });

  test('When a mapping makes no sense, then the upload is refused and says where', async () => {
    const refused = async (mapping: string) =>
      (await stack.api.uploadWith({ mapping }, { name: 'a.csv', content: '' })).body;
    expect(await refused('{')).toMatchObject({ code: 'invalid-request', errors: [{ field: 'mapping' }] });
    expect(await refused('{"email": "A", "phone": "Tel"}')).toMatchObject({
      errors: [{ field: 'mapping.phone', parameter: 'mapping' }],
    });
    expect(await refused('{"email": {"$ne": ""}}')).toMatchObject({ errors: [{ field: 'mapping.email' }] });
    expect(await refused('{}')).toMatchObject({ errors: [{ field: 'mapping' }] });
    expect(await refused('{"teams": "Tiimi"}')).toMatchObject({ errors: [{ field: 'mapping.teams' }] });
  });

  test('When a system administrator keeps the mapping, then later files with the same headings need none', async () => {
    const asked = await rest(foreign(some()));
    const keep = { mapping: MAPPING, keepMapping: true };
    expect(await stack.as('userAdministrator').choose(asked.id, keep)).toMatchObject({ status: 403 });
    expect(await stack.api.find(asked.id)).toEqual(asked);
    expect(await stack.api.choose(asked.id, keep)).toMatchObject({ status: 200, body: { questions: [] } });
    const { body } = await stack.api.get<{ headerAliases: object }>('/v1/organisation');
    expect(body.headerAliases).toEqual({
      ...{
        firstName: ['Etunimi'],
        lastName: ['Sukunimi'],
        email: ['Kontakt'],
        mobile: ['Mobil number'],
        group: ['Tiimi'],
      },
    });
    expect(await rest(foreign(some()))).toMatchObject({ status: 'completed', rows: { created: 2 } });
    await collectionsOf(stack.db).organisations.updateMany({}, { $set: { headerAliases: {} } });
  });

  const sheet = (name: string, rows: readonly Person[]) => ({
    name,
    rows: rowXml(1, HEADER) + rows.map((row, i) => rowXml(i + 2, Object.values(row))).join(''),
  });
  const book = (...sheets: { name: string; rows: string }[]) => Uint8Array.from(rawWorkbook(sheets));

  test('When two sheets hold people, then it is asked which, and each is imported with its choice', async () => {
    const [north, south] = [some(), some(3)];
    const workbook = book(sheet('North', north), sheet('South', south));
    const asked = await rest(workbook);
    expect(asked).toMatchObject({
      status: 'awaiting-approval',
      lines: 2,
      questions: [{ kind: 'sheet', option: 'sheet', choices: [{ value: 'North' }, { value: 'South' }] }],
    });
    expect(await stack.api.choose(asked.id, { sheet: 'East' })).toMatchObject({
      status: 409,
      body: { code: 'choice-rejected' },
    });
    const chosen = await stack.api.choose(asked.id, { sheet: 'south' });
    expect(chosen).toMatchObject({ status: 200, body: { questions: [], lines: 3 } });
    await stack.api.apply(asked.id, chosen.body.plan!.hash);
    expect(await stack.api.rest(asked.id)).toMatchObject({ status: 'completed', rows: { created: 3 } });
    expect(await rest(workbook, { sheet: '1' })).toMatchObject({ status: 'completed', rows: { created: 2 } });
    expect([await invited(north), await invited(south)]).toEqual([2, 3]);
  });

  test('When neither sheet nor columns are known, then both are asked, one after the other or at once', async () => {
    const rows = some();
    const list = {
      name: 'Lista',
      rows: rowXml(1, HEADINGS) + rows.map((row, i) => rowXml(i + 2, Object.values(row))).join(''),
    };
    const asked = await rest(book({ name: 'Kansi', rows: rowXml(1, ['Hei']) }, list));
    expect(kindsOf(asked)).toEqual(['sheet']);
    const half = await stack.api.choose(asked.id, { sheet: 'Lista' });
    expect(kindsOf(half.body)).toEqual(['columns']);
    expect(half.body.plan).toBeNull();
    const whole = await stack.api.choose(asked.id, { mapping: MAPPING });
    expect(whole.body).toMatchObject({ questions: [], lines: 2 });
    // Back on the cover sheet nothing of the old plan may be left to apply.
    const back = await stack.api.choose(asked.id, { sheet: 'Kansi' });
    expect(back).toMatchObject({ status: 200, body: { plan: null, lines: 0 } });
    expect(await stack.api.apply(asked.id, whole.body.plan!.hash)).toMatchObject({
      status: 409,
      body: { code: 'choices-missing' },
    });
  });
});
