import { PROBLEM_CODES } from '../../../contract/problem-codes';
import type { ProblemCode } from '../../../contract/problem-codes';
import { maskSentence } from '../../../domain/problems/mask-answer';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { PROBLEM_CATALOGUE } from '../../../domain/problems/texts/catalogue';
import { GERMAN_PROBLEMS } from '../../../domain/problems/texts/german/catalogue';
import { placeholdersIn } from '../../../domain/problems/texts/problem-text';

const PARTS = ['message', 'expected', 'fix'] as const;
/** Without the parts that are left out where one of their values is unknown. */
const always = (text: string): string[] => placeholdersIn(text.replace(/\[[^\]]*\]/g, ''));

describe('The texts of problems in German', () => {
  test.each(PROBLEM_CODES.map((code) => [code]))(
    '%s needs no value that its English texts can do without',
    (code: ProblemCode) => {
      const [english, german] = [PROBLEM_CATALOGUE[code], GERMAN_PROBLEMS[code]];
      const known = PARTS.flatMap((part) => placeholdersIn(english[part]));
      const certain = new Set(PARTS.flatMap((part) => always(english[part])));
      expect(PARTS.flatMap((part) => placeholdersIn(german[part])).filter((name) => !known.includes(name))).toEqual([]);
      expect(PARTS.flatMap((part) => always(german[part])).filter((name) => !certain.has(name))).toEqual([]);
      for (const part of PARTS) {
        expect(german[part]).not.toBe(english[part]);
        // Support reads the examples out.
        expect(maskSentence(german[part])).toBe(german[part]);
      }
    },
  );

  test('are filled in as the English ones are, and leave out what is unknown', () => {
    const problem = {
      code: 'email.duplicate-in-file',
      column: 'Email',
      letter: 'C',
      value: 'ann@example.com',
    } as const;
    const messageOf = (details: Record<string, string | number>): string =>
      describeProblem({ ...problem, details }, 7, GERMAN_PROBLEMS).message;
    expect(messageOf({ firstLine: 3 })).toBe('Dieselbe E-Mail-Adresse steht schon in Zeile 3.');
    expect(messageOf({ firstLine: 3, fileName: 'north.csv' })).toBe(
      'Dieselbe E-Mail-Adresse steht schon in Zeile 3 von „north.csv“, die im Upload vorher kommt.',
    );
  });
});
