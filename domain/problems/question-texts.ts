import { OPTION_OF } from '../../contract/question';
import type { Choices, Question, QuestionKind } from '../../contract/question';
import { describeProblem } from './problem-catalogue';

/** A question with its texts, as the API and the command line show it. */
export interface QuestionView {
  kind: QuestionKind;
  /** The option whose value answers it. */
  option: keyof Choices;
  message: string;
  choices: { value: string; label: string; sample: string | null }[];
}

/** What each choice does; the value itself where it needs no explanation, such as the name of an encoding. */
const LABELS: Readonly<Record<QuestionKind, Readonly<Record<string, string>>>> = {
  encoding: {},
  'hidden-rows': { skip: 'Leave the hidden rows out', include: 'Import the hidden rows like the others' },
  'hidden-columns': { skip: 'Read the hidden columns as blank', include: 'Read the hidden columns like the others' },
  'shared-mobiles': { send: 'Send every SMS', hold: 'Send no SMS to a shared mobile, and invite by e-mail only' },
};

export function describeQuestion({ kind, problem, choices }: Question): QuestionView {
  return {
    kind,
    option: OPTION_OF[kind],
    message: describeProblem(problem, null).message,
    choices: choices.map(({ value, sample = null }) => ({ value, label: LABELS[kind][value] ?? value, sample })),
  };
}

/** The options that answer these questions, for a sentence. */
export const optionsOf = (questions: readonly Pick<Question, 'kind'>[]): string =>
  questions.map(({ kind }) => OPTION_OF[kind]).join(', ');
