import type { QuestionView } from '../../domain/problems/question-texts';
import { formatTable } from './table';
import { printable } from './text';

/** The flag of an option, such as `--hidden-rows` for `hiddenRows`. */
const flagOf = (option: string): string => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The open questions of an import with the flags that answer them; `command` is the one that takes these flags. */
export function formatQuestions(questions: readonly QuestionView[], command: string, width: number): string {
  const asked = questions.map(({ option, message, choices }) => {
    const rows = choices.map(({ value, label, sample }) => [
      `${flagOf(option)} ${value}`,
      printable([label === value ? '' : label, sample ?? ''].filter(Boolean).join(': ')),
    ]);
    return `  ${printable(message)}\n${formatTable(rows, width)}`;
  });
  const flags = questions.map(
    ({ option, choices }) => `${flagOf(option)} ${choices.map(({ value }) => value).join('|')}`,
  );
  return [
    '  Before anything is created or sent, choose:',
    ...asked,
    `  To choose, and look at the plan that follows:\n    ${command} ${flags.join(' ')}`,
  ].join('\n\n');
}
