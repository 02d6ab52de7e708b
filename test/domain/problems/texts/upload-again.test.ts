import { PROBLEM_CATALOGUE } from '../../../../domain/problems/texts/catalogue';
import { GERMAN_PROBLEMS } from '../../../../domain/problems/texts/german/catalogue';
import { withoutUpload } from '../../../../domain/problems/texts/upload-again';

/** What a person who types a row in can be told about a cell, a role or a team. */
const OF_CELLS = /^(cell|first-name|last-name|company|email|mobile|role|group|language)\./;
/** Of a file: its choices, and a list that was saved. */
const NEEDS_A_FILE = ['mobile.sms-held'];

describe('A fix for a row that was typed in', () => {
  const fixes = [PROBLEM_CATALOGUE, GERMAN_PROBLEMS].flatMap((texts) =>
    Object.entries(texts)
      .filter(([code]) => OF_CELLS.test(code) && !NEEDS_A_FILE.includes(code))
      .map(([, { fix }]) => fix),
  );

  test('never says that a row is to be uploaded again, in any language', () => {
    expect(fixes.filter((fix) => /upload the row|Zeile noch einmal hoch/.test(fix)).length).toBeGreaterThan(20);
    expect(fixes.map(withoutUpload).filter((fix) => /upload the row|Zeile noch einmal hoch/.test(fix))).toEqual([]);
  });

  test('stays a sentence', () => {
    expect(withoutUpload(PROBLEM_CATALOGUE['mobile.invalid'].fix)).toMatch(/, without extension\.$/);
    expect(withoutUpload(PROBLEM_CATALOGUE['role.unknown'].fix)).toBe('Correct the role. Allowed here: {roles}.');
    expect(withoutUpload(GERMAN_PROBLEMS['last-name.missing'].fix)).toBe('Tragen Sie den Nachnamen ein.');
  });
});
