import type { ProblemCode } from '../../contract/problem-codes';
import { problemsOfFile, problemsOfRows, isError, isWarning } from '../output/listed-problems';
import type { ListedProblem } from '../output/listed-problems';
import { formatProblems, isListed, terminalWidth } from '../output/problem-table';
import { formatChanges } from '../output/changes-table';
import { hintsFor, isOnlyExample, ONLY_EXAMPLE } from '../output/hints';
import { countInvitedAgain, doesNothing, formatPlan } from '../output/plan-totals';
import { countOf } from '../output/text';
import type { Session } from './session';
import { formatTotals, formatUnion } from '../output/totals';
import type { ImportView } from '../http/views';

export interface ShowOptions {
  /** Whether the warnings on rows are listed, not only counted. */
  warnings?: boolean;
}

type Preview = ImportView & { plan: NonNullable<ImportView['plan']> };

/** As long as nothing was sent, an address that is probably mistyped can still be corrected. */
const UNASKED_IN_PREVIEW: readonly ProblemCode[] = ['email.domain-typo'];

/** Prints how an import stands, what needs attention in it, and what can be done next. Resolves to the exit code. */
export async function showImport(
  session: Session,
  view: ImportView,
  { warnings = false }: ShowOptions,
): Promise<0 | 2> {
  const { api, out } = session;
  const rows = view.lines > 0 ? await api.rows(view.id) : [];
  const found = { ofFile: problemsOfFile(view), ofRows: problemsOfRows(rows) };
  const listed = { listRowWarnings: warnings, unasked: isPreview(view) ? UNASKED_IN_PREVIEW : [] };
  const everything = [...found.ofFile, ...found.ofRows];
  const onlyExample = isOnlyExample(rows);

  const parts = [formatTotals(view, everything.filter(isWarning).length)];
  if (onlyExample) parts.push(`  This file has ${ONLY_EXAMPLE}.`);
  if (isPreview(view)) {
    const changes = formatChanges(rows, view.kind);
    parts.push(formatPlan(view.plan, countInvitedAgain(rows)), ...(changes === null ? [] : [changes]));
  }
  if (view.status === 'paused') parts.push(whyPaused(session, view));
  if (view.union) parts.push(formatUnion(view.union));
  parts.push(...formatProblems(found.ofFile, found.ofRows, { ...listed, width: terminalWidth(out) }));
  const isUnlisted = found.ofRows.some((item) => isWarning(item) && !isListed(item, listed));
  const steps = nextSteps(session, view, everything, isUnlisted);
  if (steps.length > 0) parts.push(steps.map((step) => `  ${step}`).join('\n'));
  if (isPreview(view)) parts.push(howToApply(session, view));
  parts.push(`  In the Temporal UI: ${view.links.temporalUi}`);
  out.write(`\n${parts.join('\n\n')}\n`);
  return isAllGood(view) && !onlyExample ? 0 : 2;
}

/** Whether everything is done, or would be by applying the plan: there are no problems, and nothing is left to do. */
const isAllGood = (view: ImportView): boolean =>
  isPreview(view) ? view.plan.actions.reject + view.plan.actions.wait === 0 : view.status === 'completed';

function isPreview(view: ImportView): view is Preview {
  return view.status === 'awaiting-approval' && view.plan !== null;
}

function nextSteps(
  { commandLine }: Session,
  view: ImportView,
  found: readonly ListedProblem[],
  isUnlisted: boolean,
): string[] {
  const { id, rows } = view;
  const waits = `${countOf(rows.waiting, 'row')} waiting: each is invited as soon as somebody of the staff of its client team is active.`;
  return [
    ...(rows.waiting > 0 && !isPreview(view) ? [waits] : []),
    ...(rows.rejected + rows.cancelled > 0 ? [`Rows to correct, as a file: ${commandLine(`failed-rows ${id}`)}`] : []),
    ...hintsFor(found.filter(isError)),
    ...(isUnlisted ? [`The warnings, row by row: ${commandLine(`status ${id} --warnings`)}`] : []),
  ];
}

function whyPaused({ commandLine }: Session, { id, pausedBy }: ImportView): string {
  const reasons = pausedBy.map(({ by, problem }) =>
    problem ? `  Held back on ${by}: ${problem.message} ${problem.fix}` : '  Held back by staff.',
  );
  const rest = pausedBy.some(({ by }) => by === 'staff') ? [] : ['  Everything else goes on meanwhile.'];
  return [...reasons, ...rest, `  To let it go on: ${commandLine(`resume ${id}`)}`].join('\n');
}

function howToApply({ commandLine }: Session, { id, plan }: Preview): string {
  if (doesNothing(plan)) return '  There is nothing to apply: the plan changes nobody and sends nothing.';
  const until = plan.expiresAt ? ` until ${plan.expiresAt.slice(0, 16).replace('T', ' ')} UTC` : '';
  return [
    `  Plan ${plan.hash}`,
    `  It can be applied${until} by:`,
    `    ${commandLine(`apply ${id} ${plan.hash}`)}`,
  ].join('\n');
}
