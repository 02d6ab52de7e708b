import { OPTION_OF } from '../../contract/question';
import type { Choices, FileColumn, LIKENESSES, Mapping, Question, QuestionKind } from '../../contract/question';
import { CLIENT_COLUMNS, STAFF_COLUMNS } from '../columns';
import { describeProblem } from './problem-catalogue';
import type { ProblemTexts } from './problem-catalogue';

/** A question with its texts, as the API and the command line show it. */
export interface QuestionView {
  kind: QuestionKind;
  /** The option whose value answers it. */
  option: keyof Choices;
  message: string;
  choices: { value: string; label: string; sample: string | null }[];
  /** Of the question which column is which: the columns of the file; `null` for other questions. */
  columns: FileColumnView[] | null;
  /** The guesses as a mapping, to be looked at and sent; without what the headings tell. `null` for other questions. */
  mapping: Mapping | null;
}

export interface FileColumnView {
  letter: string;
  header: string;
  samples: string[];
  /** The column of ours that it is, or may be, and what speaks for it. */
  likely: { column: string; header: string; why: NonNullable<FileColumn['likely']>['why']; reason: string } | null;
}

const REASONS: Readonly<Record<(typeof LIKENESSES)[number], string>> = {
  recognised: 'The heading says so.',
  heading: 'The heading is similar.',
  values: 'Most values look like it.',
};

/** What each choice does; the value itself where it needs no explanation, such as the name of an encoding. */
const LABELS: Readonly<Record<QuestionKind, Readonly<Record<string, string>>>> = {
  encoding: {},
  sheet: {},
  columns: {},
  'hidden-rows': { skip: 'Leave the hidden rows out', include: 'Import the hidden rows like the others' },
  'hidden-columns': { skip: 'Read the hidden columns as blank', include: 'Read the hidden columns like the others' },
  'shared-mobiles': { send: 'Send every SMS', hold: 'Send no SMS to a shared mobile, and invite by e-mail only' },
};

/** The texts of its problem are the English ones unless others are given. */
export function describeQuestion({ kind, problem, choices, columns }: Question, texts?: ProblemTexts): QuestionView {
  return {
    kind,
    option: OPTION_OF[kind],
    message: describeProblem(problem, null, texts).message,
    choices: choices.map(({ value, sample = null }) => ({ value, label: LABELS[kind][value] ?? value, sample })),
    columns: columns?.map(describeColumn) ?? null,
    mapping: columns ? mappingOf(columns) : null,
  };
}

function describeColumn({ letter, header, samples, likely }: FileColumn): FileColumnView {
  if (!likely) return { letter, header, samples, likely: null };
  const ours = [...CLIENT_COLUMNS, ...STAFF_COLUMNS].find(({ key }) => key === likely.column)?.header;
  return { letter, header, samples, likely: { ...likely, header: ours ?? likely.column, reason: REASONS[likely.why] } };
}

/** By headings, which can be kept for other files; by the letter where a heading is missing or names several columns. */
function mappingOf(columns: readonly FileColumn[]): Mapping {
  const guessed = columns.flatMap(({ header, letter, likely }) => {
    if (!likely || likely.why === 'recognised') return [];
    const isUnique = columns.filter((other) => other.header === header).length === 1;
    return [[likely.column, header !== '' && isUnique ? header : letter]];
  });
  return Object.fromEntries(guessed) as Mapping;
}

/** The options that answer these questions, for a sentence. */
export const optionsOf = (questions: readonly Pick<Question, 'kind'>[]): string =>
  questions.map(({ kind }) => OPTION_OF[kind]).join(', ');
