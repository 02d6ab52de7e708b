import type { CellProblem } from './problem';

/** What an import asks an administrator before it writes or sends anything. */
export const QUESTION_KINDS = [
  'encoding',
  'sheet',
  'columns',
  'hidden-rows',
  'hidden-columns',
  'shared-mobiles',
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Whether hidden rows or columns of a workbook are read. */
export const HIDDEN_CHOICES = ['skip', 'include'] as const;
export type HiddenChoice = (typeof HIDDEN_CHOICES)[number];

/** Whether a mobile that many rows share gets the SMS of all of them, or of none. */
export const SHARED_MOBILES_CHOICES = ['send', 'hold'] as const;
export type SharedMobilesChoice = (typeof SHARED_MOBILES_CHOICES)[number];

/**
 * Columns of ours, by their keys, to the columns of a file: a heading, else a letter or a number from 1. Headings come from the file, so
 * they stay in MongoDB and answers of the API.
 */
export type Mapping = Readonly<Record<string, string>>;

/** The answers, given with the upload or afterwards. `null` and absent for none. */
export interface Choices {
  encoding?: string | null;
  /** Of a workbook: the name of a sheet, or its place among those that can be seen, from 1. */
  sheet?: string | null;
  mapping?: Mapping | null;
  hiddenRows?: HiddenChoice | null;
  hiddenColumns?: HiddenChoice | null;
  sharedMobiles?: SharedMobilesChoice | null;
}

export const CHOICES = [
  'encoding',
  'sheet',
  'mapping',
  'hiddenRows',
  'hiddenColumns',
  'sharedMobiles',
] as const satisfies readonly (keyof Choices)[];

/** The option that answers each kind of question. */
export const OPTION_OF = {
  encoding: 'encoding',
  sheet: 'sheet',
  columns: 'mapping',
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
  /** Empty where the answer is a mapping. */
  choices: QuestionChoice[];
  /** Of the question which column is which: those of the file that have something in them, in their order. */
  columns?: FileColumn[];
}

/** How a column came to be taken for one of ours. Only `recognised` is acted upon. */
export const LIKENESSES = ['recognised', 'heading', 'values'] as const;

export interface FileColumn {
  letter: string;
  /** As the file has it; '' for a column without a heading. */
  header: string;
  /** The first different values, three at most. Personal data: stays in MongoDB and answers of the API. */
  samples: string[];
  /** The key of the column of ours that it is, or may be; absent if nothing speaks for one. */
  likely?: { column: string; why: (typeof LIKENESSES)[number] };
}

export interface QuestionChoice {
  /** A value of the question's option. */
  value: string;
  /** What the file looks like under this choice, such as a word. Personal data: stays in MongoDB and answers of the API. */
  sample?: string;
}
