import type { ProblemCode } from '../../contract/problem-codes';
import {
  hintsFor,
  isError,
  isOnlyExample,
  isWarning,
  ONLY_EXAMPLE,
  problemsOfFile,
  problemsOfRows,
} from '../output/listed-problems';
import type { ListedProblem } from '../output/listed-problems';
import { formatHistory } from '../output/history';
import { formatQuestions } from '../output/questions';
import { formatProblems, isListed } from '../output/problem-table';
import { formatChanges } from '../output/changes-table';
import { terminalWidth } from '../output/table';
import { countOf } from '../output/text';
import {
  countInvitedAgain,
  doesNothing,
  formatPlan,
  formatSameFile,
  formatTotals,
  formatUnion,
} from '../output/totals';
import { followImports } from './follow-imports';
import type { Session } from './session';
import type { AcceptedImport, ImportView } from '../http/views';

export interface ShowOptions {
  /** Whether the warnings on rows are listed, not only counted. */
  warnings?: boolean;
}

type Preview = ImportView & { plan: NonNullable<ImportView['plan']> };

/** As long as nothing was sent, a probably mistyped address can still be corrected. */
const LISTED_IN_PREVIEW: readonly ProblemCode[] = ['email.domain-typo'];

/** Follows imports until each rests, and shows them. Resolves to the exit code of all of them. */
export async function followAndShow(
  session: Session,
  imports: readonly AcceptedImport[],
  show: ShowOptions,
): Promise<0 | 2> {
  let exitCode: 0 | 2 = 0;
  for (const view of await followImports(session, imports)) {
    if ((await showImport(session, view, show)) !== 0) exitCode = 2;
  }
  return exitCode;
}

/** Prints the totals of an import, its problems, and what can be done next. Resolves to the exit code. */
export async function showImport(
  session: Session,
  view: ImportView,
  { warnings = false }: ShowOptions,
): Promise<0 | 2> {
  const { api, out } = session;
  const rows = view.lines > 0 ? await api.listRows(view.id) : [];
  const ofFile = problemsOfFile(view);
  const ofRows = problemsOfRows(rows);
  const problems = [...ofFile, ...ofRows];
  const list = { listRowWarnings: warnings, alwaysListed: isPreview(view) ? LISTED_IN_PREVIEW : [] };
  const onlyExample = isOnlyExample(rows);

  const parts = [formatTotals(view, problems.filter(isWarning).length)];
  if (onlyExample) parts.push(`  This file has ${ONLY_EXAMPLE}.`);
  if (isPreview(view)) {
    const changes = formatChanges(rows, view.kind);
    parts.push(formatPlan(view.plan, countInvitedAgain(rows)), ...(changes === null ? [] : [changes]));
  }
  if (view.status === 'paused') parts.push(formatPause(session, view));
  if (view.sameFileAs) parts.push(formatSameFile(view.sameFileAs));
  if (view.union) parts.push(formatUnion(view.union));
  if (view.history?.length) parts.push(formatHistory(view.history, terminalWidth(out)));
  parts.push(...formatProblems(ofFile, ofRows, { ...list, width: terminalWidth(out) }));
  const hasUnlisted = ofRows.some((problem) => !isListed(problem, list));
  const steps = nextSteps(session, view, problems, hasUnlisted);
  if (steps.length > 0) parts.push(steps.map((step) => `  ${step}`).join('\n'));
  if (isPreview(view)) parts.push(howToGoOn(session, view));
  else if (view.status === 'awaiting-approval') parts.push(howToChoose(session, view));
  parts.push(`  In the Temporal UI: ${view.links.temporalUi}`);
  out.write(`\n${parts.join('\n\n')}\n`);
  return isAllGood(view) && !onlyExample ? 0 : 2;
}

/** Whether everything is done, or will be once the plan is applied: no problem, and nothing left to do. */
const isAllGood = (view: ImportView): boolean =>
  isPreview(view)
    ? view.plan.actions.reject + view.plan.actions.wait + view.questions.length === 0
    : view.status === 'completed';

function isPreview(view: ImportView): view is Preview {
  return view.status === 'awaiting-approval' && view.plan !== null;
}

function nextSteps(
  { commandLine }: Session,
  view: ImportView,
  problems: readonly ListedProblem[],
  hasUnlisted: boolean,
): string[] {
  const { id, rows } = view;
  const waits = `${countOf(rows.waiting, 'row')} waiting: each is invited as soon as its client team has an active staff member.`;
  return [
    ...(rows.waiting > 0 && !isPreview(view) ? [waits] : []),
    ...(problems.some(({ code }) => code === 'row.not-a-person')
      ? [`Totals and remarks, to be put aside: ${commandLine(`ignore ${id} --suggested`)}`]
      : []),
    ...(rows.rejected + rows.cancelled > 0 ? [`Rows to correct, as a file: ${commandLine(`failed-rows ${id}`)}`] : []),
    ...hintsFor(problems.filter(isError)),
    ...(hasUnlisted ? [`The warnings, row by row: ${commandLine(`status ${id} --warnings`)}`] : []),
  ];
}

function formatPause({ commandLine }: Session, { id, pausedBy }: ImportView): string {
  const reasons = pausedBy.map(({ by, problem }) =>
    problem ? `  Paused for ${by}: ${problem.message} ${problem.fix}` : '  Paused by staff.',
  );
  const rest = pausedBy.some(({ by }) => by === 'staff') ? [] : ['  Everything else goes on meanwhile.'];
  return [...reasons, ...rest, `  To resume: ${commandLine(`resume ${id}`)}`].join('\n');
}

function howToGoOn({ commandLine, out }: Session, { id, plan, questions }: Preview): string {
  if (questions.length > 0) return howToChoose({ commandLine, out }, { id, questions });
  if (doesNothing(plan)) return '  There is nothing to apply: the plan changes nothing and sends nothing.';
  const until = plan.expiresAt ? ` until ${plan.expiresAt.slice(0, 16).replace('T', ' ')} UTC` : '';
  return [
    `  Plan ${plan.hash}`,
    `  It can be applied${until} by:`,
    `    ${commandLine(`apply ${id} ${plan.hash}`)}`,
  ].join('\n');
}

const howToChoose = (
  { commandLine, out }: Pick<Session, 'commandLine' | 'out'>,
  { id, questions }: Pick<ImportView, 'id' | 'questions'>,
): string => formatQuestions(questions, commandLine(`apply ${id}`), terminalWidth(out));
