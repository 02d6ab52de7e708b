import { OPTION_OF, QUESTION_KINDS } from '../../../contract/question';
import { fileProblem } from '../../../domain/problems/make-problem';
import { describeQuestion, optionsOf } from '../../../domain/problems/question-texts';

test('When a question is described, then it has its text, its option and a label for each choice', () => {
  const problem = fileProblem('file.hidden-rows', { rows: 2, lines: '3-4' });
  expect(
    describeQuestion({ kind: 'hidden-rows', problem, choices: [{ value: 'skip' }, { value: 'include' }] }),
  ).toEqual({
    kind: 'hidden-rows',
    option: 'hiddenRows',
    message: expect.stringContaining('3-4') as string,
    choices: [
      { value: 'skip', label: 'Leave the hidden rows out', sample: null },
      { value: 'include', label: 'Import the hidden rows like the others', sample: null },
    ],
    columns: null,
    mapping: null,
  });
});

test('When a choice needs no explanation, then its value is its label, beside its sample', () => {
  const problem = fileProblem('file.encoding-guessed', { encoding: 'windows-1252', encodings: 'utf-8' });
  const { choices } = describeQuestion({ kind: 'encoding', problem, choices: [{ value: 'koi8-r', sample: 'Иван' }] });
  expect(choices).toEqual([{ value: 'koi8-r', label: 'koi8-r', sample: 'Иван' }]);
});

test('Each kind of question has an option of its own', () => {
  const options = QUESTION_KINDS.map((kind) => OPTION_OF[kind]);
  expect(new Set(options).size).toBe(QUESTION_KINDS.length);
  expect(optionsOf([{ kind: 'encoding' }, { kind: 'shared-mobiles' }])).toBe('encoding, sharedMobiles');
});
