import { formatTable, sentenceWidth, terminalWidth } from '../../../cli/output/table';
import { displayWidth, padTo, truncate } from '../../../cli/output/text';

describe('Columns that stand straight in a terminal', () => {
  test.each<[string, string, number]>([
    ['Latin letters', 'Anna Müller', 11],
    ['a Chinese name', '李小龍', 6],
    ['a rare Chinese character outside of the basic plane', '𠮷田', 4],
    ['a Japanese name in three scripts', '田中さくらアイ', 14],
    ['half-width and full-width forms', 'ｶﾅＡＢ', 6],
    ['a Korean name', '김민준', 6],
    ['an accent as a letter of its own', 'Jose\u0301', 4],
    ['a name that a Mac has decomposed', 'カ\u3099 김'.normalize('NFD'), 5],
    ['a Vietnamese name with two marks on one letter', 'Nguye\u0302\u0303n', 6],
    ['a Thai name with vowels above and below', 'ชื่อ', 2],
    ['a Hindi name', 'राजेश', 4],
    ['a Hebrew name with vowel points', 'שָׁלוֹם', 4],
    ['a Persian name with a zero-width non-joiner', 'علی\u200cرضا', 6],
    ['an emoji, alone and joined of two', '🌸👩‍🎨', 4],
    ['quotation marks, an arrow and an ellipsis', '“a” → b…', 8],
    ['nothing', '', 0],
  ])('%s', (_what, text, columns) => {
    expect(displayWidth(text)).toBe(columns);
    expect(padTo(20, text)).toBe(text + ' '.repeat(20 - columns));
  });

  test('rows in several scripts begin their columns at the same place', () => {
    const table = formatTable([
      ['LINE', 'COLUMN', 'NAME'],
      ['2', '姓名', '李小龍'],
      ['3-40', 'メールアドレス', 'さくら'],
      ['7', 'Pre\u0301nom', 'Jose\u0301'],
      ['8', 'ชื่อ', 'x'],
    ]);
    expect(table.split('\n')).toEqual([
      '  LINE  COLUMN          NAME',
      '  2     姓名            李小龍',
      '  3-40  メールアドレス  さくら',
      '  7     Pre\u0301nom          Jose\u0301',
      '  8     ชื่อ              x',
    ]);
  });

  test('the last column is wrapped by the width of its words, and a long word stays whole', () => {
    const word = `${'a'.repeat(40)}@example.com`;
    expect(formatTable([['7', `客户名单客户名单 客户名单客户名单 ab ${word} end`]], 36).split('\n')).toEqual([
      '  7  客户名单客户名单',
      '     客户名单客户名单 ab',
      `     ${word}`,
      '     end',
    ]);
  });

  test('a text is cut by its width, and never between a letter and its mark', () => {
    expect(truncate('客户的电子邮箱', 14)).toBe('客户的电子邮箱');
    expect(truncate('客户的电子邮箱', 13)).toBe('客户的电子邮…');
    expect(truncate('客户的电子邮箱', 12)).toBe('客户的电子…');
    expect(truncate('ae\u0301e\u0301e\u0301', 3)).toBe('ae\u0301…');
  });
});

describe('The width of a terminal', () => {
  test.each([
    ['what it says', { isTTY: true, columns: 132 }, 132, 132],
    ['80 columns where it has not been told its size', { isTTY: true, columns: 0 }, 80, 80],
  ])('is %s', (_what, out, ofTables, ofSentences) => {
    expect([terminalWidth(out), sentenceWidth(out)]).toEqual([ofTables, ofSentences]);
  });

  test('breaks no sentence where there is no terminal', () => {
    const pipe = { columns: undefined } as unknown as NodeJS.WriteStream;
    expect([terminalWidth(pipe), sentenceWidth(pipe)]).toEqual([120, Infinity]);
  });
});
