import type { CellProblem } from './problem';

/** What an import asks an administrator before it writes or sends anything. */
export const QUESTION_KINDS = ['encoding', 'hidden-rows', 'hidden-columns', 'shared-mobiles'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Whether hidden rows or columns of a workbook are read. */
export const HIDDEN_CHOICES = ['skip', 'include'] as const;
export type HiddenChoice = (typeof HIDDEN_CHOICES)[number];

/** Whether a mobile that many rows share gets the SMS of all of them, or of none. */
export const SHARED_MOBILES_CHOICES = ['send', 'hold'] as const;
export type SharedMobilesChoice = (typeof SHARED_MOBILES_CHOICES)[number];

/** The answers, given with the upload or afterwards. `null` and absent for none. */
export interface Choices {
  encoding?: string | null;
  hiddenRows?: HiddenChoice | null;
  hiddenColumns?: HiddenChoice | null;
  sharedMobiles?: SharedMobilesChoice | null;
}

/** The option that answers each kind of question. */
export const OPTION_OF = {
  encoding: 'encoding',
  'hidden-rows': 'hiddenRows',
  'hidden-columns': 'hiddenColumns',
  'shared-mobiles': 'sharedMobiles',
} as const satisfies Record<QuestionKind, keyof Choices>;

/**
 * A question without an answer. Reading a file, or checking its rows, asks it; with the answer as an option, the same file is
 * planned without the question.
 */
export interface Question {
  kind: QuestionKind;
  /** Explains the question, and is among the warnings of the file, too. */
  problem: CellProblem;
  choices: QuestionChoice[];
}

export interface QuestionChoice {
  /** A value of the question's option. */
  value: string;
  /** What the file looks like under this choice, such as a word. Personal data: stays in MongoDB and answers of the API. */
  sample?: string;
}
