import type { ColumnKey } from '../../../domain/columns';
import { guardFormula } from '../../../domain/formula-guard';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { checkOne, checkStaff, codesOf } from '../tables';

const NAMES: ColumnKey[] = ['firstName', 'lastName'];

describe('What programs leave in a cell in place of its text', () => {
  it.each([
    ['????', 'cell.lost-letters'],
    ['?', 'cell.lost-letters'],
    ['J?rgen', 'cell.lost-letters'],
    ['Ji?í', 'cell.lost-letters'],
    ['Ren\ufffde', 'cell.lost-letters'],
    ['\ufffd\ufffd', 'cell.lost-letters'],
    ['#N/A', 'cell.formula-error'],
    ['#REF!', 'cell.formula-error'],
    ['#NAME?', 'cell.formula-error'],
    ['#DIV/0!', 'cell.formula-error'],
    ['#SPILL!', 'cell.formula-error'],
    ['#NV', 'cell.formula-error'],
    ['#BEZUG!', 'cell.formula-error'],
    ['#¿NOMBRE?', 'cell.formula-error'],
    ['#¡REF!', 'cell.formula-error'],
    ['#Н/Д', 'cell.formula-error'],
    ['#ССЫЛКА!', 'cell.formula-error'],
    ['Err:502', 'cell.formula-error'],
    ['Fehler:504', 'cell.formula-error'],
    ['########', 'cell.formula-error'],
    ['\\N', 'cell.no-value'],
    ['(null)', 'cell.no-value'],
    ['<null>', 'cell.no-value'],
    ['NULL', 'cell.no-value'],
    ['null', 'cell.no-value'],
    ['None', 'cell.no-value'],
    ['NaN', 'cell.no-value'],
    ['undefined', 'cell.no-value'],
    ['N/A', 'cell.no-value'],
    ['[object Object]', 'cell.no-value'],
    ['\u3164', 'missing'],
    ['\u2800', 'missing'],
    ['\u115f\u1160', 'missing'],
    ['\uffa0', 'missing'],
    ['\ufe0f', 'missing'],
    ['\u0301', 'missing'],
    ['\ue000', 'missing'],
    ['="" ', 'missing'],
    ['An\u0085n', 'invalid'],
    ['An\u009fn', 'invalid'],
    ['An\u202en', 'invalid'],
    ['An\ue000n', 'invalid'],
  ])('A name of %j is rejected: %s', (cell, code) => {
    for (const key of NAMES) {
      const { person, problems } = checkOne({ [key]: cell });
      expect(person).toBeNull();
      const prefix = key === 'firstName' ? 'first-name' : 'last-name';
      expect(codesOf(problems)).toEqual([code.includes('.') ? code : `${prefix}.${code}`]);
      expect(checkStaff({ [key]: cell }).person).toBeNull();
    }
  });

  it.each([
    ['Ren&eacute;e', 'cell.escaped-letters', 'Renée'],
    ['O&#39;Brien', 'cell.escaped-letters', "O'Brien"],
    ['Jos&#xE9;', 'cell.escaped-letters', 'José'],
    ['Ren&amp;eacute;e', 'cell.escaped-letters', 'Renée'],
    ['Ann&nbsp;Marie', 'cell.escaped-letters', 'Ann\u00a0Marie'],
    ['Ren%C3%A9e', 'cell.escaped-letters', 'Renée'],
    ['Ren=C3=A9e', 'cell.escaped-letters', 'Renée'],
    ['Ren\\u00e9e', 'cell.escaped-letters', 'Renée'],
    ['JosÃ©', 'cell.garbled-letters', 'José'],
    ['MÃ¼ller', 'cell.garbled-letters', 'Müller'],
    ['Ð˜Ð²Ð°Ð½', 'cell.garbled-letters', 'Иван'],
  ])('A name of %j is rejected (%s), and %j is suggested', (cell, code, suggestion) => {
    for (const key of NAMES) {
      const { person, problems } = checkOne({ [key]: cell });
      expect(person).toBeNull();
      expect(problems).toMatchObject([{ code, value: cell, suggestion }]);
      expect(checkOne({ [key]: suggestion }).problems).toEqual([]);
    }
  });

  it.each([
    'Null',
    'NONE',
    'Nil',
    'Nan',
    'Na',
    'NA',
    'Æ A-12',
    'R&D',
    'Straße',
    'São',
    'Ægir',
    'Õnne',
    '#1',
    '50%',
    'Err',
  ])('A name of %j is a name', (name) => {
    expect(checkOne({ firstName: name, lastName: name, company: name })).toMatchObject({
      person: { firstName: name, lastName: name, company: name },
      problems: [],
      repairs: [],
    });
  });

  it.each(['NULL', '\\N', '(null)', 'N/A', 'undefined'])('A company of %j is none, which is a repair', (company) => {
    expect(checkOne({ company })).toMatchObject({
      person: { company: null },
      problems: [],
      repairs: [{ column: 'Company', before: company, after: '' }],
    });
  });

  it.each([
    ['#REF!', 'cell.formula-error'],
    ['#N/A', 'cell.formula-error'],
    ['Caf\ufffd', 'cell.lost-letters'],
    ['M?ller & Co', 'cell.lost-letters'],
    ['???', 'cell.lost-letters'],
    ['AT&amp;T', 'cell.escaped-letters'],
  ])('A company of %j is rejected: %s', (company, code) => {
    expect(codesOf(checkOne({ company }).problems)).toEqual([code]);
  });

  it.each(['Guess? Ltd', 'What now?', 'AT&T', 'Yahoo!', '50% Off', 'Rock & Roll; Sons'])(
    'A company can be called %j',
    (company) => {
      expect(checkOne({ company }).person?.company).toBe(company);
    },
  );
});

describe('A formula that is nothing but a text', () => {
  it.each<[ColumnKey, string, string, string]>([
    ['firstName', '="Ann"', 'Ann', 'First Name'],
    ['lastName', ' ="Lee ""Jr"""', 'Lee "Jr"', 'Last Name'],
    ['company', '\'="00123"', '00123', 'Company'],
    ['email', '="ann@example.com"', 'ann@example.com', 'Email'],
    ['mobile', '="+447911123456"', '+447911123456', 'Mobile'],
    ['role', '="Client"', 'Client', 'Role'],
    ['group', '="Riverside"', 'Riverside', 'Group Identifier'],
  ])('is read as its text in %s: %s', (key, before, after, column) => {
    const { person, repairs, problems } = checkOne({ [key]: before });
    expect(problems).toEqual([]);
    if (key === 'group') expect(person?.teamIds).toEqual(['team-2']);
    else if (key !== 'role') expect(person).toMatchObject({ [key]: after });
    expect(repairs).toEqual([{ column, before, after }]);
  });

  it('is read in a company without a text as no company', () => {
    expect(checkOne({ company: '=""' }).person?.company).toBeNull();
  });
});

describe('Invisible characters in the texts of a problem', () => {
  it('stand there by their names, so that no suggestion looks like the value that it replaces', () => {
    const [problem] = checkOne({ email: 'ann@exam\u200bple.com' }).problems;
    expect(describeProblem(problem!, 2)).toMatchObject({
      value: 'ann@exam⟨ZERO WIDTH SPACE U+200B⟩ple.com',
      suggestion: 'ann@example.com',
      message: expect.stringContaining('ZERO WIDTH SPACE U+200B') as string,
    });
  });

  it('stand there once for a run of them, and never make a value longer than it may be', () => {
    const shown = (email: string): string => describeProblem(checkOne({ email }).problems[0]!, 2).value!;
    expect(shown(`ann@x${'\u200b'.repeat(90)}.example`)).toBe('ann@x⟨ZERO WIDTH SPACE U+200B ×90⟩.example');
    expect(shown('\u200b\u200c'.repeat(90)).length).toBeLessThan(202);
  });

  it.each([
    [{ firstName: 'Ann\u0007' }, 'BELL U+0007'],
    [{ lastName: 'Lee\u0085' + 'x' }, 'NEXT LINE U+0085'],
    [{ company: 'a\u0001\u0002\u0003\u0004b' }, 'U+0001, U+0002, U+0003 and 1 more'],
    [{ email: 'ann\u00a0lee@example.com' }, 'NO-BREAK SPACE U+00A0'],
  ])('are named in the message about %j: %s', (cells, signs) => {
    const [problem] = checkOne(cells).problems;
    expect(describeProblem(problem!, 2).message).toContain(signs);
  });
});

describe('Formulas behind any separator', () => {
  it.each([
    ['Ann;=1+1;x', "Ann;'=1+1;x"],
    ['a\t=b', "a\t'=b"],
    ['a, =b', "a, '=b"],
    ['a|@SUM(A1)', "a|'@SUM(A1)"],
    ['a;"=b"', `a;"'=b"`],
    ['a;＝b', "a;'＝b"],
    ['a\n-b', "a\n'-b"],
    [' =1', " '=1"],
    ['"=1', `"'=1`],
    ['a;=b;+c,-d', "a;'=b;'+c,'-d"],
  ])('of %j are guarded: %j', (cell, guarded) => {
    expect(guardFormula(cell)).toBe(guarded);
  });

  it('are looked for in a time that grows with the length of the cell', () => {
    const cells = [' '.repeat(100_000), `${'"'.repeat(100_000)}=`, "'+".repeat(50_000), ';= '.repeat(33_000)];
    const began = performance.now();
    for (const cell of cells) guardFormula(cell);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
