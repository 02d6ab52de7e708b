import { CHANNELS } from '../../contract/invitation';
import { isResting } from '../../contract/import-status';
import { columnsOf } from '../../domain/columns';
import { shortId } from '../http/find-id';
import type { ImportView } from '../http/views';
import { hintsFor, isError } from './listed-problems';
import type { ListedProblem } from './listed-problems';
import { countOf } from './text';

type CommandLine = (args: string) => string;

/** What can be done next with an import, each step with the command that does it. */
export function nextSteps(
  commandLine: CommandLine,
  view: Pick<ImportView, 'id' | 'kind' | 'status' | 'rows' | 'invitations'>,
  problems: readonly ListedProblem[],
  hasUnlisted: boolean,
): string[] {
  const { rows, status } = view;
  const id = shortId(view.id);
  const isPreview = status === 'awaiting-approval';
  const count = (state: 'failed' | 'unconfirmed'): number =>
    CHANNELS.reduce((sum, channel) => sum + view.invitations[channel][state], 0);
  const steps: (string | false)[] = [
    rows.waiting > 0 &&
      !isPreview &&
      `${countOf(rows.waiting, 'row')} waiting: each is invited as soon as its client team has an active staff member.`,
    !isResting(status) && `To follow it: ${commandLine(`status ${id} --watch`)}`,
    problems.some(({ code }) => code === 'row.not-a-person') &&
      `Totals and remarks, to be put aside: ${commandLine(`ignore ${id} --suggested`)}`,
    rows.rejected > 0 && correction(commandLine, view, problems),
    rows.rejected + rows.cancelled > 0 && `Rows to correct, as a file: ${commandLine(`failed-rows ${id}`)}`,
    count('failed') > 0 && `To send the failed invitations again: ${commandLine(`retry ${id} --all`)}`,
    count('unconfirmed') > 0 &&
      `To send also what may have arrived, twice perhaps: ${commandLine(`retry ${id} --all --include-unconfirmed`)}`,
    ...hintsFor(problems.filter(isError)),
    hasUnlisted && `The warnings, row by row: ${commandLine(`status ${id} --warnings`)}`,
  ];
  return steps.filter((step) => step !== false);
}

/** The first cell that can be corrected in place, as a pattern for the others. */
function correction(
  commandLine: CommandLine,
  { id, kind }: Pick<ImportView, 'id' | 'kind'>,
  problems: readonly ListedProblem[],
): string | false {
  for (const { severity, line, where } of problems) {
    const key = columnsOf(kind).find(({ letter, header }) => where === `${letter} ${header}`)?.key;
    if (severity !== 'error' || line === null || key === undefined) continue;
    const flag = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `One row in place, such as: ${commandLine(`correct ${shortId(id)} ${line} --${flag} …`)}`;
  }
  return false;
}
