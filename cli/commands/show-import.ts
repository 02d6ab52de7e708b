import type { ProblemCode } from '../../contract/problem-codes';
import { shortId } from '../http/find-id';
import { paintStatus } from '../output/colour';
import { COUNTS } from '../data/counts';
import type { Output } from '../data/formats';
import { toJson, writeList } from '../data/formats';
import { isOnlyExample, isWarning, ONLY_EXAMPLE, problemsOfFile, problemsOfRows } from '../output/listed-problems';
import { formatHistory } from '../output/history';
import { formatStep, nextSteps } from '../output/next-steps';
import { formatQuestions } from '../output/questions';
import { formatProblems, isListed } from '../output/problem-table';
import { formatChanges } from '../output/changes-table';
import { formatRepairs } from '../output/repairs-table';
import { formatMoment } from '../moments/moments';
import { sentence, sentenceWidth, terminalWidth } from '../output/table';
import {
  countInvitedAgain,
  doesNothing,
  formatDeferred,
  formatPlan,
  formatSameFile,
  formatTotals,
  formatUnion,
} from '../output/totals';
import { followImports } from './follow-imports';
import type { FollowOptions } from './follow-imports';
import type { Session } from './session';
import type { AcceptedImport, ImportView } from '../http/views';

export interface ShowOptions {
  /** Whether the warnings on rows are listed, not only counted. */
  warnings?: boolean;
  /** Lists every problem, not only the first of each reason. */
  allProblems?: boolean;
  /** Lists the cells that were repaired. */
  repairs?: boolean;
  output?: Output;
}

/** Of a plan, as printed: nobody meets another plan with the same beginning. */
const SHORT_HASH = 12;

type Preview = ImportView & { plan: NonNullable<ImportView['plan']> };

/** As long as nothing was sent, a probably mistyped address can still be corrected. */
const LISTED_IN_PREVIEW: readonly ProblemCode[] = ['email.domain-typo'];

/** Follows imports until each rests, and shows them. Resolves to the exit code of all of them. */
export async function followAndShow(
  session: Session,
  imports: readonly AcceptedImport[],
  show: ShowOptions,
  follow: FollowOptions = {},
): Promise<0 | 2> {
  const views = await followImports(session, imports, follow);
  if (isData(show)) {
    writeImports(session, views, show);
    return views.every(isAllGood) ? 0 : 2;
  }
  let exitCode: 0 | 2 = 0;
  for (const view of views) {
    if ((await showImport(session, view, show)) !== 0) exitCode = 2;
  }
  return exitCode;
}

/** Whether the results are for another program. */
export const isData = ({ output = 'table' }: ShowOptions): boolean => output !== 'table';

/** As the API gives them, or their counts as CSV. */
export const writeImports = ({ out }: Session, views: readonly ImportView[], { output }: ShowOptions): void =>
  writeList(out, views, COUNTS, output);

/** Prints the totals of an import, its problems, and what can be done next. Resolves to the exit code. */
export async function showImport(session: Session, view: ImportView, show: ShowOptions): Promise<0 | 2> {
  const { api, commandLine, out } = session;
  if (isData(show)) {
    if (show.output === 'json') out.write(toJson(view));
    else writeImports(session, [view], show);
    return isAllGood(view) ? 0 : 2;
  }
  const { warnings = false, allProblems = false, repairs = false } = show;
  const rows = view.lines > 0 ? await api.listRows(view.id) : [];
  const ofFile = problemsOfFile(view);
  const ofRows = problemsOfRows(rows);
  const problems = [...ofFile, ...ofRows];
  const width = terminalWidth(out);
  const again = (flag: string): string => commandLine(`status ${shortId(view.id)} ${flag}`);
  const list = { listRowWarnings: warnings, alwaysListed: isPreview(view) ? LISTED_IN_PREVIEW : [] };
  const onlyExample = isOnlyExample(rows);

  const wide = sentenceWidth(out);
  const totals = formatTotals(view, problems.filter(isWarning).length, paintStatus(view.status, out));
  const parts = [sentence(totals, wide, 0, 2)];
  if (onlyExample) parts.push(`  This file has ${ONLY_EXAMPLE}.`);
  if (isPreview(view)) {
    const changes = formatChanges(rows, view.kind, allProblems, again('--all'));
    parts.push(formatPlan(view.plan, countInvitedAgain(rows)), ...(changes === null ? [] : [changes]));
  }
  if (view.status === 'paused') parts.push(formatPause(session, view));
  const deferred = formatDeferred(view, commandLine);
  if (deferred !== null) parts.push(deferred);
  if (view.sameFileAs) parts.push(formatSameFile(view.sameFileAs));
  if (view.union) parts.push(formatUnion(view.union));
  const toSeeAll = again(warnings ? '--warnings --all' : '--all');
  parts.push(...formatProblems(ofFile, ofRows, { ...list, width, all: allProblems, toSeeAll }));
  const repaired = formatRepairs(
    rows.map(({ row, repairs: ofRow }) => ({ line: row, repairs: ofRow })),
    { width, list: repairs, all: allProblems, toList: again('--repairs'), toSeeAll: again('--repairs --all') },
  );
  if (repaired !== null) parts.push(repaired);
  if (view.history?.length) parts.push(formatHistory(view.history, width));
  const hasUnlisted = ofRows.some((problem) => !isListed(problem, list));
  const steps = nextSteps(commandLine, view, problems, hasUnlisted);
  if (steps.length > 0) parts.push(steps.map((step) => formatStep(step, commandLine, wide)).join('\n'));
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

function formatPause({ commandLine }: Session, { id, pausedBy }: ImportView): string {
  const reasons = pausedBy.map(({ by, problem }) =>
    problem ? `  Paused for ${by}: ${problem.message} ${problem.fix}` : '  Paused by staff.',
  );
  const rest = pausedBy.some(({ by }) => by === 'staff') ? [] : ['  Everything else goes on meanwhile.'];
  return [...reasons, ...rest, `  To resume: ${commandLine(`resume ${shortId(id)}`)}`].join('\n');
}

function howToGoOn({ commandLine, out }: Session, { id, kind, plan, questions }: Preview): string {
  if (questions.length > 0) return howToChoose({ commandLine, out }, { id, kind, questions });
  if (doesNothing(plan)) return '  There is nothing to apply: the plan changes nothing and sends nothing.';
  const until = plan.expiresAt ? ` until ${formatMoment(plan.expiresAt)}` : '';
  return [
    `  Plan ${plan.hash}`,
    `  It can be applied${until} by:`,
    `    ${commandLine(`apply ${shortId(id)} ${plan.hash.slice(0, SHORT_HASH)}`)}`,
  ].join('\n');
}

const howToChoose = (
  { commandLine, out }: Pick<Session, 'commandLine' | 'out'>,
  { id, kind, questions }: Pick<ImportView, 'id' | 'kind' | 'questions'>,
): string => formatQuestions(questions, kind, commandLine, shortId(id), terminalWidth(out));
