import type { Question } from '../../../contract/question';
import { columnIndex, columnLetter } from '../../../domain/columns';
import { describeQuestion } from '../../../domain/problems/question-texts';
import { codesOf, problemsOf, read, tableOf } from './files';
import type { Content } from './files';

const HEADINGS = ['Etunimi', 'Sukunimi', 'Sähköposti', 'Tel. (mobile)', 'Tiimi'];
const MAPPING = { firstName: 'Etunimi', lastName: 'B', email: 'sähköposti', mobile: 'Tel. (mobile)', group: '5' };
const ROW = ['Aino', 'Virta', 'aino@example.com', '+358401234567', 'Mayfair'];
const file = (header: readonly string[] = HEADINGS, rows: readonly (readonly string[])[] = [ROW], sign = ';'): string =>
  [header, ...rows].map((cells) => cells.join(sign)).join('\n');

async function questionOf(content: Content, options = {}): Promise<Question | undefined> {
  const result = await read(content, options);
  const questions = (result.ok ? result.table.questions : result.questions) ?? [];
  return questions.find(({ kind }) => kind === 'columns');
}

describe('A file whose headings are not known', () => {
  it('When it can be a list, then it asks, and shows each column with values and what it may be', async () => {
    const question = await questionOf(
      file(
        ['Nimi', 'Sukunimi', 'Yhteys', 'Mobil number', 'Ryhmä', ''],
        [
          [...ROW, ''],
          [...ROW, 'x'],
        ],
      ),
    );
    expect(question!.problem.details).toMatchObject({
      line: 1,
      names: 'First Name, Last Name, Email, Mobile, Group Identifier',
    });
    expect(question!.columns).toEqual([
      { letter: 'A', header: 'Nimi', samples: ['Aino'] },
      { letter: 'B', header: 'Sukunimi', samples: ['Virta'] },
      {
        letter: 'C',
        header: 'Yhteys',
        samples: ['aino@example.com'],
        likely: { column: 'email', why: 'values' },
      },
      {
        letter: 'D',
        header: 'Mobil number',
        samples: ['+358401234567'],
        likely: { column: 'mobile', why: 'heading' },
      },
      { letter: 'E', header: 'Ryhmä', samples: ['Mayfair'] },
      { letter: 'F', header: '', samples: ['x'] },
    ]);
  });

  it('When the question is described, then the guesses are a mapping to be sent, and what the headings tell is none of it', async () => {
    const question = await questionOf(file(['Vorname', 'Nachname', 'Kontakt', 'Tel. (mobile)', 'Team']));
    const { columns, mapping } = describeQuestion(question!);
    expect(columns!.map(({ likely }) => likely?.why)).toEqual([
      ...['recognised', 'recognised', 'values', 'heading', 'recognised'],
    ]);
    expect(mapping).toEqual({ email: 'Kontakt', mobile: 'Tel. (mobile)' });
  });

  it.each<[string, Content]>([
    ['is prose', 'Dear Sir,\nplease find\nour clients below.\n'],
    ['has fewer columns than are missing', file(['Kontakt', 'Tel'], [['a@b.example', '+358401234567']])],
    ['has no heading, only people', file(ROW)],
    ['is a PDF', '%PDF-1.7 …'],
  ])('When it %s, then it is refused as before', async (_, content) => {
    expect(await questionOf(content)).toBeUndefined();
    expect((await problemsOf(content)).length).toBeGreaterThan(0);
  });

  it('When two columns have the same heading, then it is asked which is meant', async () => {
    const question = await questionOf(file(['First Name', 'Last Name', 'Email', 'Mobile', 'Mobile', 'Team']));
    expect(question!.problem.details).toMatchObject({ names: 'Mobile' });
  });
});

describe('A mapping', () => {
  it.each([',', ';', '\t', '|'])(
    'When it names all columns of a file divided by “%s”, then that is read',
    async (sign) => {
      const { columns, rows, warnings } = await tableOf(file(HEADINGS, [ROW], sign), { mapping: MAPPING });
      expect(columns.map(({ key, letter }) => [key, letter])).toEqual([
        ...[
          ['firstName', 'A'],
          ['lastName', 'B'],
          ['email', 'C'],
          ['mobile', 'D'],
          ['group', 'E'],
        ],
      ]);
      expect(rows[0]!.cells).toMatchObject({ firstName: 'Aino', email: 'aino@example.com', group: 'Mayfair' });
      expect(warnings).toEqual([]);
    },
  );

  it('When it names a column that another heading claims, then the word of the administrator wins', async () => {
    const header = ['First Name', 'Last Name', 'Email', 'Mobile', 'Second phone', 'Team'];
    const cells = ['Ann', 'Lee', 'ann@example.com', '+12025550123', '+12025550124', 'Mayfair'];
    const { rows, warnings } = await tableOf(file(header, [cells]), { mapping: { mobile: 'Second phone' } });
    expect(rows[0]!.cells.mobile).toBe('+12025550124');
    expect(codesOf(warnings)).toContain('file.second-column');
  });

  it('When a title stands above the headings that it names, then these are found below', async () => {
    const { rows } = await tableOf(`Asiakkaat 2026\n\n${file()}`, { mapping: MAPPING });
    expect(rows.map(({ line }) => line)).toEqual([4]);
  });

  it.each([
    ['a column that the file has not', { mobile: 'Puhelin' }, 'Puhelin'],
    ['a letter beyond the last heading', { mobile: 'Z' }, 'Z'],
    ['one column twice', { email: 'Sähköposti', mobile: 'H' }, 'email and mobile'],
    ['a column of the other template', { teams: 'Tiimi' }, 'teams'],
    ['a heading that two columns have', { mobile: 'Puh' }, 'letter'],
  ])('When it names %s, then nothing is read and it is asked again', async (_, mapping, named) => {
    const header = ['First Name', 'Last Name', 'Email', 'Mobile', 'Group', 'Puh', 'Puh', 'Sähköposti'];
    const result = await read(file(header, [[...ROW, '', '', '']]), { mapping });
    expect(result).toMatchObject({ ok: false, questions: [{ kind: 'columns' }] });
    const problem = !result.ok && result.problems.find(({ code }) => code === 'file.mapping-unusable');
    expect(problem).toMatchObject({ details: { reason: expect.stringContaining(named) as string } });
  });

  it('When the first row is a person, then no mapping makes headings of them', async () => {
    const problems = await problemsOf(file(ROW, [ROW]), {
      mapping: { ...MAPPING, firstName: 'A', email: 'C', mobile: 'D' },
    });
    expect(codesOf(problems)).toEqual(['file.no-header']);
  });

  it('Letters and indexes of columns are the same', () => {
    for (const index of [0, 25, 26, 51, 52, 701, 702, 999]) expect(columnIndex(columnLetter(index))).toBe(index);
    expect(columnIndex('A1')).toBeUndefined();
  });
});
