import type { ImportKind } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import { isResting } from '../../contract/import-status';
import { columnsOf } from '../../domain/columns';
import { shortId } from '../http/find-id';
import type { ImportView } from '../http/views';
import { hintsFor, isError } from './listed-problems';
import type { ListedProblem } from './listed-problems';
import { sentence } from './table';
import { countOf, displayWidth } from './text';

const INDENT = '  ';

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
    correction(commandLine, view, problems),
    rows.rejected + rows.cancelled > 0 && `Rows to correct, as a file: ${commandLine(`failed-rows ${id}`)}`,
    count('failed') > 0 && `To send the failed invitations again: ${commandLine(`retry ${id} --all`)}`,
    count('unconfirmed') > 0 &&
      `To send also what may have arrived, twice perhaps: ${commandLine(`retry ${id} --all --include-unconfirmed`)}`,
    ...hintsFor(problems.filter(isError)),
    hasUnlisted && `The warnings, row by row: ${commandLine(`status ${id} --warnings`)}`,
  ];
  return steps.filter((step) => step !== false);
}

/** A step on one line, or its command on a line of its own, where it stays whole so that it can be copied. */
export function formatStep(step: string, commandLine: CommandLine, width: number): string {
  const program = commandLine('').trimEnd().split(' --url')[0]!;
  const at = step.indexOf(program);
  if (at <= 0 || INDENT.length + displayWidth(step) <= width) return sentence(step, width, INDENT.length, 4);
  return `${INDENT}${step.slice(0, at).trimEnd()}\n${INDENT}${INDENT}${step.slice(at)}`;
}

/**
 * The first cell that can be corrected in place, as a pattern for the others. Whatever the file calls its columns, the code of a problem
 * begins with the name of ours.
 */
export function correction(
  commandLine: CommandLine,
  { id, kind }: Pick<ImportView, 'id' | 'kind'>,
  problems: readonly ListedProblem[],
  words = 'One row in place, such as',
): string | false {
  for (const { severity, line, code, where } of problems) {
    const isOfCell = severity === 'error' && line !== null && code !== THERE_ALREADY;
    const flag = isOfCell ? flagOf(code, where, kind) : undefined;
    if (flag !== undefined) return `${words}: ${commandLine(`correct ${shortId(id)} ${line} --${flag} …`)}`;
  }
  return false;
}

/** Hardly ever a mistyped address: the same list has come again, and what helps is an option of the upload. */
const THERE_ALREADY: ProblemCode = 'email.already-used';

/** Failures of an invitation that end with another address or number. */
const WRONG_ADDRESS: readonly string[] = ['invitation.address-refused', 'invitation.bounced'] satisfies ProblemCode[];

/** The option of `correct` for the cell of a problem; of an invitation, for the address on its channel. */
function flagOf(code: string, where: string, kind: ImportKind): string | undefined {
  if (WRONG_ADDRESS.includes(code)) return where === 'email' ? 'email' : 'mobile';
  const family = code.slice(0, code.indexOf('.'));
  const name = family === 'group' && kind === 'staff' ? 'teams' : family;
  const columns = columnsOf(kind).map((column) => ({
    ...column,
    flag: column.key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  }));
  return columns.find(({ flag, letter, header }) => flag === name || where === `${letter} ${header}`)?.flag;
}
